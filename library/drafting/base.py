"""What every change to a draft is made with: it is legal before and after, or DraftError says why not."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from django.utils.translation import gettext as _
from pydantic import ValidationError

from library.engine.fields import Spec
from library.engine.template import ENVELOPE, KIND, Envelope, Placement, TemplateSpec, Variant
from library.errors import LibraryError

Mode: TypeAlias = Literal["locked", "open", "hidden"]
Filled: TypeAlias = Envelope | Placement | Variant
Held = TypeVar("Held", bound=Spec)
#: A longer mail than this is cut off by readers, and nobody scrolls through it.
MOST_PARTS = 40
#: A chooser of a dozen is the most that one can look over.
MOST_KINDS = 12
#: The limits of Repeat.
MOST_ITEMS = 20
LONGEST_KEY = 40


class DraftError(LibraryError):
    """A change that the draft cannot take. `input` names what it is about, where it is about one input."""

    def __init__(self, message: str, *, input: str = "") -> None:  # noqa: A002 - the word of the form
        super().__init__(message)
        self.input = input


class Spot(NamedTuple):
    """Where fields lie: the envelope, a part, or one of the modules of a zone."""

    place: str
    kind: str = ""


def part(spec: TemplateSpec, place: str) -> Placement:
    held = spec.places.get(place)
    if held is None:
        raise DraftError(_("This part was removed in the meantime."))
    return held


def filled(spec: TemplateSpec, spot: Spot) -> Filled:
    if spot.place == ENVELOPE:
        return spec.envelope
    held = part(spec, spot.place)
    found = held.kinds.get(spot.kind or held.key)
    if found is None:
        raise DraftError(_("This module is not in the zone any more."))
    return found


def put(spec: TemplateSpec, spot: Spot, changed: Filled) -> TemplateSpec:
    """The spec with this envelope, part or module of a zone in place of the old."""
    if isinstance(changed, Envelope):
        return having(spec, envelope=changed)
    if isinstance(changed, Variant):
        held = part(spec, spot.place)
        changed = having(
            held, variants=tuple(changed if each.key == changed.key else each for each in held.variants)
        )
    return having(spec, placements=replaced(spec, spot.place, only_open(changed)))


def replaced(spec: TemplateSpec, place: str, changed: Placement) -> list[Placement]:
    return [changed if each.key == place else each for each in spec.placements]


def only_open(held: Placement) -> Placement:
    """First items without what is not open any more."""
    opened = {kind: {KIND, *(grant.field for grant in each.open)} for kind, each in held.kinds.items()}
    items = tuple(
        {key: value for key, value in item.items() if key in opened[held.kind_of(item)]}
        for item in held.items
    )
    return held if items == held.items else having(held, items=items)


def tidy(spec: TemplateSpec) -> TemplateSpec:
    """Without modules that no part uses."""
    used = {each.module for held in spec.placements for each in held.kinds.values()}
    return having(spec, modules={slug: module for slug, module in spec.modules.items() if slug in used})


def having(held: Held, **changes: Any) -> Held:
    """The same with these changes: checked anew, and without what the old one had cached."""
    values = {name: getattr(held, name) for name in type(held).model_fields}
    try:
        return type(held).model_validate({**values, **changes})
    except ValidationError as error:
        raise DraftError(str(error.errors()[0]["msg"]).removeprefix("Value error, ")) from error


def fresh_key(spec: TemplateSpec, wish: str) -> str:
    return fresh(wish, {ENVELOPE, *spec.places})


def fresh(wish: str, taken: set[str]) -> str:
    """A key like the wish that is not taken yet: offer, offer_2, offer_3."""
    stem = wish.replace("-", "_").rstrip("_0123456789")[: LONGEST_KEY - 4] or "part"
    keys = (stem if number == 1 else f"{stem}_{number}" for number in range(1, len(taken) + 3))
    return next(key for key in keys if key not in taken)
