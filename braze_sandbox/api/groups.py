"""Subscription groups: who wants which kind of message.

https://www.braze.com/docs/api/endpoints/subscription_groups
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.asking import objects, several, slice_of
from braze_sandbox.calls import Call
from braze_sandbox.extras import Group
from braze_sandbox.profiles import Profile
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Workspace

Query = dict[str, Any]

STATES = ("subscribed", "unsubscribed")
BOTH = "Either an email address or a phone number should be provided, but not both."
PER_CALL = 100


@dataclass(frozen=True, slots=True)
class _Order:
    """A readable wish: this state for everybody of these names."""

    group: Group
    state: str
    kind: str
    names: list[str]


def set_status(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    _carry_out(sandbox, workspace, call, [_order(workspace, body, ("external_id", "email", "phone"))])
    return Answer()


def set_statuses(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    """Version 2: several groups at once; if one cannot be read, nothing changes."""
    wishes = objects(body, "subscription_groups")
    if not wishes:
        raise Refused("subscription_groups is required")
    kinds = ("external_ids", "emails", "phones")
    _carry_out(sandbox, workspace, call, [_order(workspace, one, kinds) for one in wishes])
    return Answer()


def _order(workspace: Workspace, wish: dict[str, Any], kinds: tuple[str, str, str]) -> _Order:
    group, state = _group(workspace, wish), wish.get("subscription_state")
    if state not in STATES:
        raise Refused("subscription_state must be subscribed or unsubscribed")
    kind, names = _whom(wish, kinds)
    if not kind.startswith("external") and kind.startswith("email") != (group.channel == "email"):
        raise Refused(f"{kind} does not fit a subscription group for {group.channel}")
    return _Order(group, str(state), kind, names)


def _carry_out(sandbox: Sandbox, workspace: Workspace, call: Call, orders: list[_Order]) -> None:
    for order, name in [(one, name) for one in orders for name in one.names]:
        owners = _owners(sandbox, workspace, order.kind, name)
        for profile in owners:
            profile.groups = {**(profile.groups or {}), order.group.id: order.state}
        sandbox.profiles.save(workspace.name, owners)
        if not owners and not order.kind.startswith("external"):
            sandbox.addresses.keep_group(workspace.name, name.lower(), order.group.id, order.state, call.at)


def _group(workspace: Workspace, given: dict[str, Any]) -> Group:
    group = workspace.extras.groups.get(str(given.get("subscription_group_id")))
    if group is None:
        raise Refused("Invalid subscription group ID")
    return group


def _whom(given: dict[str, Any], kinds: Iterable[str]) -> tuple[str, list[str]]:
    """The one kind of name a call gives, and the names."""
    present = [kind for kind in kinds if given.get(kind)]
    external, email, phone = kinds
    if email in present and phone in present:
        raise Refused(BOTH)
    if len(present) != 1:
        raise Refused(f"Exactly one of {external}, {email} and {phone} is required")
    return present[0], several(given[present[0]], present[0])


def _owners(sandbox: Sandbox, workspace: Workspace, kind: str, name: str) -> list[Profile]:
    book = sandbox.profiles.book(workspace.name)
    if kind.startswith("email"):
        return list(book.emails(name))
    if kind.startswith("phone"):
        return list(book.phones(name))
    found = book.external(name)
    return [found] if found else []


# --- Reading -------------------------------------------------------------------------------------------------


def get_status(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    group = _group(workspace, query)
    kind, names = _whom(_asked(query), ("external_id", "email", "phone"))
    status = {name: _status(_owners(sandbox, workspace, kind, name), group) for name in names}
    return Answer({"status": status, "message": "success"}, status=200)


def _asked(query: Query) -> Query:
    """The query with bracketed names as plain ones."""
    return {name.removesuffix("[]"): value for name, value in query.items()}


def _status(owners: list[Profile], group: Group) -> str:
    states = [(one.groups or {}).get(group.id) for one in owners]
    return next((state.capitalize() for state in states if state), "Unknown")


def user_status(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    asked = _asked(query)
    if asked.get("email") and asked.get("phone"):
        raise Refused(BOTH)
    kinds = [kind for kind in ("external_id", "email", "phone") if asked.get(kind)]
    if not kinds:
        raise Refused("external_id, email or phone is required")
    found: dict[int, Profile] = {}
    for kind in kinds:
        for name in several(asked[kind], kind):
            found |= {one.number: one for one in _owners(sandbox, workspace, kind, name)}
    users = [
        _told(workspace, one) for one in slice_of(list(found.values()), query, default=100, most=PER_CALL)
    ]
    return Answer({"users": users, "total_count": len(found), "message": "success"}, status=200)


def _told(workspace: Workspace, profile: Profile) -> dict[str, Any]:
    groups = workspace.extras.groups
    held = [(groups[one], state) for one, state in (profile.groups or {}).items() if one in groups]
    return {
        "email": profile.email or None,
        "phone": profile.fields.get("phone"),
        "external_id": profile.external_id,
        "subscription_groups": [
            {"id": group.id, "name": group.name, "channel": group.channel, "status": state.capitalize()}
            for group, state in held
        ],
    }
