"""Which colours stand on which, in light and dark, and whether they can be read there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branding.models import Theme
from library import engine
from library.engine import dark

#: WCAG 2.2, 1.4.3 (text) and 1.4.11 (what must be seen to be used).
TEXT, SHAPE = 4.5, 3.0
_STEPS = 50


class Meeting(NamedTuple):
    """An ink that mails or portal put on a ground."""

    ink: str
    ground: str
    need: float
    label: str | Promise


MEETINGS = (
    Meeting("text", "surface", TEXT, _("Text")),
    Meeting("text", "background", TEXT, _("Text beside the card")),
    Meeting("muted", "surface", TEXT, _("Small print")),
    Meeting("muted", "background", TEXT, _("Footer")),
    Meeting("link", "surface", TEXT, _("Links")),
    Meeting("on_primary", "primary", TEXT, _("Buttons")),
    Meeting("on_accent", "accent", TEXT, _("Highlights")),
    Meeting("primary", "surface", SHAPE, _("Buttons against the card")),
)


@dataclass(frozen=True)
class Shade:
    """A meeting in one of the two looks. `field` is the theme's that would take the offer."""

    field: str
    ink: str
    ground: str
    need: float
    #: Every ground that the same ink stands on in this look: an offer passes on all of them.
    grounds: tuple[str, ...]

    @property
    def ratio(self) -> float:
        return dark.contrast(self.ink, self.ground)

    @property
    def shown_ratio(self) -> str:
        """Cut, not rounded: 4.49 does not pass as 4.5."""
        return f"{int(self.ratio * 10) / 10:.1f}"

    @property
    def passes(self) -> bool:
        return self.ratio >= self.need

    @property
    def offer(self) -> str:
        """The nearest colour that passes."""
        return nearest(self.ink, self.grounds, self.need) or nearest(self.ink, (self.ground,), self.need)


@dataclass(frozen=True)
class Pair:
    meeting: Meeting
    light: Shade
    dark: Shade


def pairs_of(theme: Theme) -> list[Pair]:
    light, darkened = light_colours(theme), dark_colours(theme)
    return [Pair(each, _shade(each, light, ""), _shade(each, darkened, "dark_")) for each in MEETINGS]


def light_colours(theme: Theme) -> dict[str, str]:
    return {name: getattr(theme, name).lower() for name in Theme.COLOURS}


def dark_colours(theme: Theme) -> dict[str, str]:
    """By hand where the brand chose them, else as mails derive them."""
    names = (*Theme.COLOURS, *Theme.DARK_COLOURS, "heading_font", "body_font")
    return dark.colours(engine.Theme(**{name: getattr(theme, name) for name in names}))


def too_weak(theme: Theme) -> list[tuple[Meeting, bool]]:
    """Meetings that cannot be read, and whether that is in the dark look."""
    found = [(pair.meeting, pair.light, pair.dark) for pair in pairs_of(theme)]
    light = [(meeting, False) for meeting, shade, _dark in found if not shade.passes]
    return light + [
        (meeting, True) for meeting, _light, shade in found if not shade.passes and _is_text(meeting)
    ]


def nearest(ink: str, grounds: Sequence[str], need: float) -> str:
    """The ink, mixed with as little black or white as makes it pass on all grounds; empty where nothing does."""
    for step in range(_STEPS + 1):
        for end in (0, 255):
            mixed = _mixed(ink, end, step / _STEPS)
            if all(dark.contrast(mixed, ground) >= need for ground in grounds):
                return mixed
    return ""


def _is_text(meeting: Meeting) -> bool:
    return meeting.need == TEXT


def _shade(meeting: Meeting, colours: dict[str, str], prefix: str) -> Shade:
    grounds = tuple(colours[each.ground] for each in MEETINGS if each.ink == meeting.ink)
    return Shade(prefix + meeting.ink, colours[meeting.ink], colours[meeting.ground], meeting.need, grounds)


def _mixed(colour: str, end: int, share: float) -> str:
    channels = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(each + (end - each) * share):02x}" for each in channels)
