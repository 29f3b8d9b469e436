"""A campaign's values: JSON, only what a grant opened; every change is a new mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from library.engine import parts, zones
from library.engine.errors import ItemLimit, KindLimit, LockedField, WrongOrder
from library.engine.fields import Typed, WrongType
from library.engine.template import ENVELOPE, SHOWN, Path, Placement, Repeat, Slot, TemplateSpec

Values: TypeAlias = Mapping[str, Any]
Item: TypeAlias = dict[str, Typed]


class Standing(NamedTuple):
    """What stands at a place: of which kind (the envelope's and a simple part's is the place itself), and its values."""

    kind: str
    slots: dict[str, Slot]
    item: Item


def defaults(spec: TemplateSpec) -> dict[str, Any]:
    """What a new campaign starts with: the template's copy in every open field."""
    start: dict[str, Any] = {ENVELOPE: _open_values(spec.slots[ENVELOPE])}
    for placement in spec.placements:
        start[placement.key] = _first_values(spec, placement)
    return {place: held for place, held in start.items() if held}


def set_value(spec: TemplateSpec, values: Values, path: str, value: Any) -> dict[str, Any]:
    """The values with one field changed; LockedField where no grant opens the path, or the part that is changed."""
    where = Path.parse(path)
    if where is None or not _repeats_as(spec, where):
        raise LockedField(path)
    if where.item is None:
        held = values.get(where.place)
        own = held if isinstance(held, Mapping) else {}
        return {**values, where.place: {**own, where.key: _storable(spec, where, own, value)}}
    items = _items(spec, values, where.place)
    if where.item >= len(items):
        raise LockedField(path)
    item = items[where.item]
    items[where.item] = {**item, where.key: _storable(spec, where, item, value)}
    return {**values, where.place: items}


def add_item(
    spec: TemplateSpec, values: Values, place: str, *, kind: str | None = None, at: int | None = None
) -> dict[str, Any]:
    """One more item with the template's copy, in a zone of this kind (or the first that fits); where it belongs, or `at`.

    ItemLimit when the part is full, KindLimit when there are enough of the kind, WrongOrder where it may not stand.
    """
    items, repeat, placement = _items(spec, values, place), _repeat(spec, place), spec.places[place]
    if len(items) >= repeat.max:
        raise ItemLimit(place, repeat.min, repeat.max)
    kind = kind or zones.next_kind(placement, items)
    _require_room(placement, kind, items)
    new = {**zones.of_kind(placement, kind), **_open_values(spec.kinds[place][kind])}
    items.insert(zones.place_for(placement, items, kind) if at is None else at, new)
    _require_order(placement, items)
    return {**values, place: items}


def remove_item(spec: TemplateSpec, values: Values, place: str, index: int) -> dict[str, Any]:
    items, repeat = _items(spec, values, place), _repeat(spec, place)
    if len(items) <= repeat.min:
        raise ItemLimit(place, repeat.min, repeat.max)
    _require_item(items, place, index)
    del items[index]
    return {**values, place: items}


def move_item(spec: TemplateSpec, values: Values, place: str, index: int, to: int) -> dict[str, Any]:
    """WrongOrder where the zone keeps its modules in order."""
    items = _items(spec, values, place)
    _require_item(items, place, index)
    _require_item(items, place, to)
    items.insert(to, items.pop(index))
    _require_order(spec.places[place], items)
    return {**values, place: items}


def standing(spec: TemplateSpec, values: Values, place: str) -> tuple[Standing, ...]:
    """What stands at the place, locked values included: one item, more where it repeats, none where it is hidden.

    Whatever does not fit (unknown keys, wrong shapes, items beyond the limit) gives way to the template's own.
    """
    held, placement = values.get(place), spec.places.get(place)
    if placement is not None and placement.repeat:
        return tuple(
            _stand(spec, placement, item, first) for item, first in _pairs(placement, placement.repeat, held)
        )
    stored = held if isinstance(held, Mapping) else {}
    if placement is not None and placement.optional and not shown(placement, stored):
        return ()
    slots = spec.slots[place]
    return (Standing(place, slots, _fill(slots, stored, {})),)


def filled(spec: TemplateSpec, values: Values, place: str) -> tuple[Item, ...]:
    """The values alone of what stands at the place."""
    return tuple(each.item for each in standing(spec, values, place))


def shown(placement: Placement, stored: Values) -> bool:
    said = stored.get(SHOWN)
    return said if isinstance(said, bool) else placement.shown


def first_item(placement: Placement, index: int, item: Values) -> Values:
    """What the template starts the item at this number with; nothing where it is of another kind by now."""
    if index >= len(placement.items):
        return {}
    first = placement.items[index]
    return first if placement.kind_of(first) == placement.kind_of(item) else {}


def _stand(spec: TemplateSpec, placement: Placement, item: Values, first: Values) -> Standing:
    kind = placement.kind_of(item)
    slots = spec.kinds[placement.key][kind]
    return Standing(kind, slots, _fill(slots, item, first))


def _pairs(placement: Placement, repeat: Repeat, held: object) -> list[tuple[Values, Values]]:
    """Each item as stored, beside what the template starts it with."""
    stored: list[Values] = [*zones.start(placement)]
    if isinstance(held, list | tuple):
        stored = [item if isinstance(item, Mapping) else {} for item in held]
    numbers = zones.within(placement, stored)
    while len(numbers) < repeat.min:  # what must be there is there, whatever is stored
        kind = zones.next_kind(placement, [stored[number] for number in numbers])
        numbers.append(len(stored))
        stored.append(zones.of_kind(placement, kind))
    return [(stored[number], first_item(placement, number, stored[number])) for number in numbers]


def _fill(slots: Mapping[str, Slot], stored: Values, first: Values) -> Item:
    return {key: _value(slot, key, stored, first) for key, slot in slots.items()}


def _value(slot: Slot, key: str, stored: Values, first: Values) -> Typed:
    if slot.open:
        for source in (stored, first):
            if key in source:
                try:
                    return parts.read(slot, source[key])
                except WrongType:
                    continue
    return slot.value


def _repeats_as(spec: TemplateSpec, where: Path) -> bool:
    placement = spec.places.get(where.place)
    repeats = placement is not None and placement.repeat is not None
    return (placement is not None or where.place == ENVELOPE) and repeats == (where.item is not None)


def _storable(spec: TemplateSpec, where: Path, item: Values, value: Any) -> Any:
    """What is stored for the value at an open path; LockedField for any other, and for a locked part."""
    placement = spec.places.get(where.place)
    if where.key == SHOWN and placement is not None and placement.optional:
        return value
    slot = spec.slots_at(where.place, item).get(where.key)
    if slot is None or not slot.open:
        raise LockedField(str(where))
    if overwritten := parts.overwritten(slot, value):
        raise LockedField(f"{where}:{overwritten[0]}")
    return parts.kept(slot, value)


def _repeat(spec: TemplateSpec, place: str) -> Repeat:
    placement = spec.places.get(place)
    if placement is None or placement.repeat is None:
        raise LockedField(place)
    return placement.repeat


def _items(spec: TemplateSpec, values: Values, place: str) -> list[dict[str, Any]]:
    _repeat(spec, place)
    held = values.get(place)
    if not isinstance(held, list | tuple):
        held = _first_values(spec, spec.places[place])
    return [dict(item) if isinstance(item, Mapping) else {} for item in held]


def _require_item(items: list[dict[str, Any]], place: str, index: int) -> None:
    if not 0 <= index < len(items):
        raise LockedField(f"{place}.{index}")


def _require_room(placement: Placement, kind: str, items: list[dict[str, Any]]) -> None:
    if kind not in placement.kinds:
        raise KindLimit(placement.key, kind, 0)
    if not zones.has_room(placement, kind, zones.count(placement, items)):
        raise KindLimit(placement.key, kind, placement.kinds[kind].most or 0)


def _require_order(placement: Placement, items: list[dict[str, Any]]) -> None:
    if not zones.in_order(placement, items):
        raise WrongOrder(placement.key)


def _first_values(spec: TemplateSpec, placement: Placement) -> Any:
    if placement.repeat:
        kinds = spec.kinds[placement.key]
        return [{**_open_values(kinds[placement.kind_of(item)]), **item} for item in zones.start(placement)]
    own = _open_values(spec.slots[placement.key])
    return {SHOWN: placement.shown, **own} if placement.optional else own


def _open_values(slots: Mapping[str, Slot]) -> dict[str, Any]:
    return {key: parts.as_json(slot) for key, slot in slots.items() if slot.open}
