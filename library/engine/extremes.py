"""Values at the edges of what a template allows: what a version is looked at with before it is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_DOWN, Decimal
from itertools import cycle
from typing import Any, Literal, NamedTuple, TypeAlias

from library.engine import parts, zones
from library.engine.contents import is_empty, minor_digits
from library.engine.fields import (
    ApprovedField,
    ButtonField,
    ButtonValue,
    ChoiceField,
    ColourField,
    DateField,
    EmailField,
    ImageField,
    ImageValue,
    LinkField,
    PriceField,
    PriceValue,
    ProfileField,
    RichTextField,
    TextField,
    ToggleField,
)
from library.engine.template import ENVELOPE, SHOWN, Placement, Slot, TemplateSpec
from library.engine.values import Values

_WIDE = "Wigwams commemorate swimming mammoths from Hammersmith, whom Wimbledon’s women welcome; "
_GERMAN = "Donaudampfschifffahrtsgesellschaftskapitänsmütze und Lebensmittelunverträglichkeitsberatung, "
_ARABIC = "نرحّب بكم في أمسيتنا الأسبوعية للاستماع إلى الحكايات القديمة وتذوّق القهوة الطازجة، "
#: A Wednesday in September, which is long to write in most languages, and never past.
_DAY, _TIME = "2099-09-30", "T22:30"
_ALT = 120

Count: TypeAlias = Literal["fewest", "first", "most"]


class _Manner(NamedTuple):
    """How fields are filled, whether optional parts are shown, and how many items there are."""

    fill: Callable[[Slot], Any]
    shown: bool
    items: Count


def extremes(spec: TemplateSpec, *, picture: str = "") -> dict[str, Values]:
    """By name: "empty", "longest" (texts and number of items), "most" (items, in the template's copy), "german", "arabic".

    `picture` is a slug of the gallery for open pictures where the template has none of its own.
    """
    manners = {
        "empty": _Manner(lambda slot: _least(slot, picture), shown=False, items="fewest"),
        "longest": _Manner(_filler(_WIDE, picture), shown=True, items="most"),
        "most": _Manner(lambda slot: _own(slot, picture), shown=True, items="most"),
        "german": _Manner(_filler(_GERMAN, picture), shown=True, items="first"),
        "arabic": _Manner(_filler(_ARABIC, picture), shown=True, items="first"),
    }
    return {name: _values(spec, manner) for name, manner in manners.items()}


def words(sample: str, length: int) -> str:
    """So many characters of the sample, over and over."""
    text = (sample * (length // len(sample) + 1))[:length]
    return text[:-1] + "s" if text.endswith(" ") else text


def _values(spec: TemplateSpec, manner: _Manner) -> dict[str, Any]:
    values: dict[str, Any] = {ENVELOPE: _filled(spec.slots[ENVELOPE], manner)}
    for placement in spec.placements:
        if placement.repeat:
            values[placement.key] = list(_items(spec, placement, manner))
        else:
            shown = {SHOWN: manner.shown} if placement.optional else {}
            values[placement.key] = {**shown, **_filled(spec.slots[placement.key], manner)}
    repeating = {placement.key for placement in spec.placements if placement.repeat}
    return {place: held for place, held in values.items() if held or place in repeating}


def _items(spec: TemplateSpec, placement: Placement, manner: _Manner) -> Iterator[dict[str, Any]]:
    kinds = _kinds(placement, manner.items)
    for kind in kinds:
        slots = spec.kinds[placement.key][kind]
        yield {**zones.of_kind(placement, kind), **_filled(slots, manner)}


def _kinds(placement: Placement, count: Count) -> list[str]:
    """Of each item, in the order of the zone; of the most items, every kind in turn."""
    if count == "first":
        return [placement.kind_of(item) for item in zones.start(placement)]
    least, most = (placement.repeat.min, placement.repeat.max) if placement.repeat else (1, 1)
    wanted = least if count == "fewest" else most
    room = sum(each.most or most for each in placement.kinds.values())
    chosen: list[dict[str, Any]] = []
    for kind in cycle(placement.kinds):
        if len(chosen) >= min(wanted, room):
            break
        if zones.has_room(placement, kind, zones.count(placement, chosen)):
            chosen.append(zones.of_kind(placement, kind))
    standing = [placement.kind_of(item) for item in chosen]
    return sorted(standing, key=list(placement.kinds).index) if placement.ordered else standing


def _filled(slots: Mapping[str, Slot], manner: _Manner) -> dict[str, Any]:
    return {key: parts.kept(slot, manner.fill(slot)) for key, slot in slots.items() if slot.open}


def _own(slot: Slot, picture: str) -> Any:
    """The template's copy; where that is nothing and something must be said, as little as possible."""
    if isinstance(slot.field, ToggleField | ProfileField):
        return True
    if is_empty(slot.field, slot.value):
        return _least(slot, picture)
    return parts.as_json(slot)


def _least(slot: Slot, picture: str) -> Any:
    field = slot.field
    if isinstance(field, ToggleField | ProfileField):
        return False
    if isinstance(field, ChoiceField | ColourField):
        return field.start
    if field.required:
        return parts.as_json(slot) if not is_empty(field, slot.value) else _fill(slot, lambda _: "A", picture)
    return None if isinstance(field, ImageField | ButtonField | PriceField) else ""


def _filler(sample: str, picture: str) -> Callable[[Slot], Any]:
    return lambda slot: _fill(slot, lambda length: words(sample, length), picture)


def _fill(slot: Slot, write: Callable[[int], str], picture: str) -> Any:
    """The field filled to its limit with what `write` makes of a length."""
    field = slot.field
    if isinstance(field, TextField):
        return write(field.max_length)
    if isinstance(field, RichTextField):
        return f"<p>{write(field.max_length)}</p>"
    if isinstance(field, ImageField):
        return _picture(slot, write(_ALT), picture)
    if isinstance(field, ButtonField):
        return _button(field, slot, write(field.max_length))
    if isinstance(field, LinkField):
        return _link(field.allowed_domains)
    return _chosen(slot)


def _chosen(slot: Slot) -> Any:
    """What is not written in words."""
    field = slot.field
    if isinstance(field, EmailField):
        return "the-whole-team.of-a-rather-long-name@mail.example.org"
    if isinstance(field, DateField):
        return _DAY + (_TIME if field.with_time else "")
    if isinstance(field, PriceField):
        return _price(field)
    if isinstance(field, ApprovedField):
        return (
            max(field.options, key=lambda each: len(each.text + each.detail + each.code)).value
            if field.options
            else ""
        )
    if isinstance(field, ColourField):
        return field.pairs[-1]
    return field.values[-1] if isinstance(field, ChoiceField) else True


def _picture(slot: Slot, alt: str, picture: str) -> dict[str, Any] | None:
    own = slot.value.src if isinstance(slot.value, ImageValue) else ""
    source = own or picture
    return {"src": source, "alt": alt, "decorative": False} if source else None


def _button(field: ButtonField, slot: Slot, label: str) -> dict[str, Any]:
    own = slot.value.url if isinstance(slot.value, ButtonValue) else ""
    return {"label": label, "url": own or _link(field.allowed_domains)}


def _link(domains: tuple[str, ...]) -> str:
    host = domains[0] if domains else "www.example.org"
    return f"https://{host}/a/rather/long/address?with=one&and=another"


def _price(field: PriceField) -> dict[str, str]:
    step = Decimal(1).scaleb(-minor_digits(field.currency))
    before = Decimal(field.most or "12345.67").quantize(step, ROUND_DOWN)
    now = (before * Decimal("0.9")).quantize(step, ROUND_DOWN)
    return PriceValue(amount=str(now), before=str(before) if before > now else "").model_dump()
