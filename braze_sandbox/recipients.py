"""Whom a message names: by external id or alias, and in triggered campaigns also by Braze's id or an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from braze_sandbox.changes import alias_of
from braze_sandbox.profiles import Profile, ProfileBook

PRIORITIES = ("identified", "unidentified", "most_recently_updated", "least_recently_updated")


def named(book: ProfileBook, content: dict[str, Any]) -> list[tuple[str, Profile | None]]:
    """Everybody ``content`` names, and who that is."""
    ids = [(str(one), book.external(str(one))) for one in content.get("external_user_ids") or []]
    labelled = [alias_of(one) for one in content.get("user_aliases") or []]
    aliases = [(name, book.alias(label, name)) for label, name in labelled]
    recipients = [recipient(book, one) for one in content.get("recipients") or []]
    return [*ids, *aliases, *_once_an_address(recipients)]


def _once_an_address(recipients: list[tuple[str, Profile | None]]) -> list[tuple[str, Profile | None]]:
    """Of several profiles with one e-mail address the first that was named."""
    kept: dict[str, tuple[str, Profile | None]] = {}
    for name, profile in recipients:
        kept.setdefault(
            profile.email.lower() if profile and profile.email else f"named {name}", (name, profile)
        )
    return list(kept.values())


def recipient(book: ProfileBook, one: dict[str, Any]) -> tuple[str, Profile | None]:
    """Whom a recipient object means; an address that fits several profiles means nobody."""
    if one.get("external_user_id"):
        return str(one["external_user_id"]), book.external(str(one["external_user_id"]))
    if one.get("user_alias"):
        label, name = alias_of(one["user_alias"])
        return name, book.alias(label, name)
    if one.get("braze_id"):
        return str(one["braze_id"]), book.braze(str(one["braze_id"]))
    email = str(one.get("email", ""))
    return email, preferred(book.emails(email), one.get("prioritization") or [])


def preferred(profiles: Iterable[Profile], priorities: list[str]) -> Profile | None:
    """The one that is left when the priorities have been applied in turn; None if none or several are."""
    left = list(profiles)
    for priority in priorities:
        narrower = _narrowed(left, priority)
        left = narrower or left
    return left[0] if len(left) == 1 else None


def _narrowed(profiles: list[Profile], priority: str) -> list[Profile]:
    if priority in ("identified", "unidentified"):
        return [one for one in profiles if (one.external_id is not None) == (priority == "identified")]
    choose = max if priority == "most_recently_updated" else min
    return [choose(profiles, key=lambda one: (one.updated, one.number))] if profiles else []


def without_address(book: ProfileBook, content: dict[str, Any], now: float) -> list[dict[str, Any]]:
    """Recipients of a triggered mail that has yet to wait for their address."""
    if now >= content.get("waits_until", now) or "email" not in content["messages"]:
        return []
    found = [(one, recipient(book, one)[1]) for one in content.get("recipients") or []]
    return [one for one, profile in found if profile and not profile.email]


def properties(book: ProfileBook, content: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """What the call brings along for single recipients, by the number of their profile."""
    own = [one for one in content.get("recipients") or [] if one.get("trigger_properties")]
    found = [(recipient(book, one)[1], one["trigger_properties"]) for one in own]
    return {profile.number: values for profile, values in found if profile}
