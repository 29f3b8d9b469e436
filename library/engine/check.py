"""Is what stands in a campaign fit to be sent? The same rules for pages, drafts and API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from library.engine import rich
from library.engine.context import Image
from library.engine.fields import (
    ButtonField,
    ChoiceField,
    FieldSpec,
    ImageField,
    ImageValue,
    RichTextField,
    TextField,
    ToggleField,
    WrongType,
)
from library.engine.inert import FORBIDDEN, LINE_BREAKS, LIQUID
from library.engine.links import BadLink, safe_link
from library.engine.problems import Problem
from library.engine.template import SHOWN, Path, Placement, Repeat, Slot, TemplateSpec
from library.engine.values import Values, set_value, shown

#: The gallery by slug; None where it is not at hand, and a picture's slug is taken on trust.
Images: TypeAlias = Mapping[str, Image] | None

_MARKUP = re.compile(r"</?[A-Za-z!][^<>]{0,20}")
#: Gallery slugs are told from addresses by what they cannot contain.
_ADDRESS = re.compile(r"[:/]")


def check(spec: TemplateSpec, values: Values, *, images: Images = None) -> tuple[Problem, ...]:
    """Every problem of the values, in the order of the mail."""
    return tuple(_all(spec, values, images))


def check_one(
    spec: TemplateSpec, path: str, value: Any, values: Values, *, images: Images = None
) -> tuple[Problem, ...]:
    """The problems of one field as somebody types; LockedField where the path is not open."""
    changed = set_value(spec, values, path, value)
    where = Path.parse(path)
    if where is None or where.key == SHOWN:
        return tuple(problem for problem in check(spec, changed, images=images) if problem.path == path)
    return tuple(_field(spec.slots[where.place][where.key].field, path, value, images))


def check_template(spec: TemplateSpec, *, images: Images = None) -> tuple[Problem, ...]:
    """What is wrong with the template's own copy; an open field may be left for the local person to fill."""
    return tuple(
        problem
        for place, slots in spec.slots.items()
        for key, slot in slots.items()
        for problem in _field(slot.field, f"{place}.{key}", slot.value, images)
        if not (slot.open and problem.code == "required")
    )


def _all(spec: TemplateSpec, values: Values, images: Images) -> Iterator[Problem]:
    yield from (_unknown(place) for place in values if place not in spec.slots)
    for place, slots in spec.slots.items():
        held, placement = values.get(place), spec.places.get(place)
        if placement is not None and placement.repeat:
            yield from _repeated(spec, placement, placement.repeat, values, images)
        elif held is not None and not isinstance(held, Mapping):
            yield Problem(place, "wrong_type")
        else:
            yield from _single(slots, place, placement, held or {}, images)


def _single(
    slots: Mapping[str, Slot],
    place: str,
    placement: Placement | None,
    held: Values,
    images: Images,
) -> Iterator[Problem]:
    optional = placement is not None and placement.optional
    if optional and not isinstance(held.get(SHOWN, True), bool):
        yield Problem(f"{place}.{SHOWN}", "wrong_type")
    stored = {key: value for key, value in held.items() if not (optional and key == SHOWN)}
    if optional and placement is not None and not shown(placement, held):
        yield from _strangers(slots, place, stored)  # what is switched off may stay unfinished
    else:
        yield from _fields(slots, place, stored, {}, images)


def _repeated(
    spec: TemplateSpec,
    placement: Placement,
    repeat: Repeat,
    values: Values,
    images: Images,
) -> Iterator[Problem]:
    place, slots = placement.key, spec.slots[placement.key]
    held = values.get(place, [{}] * placement.first_items)
    if not isinstance(held, list | tuple):
        yield Problem(place, "wrong_type")
        return
    if len(held) < repeat.min:
        yield Problem(place, "too_few", {"limit": repeat.min, "count": len(held)})
    if len(held) > repeat.max:
        yield Problem(place, "too_many", {"limit": repeat.max, "count": len(held)})
    for index, item in enumerate(held[: repeat.max]):
        if not isinstance(item, Mapping):
            yield Problem(f"{place}.{index}", "wrong_type")
            continue
        first = placement.items[index] if index < len(placement.items) else {}
        yield from _fields(slots, f"{place}.{index}", item, first, images)


def _fields(
    slots: Mapping[str, Slot], path: str, held: Values, first: Values, images: Images
) -> Iterator[Problem]:
    yield from _strangers(slots, path, held)
    for key, slot in slots.items():
        if slot.open:
            value = held.get(key, first.get(key, slot.value))
            yield from _field(slot.field, f"{path}.{key}", value, images)


def _strangers(slots: Mapping[str, Slot], path: str, held: Values) -> Iterator[Problem]:
    """Keys that no grant opens: unknown and locked ones alike."""
    yield from (_unknown(f"{path}.{key}") for key in held if key not in slots or not slots[key].open)


def _unknown(path: str) -> Problem:
    return Problem(path, "unknown", {"path": path[:100]})


def _field(field: FieldSpec, path: str, raw: Any, images: Images) -> Iterator[Problem]:
    try:
        value = field.read(raw)
    except WrongType:
        yield Problem(
            path, "option" if isinstance(field, ChoiceField) and isinstance(raw, str) else "wrong_type"
        )
        return
    if field.required and _empty(field, value):
        yield Problem(path, "required")
    elif not _empty(field, value):
        yield from _contents(field, path, value, images)


def _empty(field: FieldSpec, value: Any) -> bool:
    if isinstance(field, RichTextField):
        return not rich.read(value, field.marks, field.allowed_domains)
    return not value.strip() if isinstance(value, str) else not value and not isinstance(field, ToggleField)


def _contents(field: FieldSpec, path: str, value: Any, images: Images) -> Iterator[Problem]:
    if isinstance(field, TextField):
        yield from _line(path, value, field.max_length)
    elif isinstance(field, RichTextField):
        yield from _rich(path, value, field)
    elif isinstance(field, ButtonField):
        yield from _line(path, value.label, field.max_length, part="label")
        yield from _button(path, value.label, value.url, field.allowed_domains)
    elif isinstance(field, ImageField):
        yield from _line(path, value.alt, 250, part="alt")
        yield from _image(path, value, field, images)


def _line(path: str, text: str, limit: int, *, part: str = "") -> Iterator[Problem]:
    if LINE_BREAKS.search(text.strip()):
        yield Problem(path, "line_break", part=part)
    if found := _MARKUP.search(text):
        yield Problem(path, "markup", {"found": found[0]}, part=part)
    yield from _characters(path, text, part)
    if len(text.strip()) > limit:
        yield Problem(path, "too_long", {"limit": limit, "length": len(text.strip())}, part=part)


def _characters(path: str, text: str, part: str = "") -> Iterator[Problem]:
    if found := LIQUID.search(text):
        yield Problem(path, "liquid", {"found": found[0]}, part=part)
    if found := FORBIDDEN.search(text):
        yield Problem(path, "control", {"found": f"U+{ord(found[0]):04X}"}, part=part)


def _rich(path: str, source: str, field: RichTextField) -> Iterator[Problem]:
    if strange := sorted(rich.tags_in(source) - rich.allowed_tags(field.marks)):
        yield Problem(path, "mark", {"found": f"<{strange[0]}>"})
    blocks = rich.read(source, field.marks, field.allowed_domains)
    yield from _characters(path, rich.words(source))
    if len(source) > rich.MAX_SOURCE or rich.length(blocks) > field.max_length:
        yield Problem(path, "too_long", {"limit": field.max_length, "length": rich.length(blocks)})
    for link in rich.links_in(source):
        yield from _link(path, link, field.allowed_domains, part="")


def _button(path: str, label: str, url: str, domains: Sequence[str]) -> Iterator[Problem]:
    if not label.strip():
        yield Problem(path, "label", part="label")
    if url.strip():
        yield from _link(path, url, domains, part="url")
    else:
        yield Problem(path, "link_missing", part="url")


def _link(path: str, link: str, domains: Sequence[str], *, part: str) -> Iterator[Problem]:
    yield from _characters(path, link, part)
    try:
        safe_link(link, domains)
    except BadLink as error:
        params = {"domains": ", ".join(domains)} if error.code == "domain" else {}
        yield Problem(path, f"link_{error.code}", params, part=part)


def _image(path: str, value: ImageValue, field: ImageField, images: Images) -> Iterator[Problem]:
    known = images.get(value.src) if images is not None else None
    if _ADDRESS.search(value.src) and known is None:
        yield from _link(path, value.src, field.allowed_domains, part="src")
    elif images is not None and known is None:
        yield Problem(path, "image", part="src")
    # A picture of the gallery brings its own description; what is not at hand is taken on trust.
    described = (
        value.decorative or value.alt.strip() or (known.alt if known else not _ADDRESS.search(value.src))
    )
    if not described:
        yield Problem(path, "alt", part="alt")
