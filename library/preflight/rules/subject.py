"""What is examined: one mail with all that is known about it. Everything here was read beforehand; checks never ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Literal

from library.engine import Email, RenderContext, TemplateSpec, Values
from library.engine.fields import FieldSpec, Typed
from library.engine.template import ENVELOPE, Slot
from library.engine.values import filled
from library.preflight.rules.finding import Severity
from library.preflight.rules.looks import Looks
from library.preflight.rules.page import Page
from library.preflight.rules.places import Places


@dataclass(frozen=True)
class Restriction:
    """A word or pattern (RE2) the brand avoids. With `needs`, it may stand where the mail says that too."""

    pattern: str
    is_regex: bool = False
    severity: Severity = Severity.WARN
    alternative: str = ""
    reason: str = ""
    needs: str = ""


@dataclass(frozen=True)
class BrandRules:
    """What the brand asks beyond the standard; severities by rule id: block, warn, info or off."""

    link_domains: tuple[str, ...] = ()
    image_domains: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    restrictions: tuple[Restriction, ...] = ()


@dataclass(frozen=True)
class Motion:
    """How an animated picture moves: one run in seconds, whether it repeats for ever, flashes in its worst second."""

    seconds: float
    endless: bool
    flashes: int


@dataclass(frozen=True)
class Picture:
    """Facts of a picture's file, by its address in Subject.pictures; bytes and pixels."""

    slug: str
    weight: int
    width: int
    height: int
    licensed_until: date | None = None
    recalled: str = ""
    motion: Motion | None = None


@dataclass(frozen=True)
class Logo:
    """How the logo's own pixels look: whether they let the ground through, and their mean colour (#rrggbb)."""

    see_through: bool
    colour: str


@dataclass(frozen=True)
class Followed:
    """What an address answered when it was last followed. `trouble` as in library.preflight.following; "" is fine."""

    status: int | None = None
    final_url: str = ""
    content_type: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class FieldAt:
    """A field with its value in this mail."""

    path: str
    slot: Slot
    value: Typed

    @property
    def field(self) -> FieldSpec:
        return self.slot.field


@dataclass(frozen=True)
class Subject:
    """A mail, its template and values, its group's surroundings, and what brand and law ask of it.

    `marked` is the HTML of engine.render(…, marked=True); `email` the same mail without marks. `send_at` and `now` are
    aware, on the group's clock. `packs`: which law applies, of us, ca, uk, eu, de.
    """

    spec: TemplateSpec
    values: Values
    context: RenderContext
    email: Email
    marked: str
    brand: BrandRules = BrandRules()
    brand_name: str = ""
    sending_domain: str = ""
    packs: tuple[str, ...] = ()
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    send_at: datetime | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    links: Mapping[str, Followed] = field(default_factory=dict)
    logo: Logo | None = None
    #: Where the gallery's own pictures are served from, without a slash at the end.
    gallery: str = ""
    #: A template's copy is looked at without a day on which it is sent.
    about: Literal["campaign", "template"] = "campaign"

    @property
    def sent(self) -> datetime:
        """When it arrives: as planned, else now."""
        return self.send_at or self.now

    @cached_property
    def page(self) -> Page:
        return Page(self.marked)

    @cached_property
    def looks(self) -> Looks:
        return Looks(self.page)

    @cached_property
    def fields(self) -> tuple[FieldAt, ...]:
        """Every field of what is shown, open and locked, in the order of the mail."""
        return tuple(_fields(self.spec, self.values))

    @cached_property
    def open_fields(self) -> tuple[FieldAt, ...]:
        return tuple(each for each in self.fields if each.slot.open)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Web addresses in the mail's links, and of pictures from elsewhere, without Liquid, each once."""
        links = [link.attrs["href"] for link in self.page.links]
        outside = [
            src
            for picture in self.page.pictures
            if (src := picture.attrs.get("src", "")) not in self.pictures
        ]
        web = (each for each in (*links, *outside) if each.startswith(("https://", "http://")))
        return tuple(dict.fromkeys(each for each in web if "{{" not in each))

    @cached_property
    def places(self) -> Places:
        return Places(((each.path, each.value) for each in self.fields), self.page, self.context)


def _fields(spec: TemplateSpec, values: Values) -> Iterator[FieldAt]:
    for place in (ENVELOPE, *(placement.key for placement in spec.placements)):
        placement = spec.places.get(place)
        repeats = placement is not None and placement.repeat is not None
        for index, item in enumerate(filled(spec, values, place)):
            where = f"{place}.{index}" if repeats else place
            for key, slot in spec.slots_at(place, item).items():
                if key in item:
                    yield FieldAt(f"{where}.{key}", slot, item[key])
