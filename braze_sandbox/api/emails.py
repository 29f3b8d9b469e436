"""Addresses that bounced, complained or left, and taking that back.

https://www.braze.com/docs/api/endpoints/email
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.asking import several, slice_of
from braze_sandbox.calls import Call
from braze_sandbox.changes import STATES
from braze_sandbox.clock import moment, utc_day
from braze_sandbox.profiles import Profile
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Workspace

Query = dict[str, Any]
#: Address and when it happened.
Event = tuple[str, float]

MOST, PER_CALL = 500, 100


def hard_bounces(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    found = {
        one.email.lower(): float(one.fields.get("hard_bounced_at") or one.updated)
        for one in sandbox.profiles.book(workspace.name)
        if one.undeliverable == "bounced"
    }
    kept = {
        one["address"]: one["bounced"] for one in sandbox.addresses.all(workspace.name) if "bounced" in one
    }
    events = sorted((kept | found).items(), key=lambda one: -one[1])
    return _told(events, query, "hard_bounced_at")


def unsubscribes(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    direction = query.get("sort_direction", "desc")
    if direction not in ("asc", "desc"):
        raise Refused("sort_direction must be asc or desc")
    found = {
        one.email.lower(): float(one.fields.get("email_unsubscribed_at") or one.updated)
        for one in sandbox.profiles.book(workspace.name)
        if one.email and one.email_state == "unsubscribed"
    }
    kept = sandbox.addresses.all(workspace.name)
    left = {one["address"]: one["at"] for one in kept if one.get("state") == "unsubscribed"}
    events = sorted((left | found).items(), key=lambda one: one[1], reverse=direction == "desc")
    return _told(events, query, "unsubscribed_at")


def _told(events: list[Event], query: Query, name: str) -> Answer:
    wanted = slice_of(_asked(events, query), query, default=PER_CALL, most=MOST)
    rows = [{"email": email, name: moment(at).strftime("%Y-%m-%d %H:%M:%S +0000")} for email, at in wanted]
    return Answer({"emails": rows, "message": "success"}, status=200)


def _asked(events: list[Event], query: Query) -> list[Event]:
    """Those of one address, which wins over the dates, or between two days."""
    if email := str(query.get("email") or "").lower():
        return [one for one in events if one[0] == email]
    start, end = _day(query, "start_date"), _day(query, "end_date")
    if start > end:
        raise Refused("start_date must not be after end_date")
    return [one for one in events if start <= utc_day(one[1]) <= end]


def _day(query: Query, name: str) -> date:
    try:
        return date.fromisoformat(str(query[name]))
    except KeyError:
        raise Refused(f"Either an email or start_date and end_date is required; {name} is missing") from None
    except ValueError:
        raise Refused(f"{name} must be a date like 2026-11-23") from None


# --- Changing states -----------------------------------------------------------------------------------------


def set_status(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    """Also for addresses that nobody has: they keep the state for whoever comes."""
    state = body.get("subscription_state")
    if state not in STATES:
        raise Refused(f"subscription_state must be {', '.join(STATES)}")

    def keep(address: str) -> None:
        sandbox.addresses.keep(workspace.name, address, state=state, at=call.at)

    def change(profile: Profile) -> None:
        if profile.email_state != state:
            profile.set_email_state(state, call.at)

    return _change(sandbox, workspace, several(body.get("email"), "email"), change, keep)


def block(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    """Unsubscribes the address and marks it as hard bounced."""

    def keep(address: str) -> None:
        states = {"state": "unsubscribed", "at": call.at, "bounced": call.at}
        sandbox.addresses.keep(workspace.name, address, **states)

    def change(profile: Profile) -> None:
        profile.set_email_state("unsubscribed", call.at)
        profile.bounce(call.at)

    return _change(sandbox, workspace, several(body.get("email"), "email"), change, keep)


def remove_bounce(sandbox: Sandbox, workspace: Workspace, _call: Call, body: dict[str, Any]) -> Answer:
    def keep(address: str) -> None:
        sandbox.addresses.drop(workspace.name, address, "bounced")

    return _change(sandbox, workspace, several(body.get("email"), "email"), _cleared("bounced"), keep)


def remove_spam(sandbox: Sandbox, workspace: Workspace, _call: Call, body: dict[str, Any]) -> Answer:
    def keep(_address: str) -> None:
        """Nobody who has no profile can have complained."""

    return _change(sandbox, workspace, several(body.get("email"), "email"), _cleared("spam"), keep)


def _cleared(mark: str) -> Callable[[Profile], None]:
    def change(profile: Profile) -> None:
        if profile.undeliverable == mark:
            profile.undeliverable = ""
            profile.fields.pop("hard_bounced_at", None)

    return change


def _change(
    sandbox: Sandbox,
    workspace: Workspace,
    addresses: list[str],
    change: Callable[[Profile], None],
    keep: Callable[[str], None],
) -> Answer:
    """``change`` for everybody with one of the addresses, ``keep`` for addresses nobody has."""
    book = sandbox.profiles.book(workspace.name)
    for address in addresses:
        owners = book.emails(address)
        for profile in owners:
            change(profile)
        sandbox.profiles.save(workspace.name, owners)
        if not owners:
            keep(address.lower())
    return Answer()
