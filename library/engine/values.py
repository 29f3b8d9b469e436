"""A campaign's values: JSON, only what a grant opened; every change is a new mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel

from library.engine.errors import ItemLimit, LockedField
from library.engine.fields import Typed, WrongType
from library.engine.template import ENVELOPE, SHOWN, Path, Placement, Repeat, Slot, TemplateSpec

Values: TypeAlias = Mapping[str, Any]
Item: TypeAlias = dict[str, Typed]


def defaults(spec: TemplateSpec) -> dict[str, Any]:
    """What a new campaign starts with: the template's copy in every open field."""
    start: dict[str, Any] = {ENVELOPE: _open_values(spec.slots[ENVELOPE])}
    for placement in spec.placements:
        start[placement.key] = _first_values(spec, placement)
    return {place: held for place, held in start.items() if held}


def set_value(spec: TemplateSpec, values: Values, path: str, value: Any) -> dict[str, Any]:
    """The values with one field changed; LockedField where no grant opens the path."""
    where = Path.parse(path)
    if where is None or not _writable(spec, where):
        raise LockedField(path)
    if where.item is None:
        held = values.get(where.place)
        return {**values, where.place: {**(held if isinstance(held, Mapping) else {}), where.key: value}}
    items = _items(spec, values, where.place)
    if where.item >= len(items):
        raise LockedField(path)
    items[where.item] = {**items[where.item], where.key: value}
    return {**values, where.place: items}


def add_item(spec: TemplateSpec, values: Values, place: str, *, at: int | None = None) -> dict[str, Any]:
    """One more item with the template's copy, at the end unless said otherwise; ItemLimit when it is full."""
    items, repeat = _items(spec, values, place), _repeat(spec, place)
    if len(items) >= repeat.max:
        raise ItemLimit(place, repeat.min, repeat.max)
    items.insert(len(items) if at is None else at, _open_values(spec.slots[place]))
    return {**values, place: items}


def remove_item(spec: TemplateSpec, values: Values, place: str, index: int) -> dict[str, Any]:
    items, repeat = _items(spec, values, place), _repeat(spec, place)
    if len(items) <= repeat.min:
        raise ItemLimit(place, repeat.min, repeat.max)
    _require_item(items, place, index)
    del items[index]
    return {**values, place: items}


def move_item(spec: TemplateSpec, values: Values, place: str, index: int, to: int) -> dict[str, Any]:
    items = _items(spec, values, place)
    _require_item(items, place, index)
    _require_item(items, place, to)
    items.insert(to, items.pop(index))
    return {**values, place: items}


def filled(spec: TemplateSpec, values: Values, place: str) -> tuple[Item, ...]:
    """What stands at the place, locked values included: one item, more where it repeats, none where it is hidden.

    Whatever does not fit (unknown keys, wrong shapes, items beyond the limit) gives way to the template's own.
    """
    held, slots = values.get(place), spec.slots[place]
    placement = spec.places.get(place)
    if placement is not None and placement.repeat:
        return tuple(_fill(slots, item, first) for item, first in _pairs(placement, placement.repeat, held))
    stored = held if isinstance(held, Mapping) else {}
    if placement is not None and placement.optional and not shown(placement, stored):
        return ()
    return (_fill(slots, stored, {}),)


def shown(placement: Placement, stored: Values) -> bool:
    said = stored.get(SHOWN)
    return said if isinstance(said, bool) else placement.shown


def _pairs(placement: Placement, repeat: Repeat, held: object) -> list[tuple[Values, Values]]:
    """Each item as stored, beside what the template starts it with."""
    stored = held if isinstance(held, list | tuple) else [{}] * placement.first_items
    count = min(max(len(stored), repeat.min), repeat.max)
    pairs: list[tuple[Values, Values]] = []
    for index in range(count):
        item = stored[index] if index < len(stored) else {}
        first = placement.items[index] if index < len(placement.items) else {}
        pairs.append((item if isinstance(item, Mapping) else {}, first))
    return pairs


def _fill(slots: Mapping[str, Slot], stored: Values, first: Values) -> Item:
    return {key: _value(slot, key, stored, first) for key, slot in slots.items()}


def _value(slot: Slot, key: str, stored: Values, first: Values) -> Typed:
    if slot.open:
        for source in (stored, first):
            if key in source:
                try:
                    return slot.field.read(source[key])
                except WrongType:
                    continue
    return slot.value


def _writable(spec: TemplateSpec, where: Path) -> bool:
    placement = spec.places.get(where.place)
    if where.key == SHOWN:
        return placement is not None and placement.optional and where.item is None
    slot = spec.slots.get(where.place, {}).get(where.key)
    repeats = placement is not None and placement.repeat is not None
    return slot is not None and slot.open and repeats == (where.item is not None)


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


def _first_values(spec: TemplateSpec, placement: Placement) -> Any:
    slots = spec.slots[placement.key]
    if placement.repeat:
        items = [*placement.items, *[{}] * (placement.first_items - len(placement.items))]
        return [{**_open_values(slots), **item} for item in items]
    own = _open_values(slots)
    return {SHOWN: placement.shown, **own} if placement.optional else own


def _open_values(slots: Mapping[str, Slot]) -> dict[str, Any]:
    return {key: _json(slot.value) for key, slot in slots.items() if slot.open}


def _json(value: Typed) -> Any:
    return value.model_dump() if isinstance(value, BaseModel) else value
