"""Is what stands in a campaign fit to be sent? The same rules for pages, drafts and API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from library.engine import parts, zones
from library.engine.contents import Images, Surroundings, faults, overdue
from library.engine.errors import LockedField
from library.engine.problems import Problem
from library.engine.steps import kind_title
from library.engine.template import ENVELOPE, KIND, SHOWN, Path, Placement, Repeat, Slot, TemplateSpec
from library.engine.values import Values, first_item, set_value, shown


def check(
    spec: TemplateSpec, values: Values, *, images: Images = None, today: date | None = None
) -> tuple[Problem, ...]:
    """Every problem of the values, in the order of the mail; with `today`, the day it goes out, what is out of date."""
    return tuple(_all(spec, values, Surroundings(images, today)))


def check_one(
    spec: TemplateSpec,
    path: str,
    value: Any,
    values: Values,
    *,
    images: Images = None,
    today: date | None = None,
) -> tuple[Problem, ...]:
    """The problems of one field as somebody types; LockedField where the path is not open."""
    where = Path.parse(path)
    slot = _slot(spec, where, values)
    changed = set_value(spec, values, path, parts.kept(slot, value) if slot and slot.open else value)
    if slot is None:
        return tuple(problem for problem in check(spec, changed, images=images) if problem.path == path)
    return tuple(_open(slot, path, value, Surroundings(images, today)))


def check_template(
    spec: TemplateSpec, *, images: Images = None, today: date | None = None
) -> tuple[Problem, ...]:
    """What is wrong with the template's own copy; an open field may be left for the local person to fill."""
    around = Surroundings(images, today)
    copy = tuple(
        problem
        for path, slots in _copy(spec)
        for key, slot in slots.items()
        for problem in faults(slot.field, f"{path}.{key}", slot.value, around)
        if not (slot.open and problem.code == "required")
    )
    return copy + tuple(problem for each in spec.placements for problem in _start(spec, each))


def _copy(spec: TemplateSpec) -> Iterator[tuple[str, Mapping[str, Slot]]]:
    yield ENVELOPE, spec.slots[ENVELOPE]
    for place, kinds in spec.kinds.items():
        yield from ((_kind_path(spec, place, kind), slots) for kind, slots in kinds.items())


def _kind_path(spec: TemplateSpec, place: str, kind: str) -> str:
    return f"{place}.{kind}" if spec.places[place].variants else place


def _start(spec: TemplateSpec, placement: Placement) -> Iterator[Problem]:
    """A zone that cannot hold what it starts with."""
    if placement.repeat:
        yield from _arrangement(spec, placement, zones.start(placement))


def _slot(spec: TemplateSpec, where: Path | None, values: Values) -> Slot | None:
    """The slot at the path; None for the switch of an optional part. LockedField where nothing is."""
    if where is None:
        raise LockedField("")
    held = values.get(where.place)
    item: Any = held
    if where.item is not None:
        item = held[where.item] if isinstance(held, list | tuple) and where.item < len(held) else {}
    if where.place not in spec.slots:
        raise LockedField(str(where))
    return spec.slots_at(where.place, item if isinstance(item, Mapping) else {}).get(where.key)


def _all(spec: TemplateSpec, values: Values, around: Surroundings) -> Iterator[Problem]:
    yield from (_unknown(place) for place in values if place not in spec.slots)
    for place, slots in spec.slots.items():
        held, placement = values.get(place), spec.places.get(place)
        if placement is not None and placement.repeat:
            yield from _repeated(spec, placement, placement.repeat, values, around)
        elif held is not None and not isinstance(held, Mapping):
            yield Problem(place, "wrong_type")
        else:
            yield from _single(slots, place, placement, held or {}, around)


def _single(
    slots: Mapping[str, Slot],
    place: str,
    placement: Placement | None,
    held: Values,
    around: Surroundings,
) -> Iterator[Problem]:
    optional = placement is not None and placement.optional
    if optional and not isinstance(held.get(SHOWN, True), bool):
        yield Problem(f"{place}.{SHOWN}", "wrong_type")
    stored = {key: value for key, value in held.items() if not (optional and key == SHOWN)}
    if optional and placement is not None and not shown(placement, held):
        yield from _strangers(slots, place, stored)  # what is switched off may stay unfinished
    else:
        yield from _fields(slots, place, stored, {}, around)


def _repeated(
    spec: TemplateSpec,
    placement: Placement,
    repeat: Repeat,
    values: Values,
    around: Surroundings,
) -> Iterator[Problem]:
    place = placement.key
    held = values.get(place, zones.start(placement))
    if not isinstance(held, list | tuple):
        yield Problem(place, "wrong_type")
        return
    if len(held) < repeat.min:
        yield Problem(place, "too_few", {"limit": repeat.min, "count": len(held)})
    if len(held) > repeat.max:
        yield Problem(place, "too_many", {"limit": repeat.max, "count": len(held)})
    items = [item for item in held[: repeat.max] if isinstance(item, Mapping)]
    yield from _arrangement(spec, placement, items)
    for index, item in enumerate(held[: repeat.max]):
        if isinstance(item, Mapping):
            yield from _item(spec, placement, index, item, around)
        else:
            yield Problem(f"{place}.{index}", "wrong_type")


def _arrangement(spec: TemplateSpec, placement: Placement, items: list[Any]) -> Iterator[Problem]:
    """Too many of one kind, or one that stands too high."""
    for kind, count in zones.count(placement, items).items():
        most = placement.kinds[kind].most
        if most is not None and count > most:
            title = kind_title(spec, placement, kind)
            yield Problem(placement.key, "too_many_kind", {"limit": most, "count": count, "title": title})
    for index, (upper, lower) in enumerate(pairwise(items)):
        if not zones.in_order(placement, (upper, lower)):
            titles = [kind_title(spec, placement, placement.kind_of(item)) for item in (lower, upper)]
            path = f"{placement.key}.{index + 1}"
            yield Problem(path, "wrong_order", {"title": titles[0], "other": titles[1]})


def _item(
    spec: TemplateSpec, placement: Placement, index: int, item: Values, around: Surroundings
) -> Iterator[Problem]:
    path = f"{placement.key}.{index}"
    said = item.get(KIND)
    if placement.variants and KIND in item and said not in placement.kinds:
        titles = [kind_title(spec, placement, kind) for kind in placement.kinds]
        yield Problem(f"{path}.{KIND}", "unknown_kind", {"kinds": ", ".join(titles)})
    stored = {key: value for key, value in item.items() if not (placement.variants and key == KIND)}
    slots = spec.slots_at(placement.key, item)
    yield from _fields(slots, path, stored, first_item(placement, index, item), around)


def _fields(
    slots: Mapping[str, Slot], path: str, held: Values, first: Values, around: Surroundings
) -> Iterator[Problem]:
    yield from _strangers(slots, path, held)
    for key, slot in slots.items():
        if slot.open:
            yield from _open(slot, f"{path}.{key}", held.get(key, first.get(key, slot.value)), around)
        else:
            yield from overdue(slot.field, f"{path}.{key}", slot.value, around.today, "locked_expired")


def _open(slot: Slot, path: str, raw: Any, around: Surroundings) -> Iterator[Problem]:
    yield from (Problem(path, "locked_part", part=part) for part in parts.overwritten(slot, raw))
    if not parts.is_left_out(slot, raw):
        yield from faults(slot.field, path, parts.whole(slot, raw), around)
    elif slot.field.required:
        yield Problem(path, "required", part=(slot.parts or ("",))[0])


def _strangers(slots: Mapping[str, Slot], path: str, held: Values) -> Iterator[Problem]:
    """Keys that no grant opens: unknown and locked ones alike."""
    yield from (_unknown(f"{path}.{key}") for key in held if key not in slots or not slots[key].open)


def _unknown(path: str) -> Problem:
    return Problem(path, "unknown", {"path": path[:100]})
