"""What the names of a module's source stand for, where a value has more than one piece.

Frozen objects, not dicts: a module could empty a dict that the next mail shares. All strings in them are inert already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from library.engine import footer
from library.engine.context import Profile, Theme
from library.engine.fields import Pair, ProfileSource


@dataclass(frozen=True, slots=True)
class Button:
    label: Markup
    url: Markup


@dataclass(frozen=True, slots=True)
class Picture:
    """Width and height as shown, in CSS px; height is None for a picture that nobody measured."""

    url: Markup
    alt: Markup
    width: int
    height: int | None


@dataclass(frozen=True, slots=True)
class Price:
    """Both with their currency; `before` is empty where nothing is reduced."""

    now: Markup
    before: Markup


@dataclass(frozen=True, slots=True)
class Approved:
    """`value` is plain, to be compared."""

    value: str
    text: Markup
    detail: Markup
    code: Markup
    url: Markup
    image: Picture | None


@dataclass(frozen=True, slots=True)
class Told:
    """Something of the group's profile: on one line, on several, and where it leads."""

    text: Markup
    lines: tuple[Markup, ...]
    url: Markup


@dataclass(frozen=True, slots=True)
class Colours:
    """A ground of the theme with what can be read on it, as #rrggbb; `name` is the pair's own."""

    name: Pair
    ground: str
    ink: str
    muted: str
    link: str
    button: str
    on_button: str


#: For each ground, which colours of the theme belong on it.
_ON: Mapping[Pair, tuple[str, str, str, str, str, str]] = {
    "surface": ("surface", "text", "muted", "link", "primary", "on_primary"),
    "background": ("background", "text", "muted", "link", "primary", "on_primary"),
    "primary": ("primary", "on_primary", "on_primary", "on_primary", "accent", "on_accent"),
    "accent": ("accent", "on_accent", "on_accent", "on_accent", "primary", "on_primary"),
}


def colours(theme: Theme, pair: Pair) -> Colours:
    return Colours(pair, *(getattr(theme, name) for name in _ON[pair]))


def told(profile: Profile, source: ProfileSource) -> tuple[tuple[str, ...], str]:
    """Lines and address of what the profile says, not inert yet; no lines where it says nothing."""
    lines, url = _SOURCES[source](profile)
    return tuple(filter(None, lines)), url


def _address(profile: Profile) -> tuple[tuple[str, ...], str]:
    return (profile.street, footer.city_line(profile), profile.country_name), profile.map_url


def _reply_to(profile: Profile) -> tuple[tuple[str, ...], str]:
    mailbox = profile.reply_to or profile.sender_address
    return (mailbox,), f"mailto:{mailbox}" if mailbox else ""


def _website(profile: Profile) -> tuple[tuple[str, ...], str]:
    return (profile.website.split("://")[-1].rstrip("/"),), profile.website


def _map(profile: Profile) -> tuple[tuple[str, ...], str]:
    """Without an address to show there is still a place to lead to."""
    shown = footer.address(profile) or profile.name
    return (shown if profile.map_url else "",), profile.map_url


_Said: TypeAlias = tuple[tuple[str, ...], str]
_SOURCES: Mapping[ProfileSource, Callable[[Profile], _Said]] = {
    "name": lambda profile: ((profile.name,), profile.website),
    "address": _address,
    "phone": lambda profile: ((profile.phone,), profile.phone_href),
    "reply_to": _reply_to,
    "website": _website,
    "map_url": _map,
    "opening_hours": lambda profile: (profile.opening_hours, ""),
    "manager": lambda profile: ((profile.manager,), ""),
}
