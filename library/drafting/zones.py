"""Parts in which one of several modules may stand, and the items that a new campaign starts with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from library.drafting.base import (
    MOST_ITEMS,
    MOST_KINDS,
    DraftError,
    Spot,
    filled,
    fresh,
    having,
    part,
    put,
    replaced,
    tidy,
)
from library.drafting.fields import readable
from library.engine.template import KIND, ModuleSpec, Placement, Repeat, TemplateSpec, Variant


def add_kind(spec: TemplateSpec, place: str, module: ModuleSpec) -> TemplateSpec:
    """Another module that may stand in this part; what did not repeat becomes a zone of 1 to 3."""
    held = part(spec, place)
    if len(held.kinds) >= MOST_KINDS:
        raise DraftError(_("A zone offers a dozen modules at most."))
    variant = Variant(key=fresh(module.slug, {place, *held.kinds}), module=module.slug)
    room = held.repeat or Repeat(min=0 if held.optional else 1, max=3)
    changed = having(held, variants=(*held.variants, variant), repeat=room, optional=False, shown=True)
    return having(
        spec, placements=replaced(spec, place, changed), modules={module.slug: module, **spec.modules}
    )


def remove_kind(spec: TemplateSpec, place: str, kind: str) -> TemplateSpec:
    """One module less in the zone, and the first items that were of it. The next takes the place of its first."""
    held = part(spec, place)
    if kind not in held.kinds or not held.variants:
        raise DraftError(_("This module is not in the zone any more."))
    items = tuple(item for item in held.items if held.kind_of(item) != kind)
    if kind != place:
        rest = tuple(variant for variant in held.variants if variant.key != kind)
        changed = having(held, variants=rest, items=items)
    else:
        changed = _led_by_the_next(held, items)
    return tidy(put(spec, Spot(place), having(changed, ordered=held.ordered and bool(changed.variants))))


def _led_by_the_next(held: Placement, items: tuple[dict[str, Any], ...]) -> Placement:
    first, *rest = held.variants
    own = tuple(
        {key: value for key, value in item.items() if key != KIND or value != first.key} for item in items
    )
    return having(
        held, module=first.module, values=first.values, open=first.open, hidden=first.hidden,
        options=first.options, most=first.most, variants=tuple(rest), items=own,
    )  # fmt: skip


def move_kind(spec: TemplateSpec, place: str, kind: str, to: int) -> TemplateSpec:
    """Among the modules of the zone, counted from 0; the zone's own module stays the first."""
    held = part(spec, place)
    moved = next((each for each in held.variants if each.key == kind), None)
    if moved is None:
        raise DraftError(_("The zone's first module stays the first."))
    rest = [each for each in held.variants if each is not moved]
    rest.insert(max(to - 1, 0), moved)
    return put(spec, Spot(place), having(held, variants=tuple(rest)))


def limit_kind(spec: TemplateSpec, place: str, kind: str, most: int | None) -> TemplateSpec:
    """How many items may be of this module at once; None for any number."""
    if most is not None and not 1 <= most <= MOST_ITEMS:
        raise DraftError(_("Write a number from 1 to 20, or nothing."), input="most")
    return put(spec, Spot(place, kind), having(filled(spec, Spot(place, kind)), most=most))


def keep_order(spec: TemplateSpec, place: str, *, ordered: bool) -> TemplateSpec:
    """Items in the order of the zone's modules, or in any."""
    return put(spec, Spot(place), having(part(spec, place), ordered=ordered))


def add_item(spec: TemplateSpec, place: str, kind: str = "") -> TemplateSpec:
    """One more item that a new campaign starts with."""
    held = part(spec, place)
    if held.repeat is None or len(held.items) >= held.repeat.max:
        raise DraftError(_("There is no room for one more here. Raise the limit first."))
    item: dict[str, Any] = {KIND: kind} if kind and kind in held.kinds and kind != place else {}
    return put(spec, Spot(place), having(held, items=(*held.items, item)))


def remove_item(spec: TemplateSpec, place: str, index: int) -> TemplateSpec:
    items = _items(spec, place, index)
    del items[index]
    return put(spec, Spot(place), having(part(spec, place), items=tuple(items)))


def move_item(spec: TemplateSpec, place: str, index: int, to: int) -> TemplateSpec:
    items = _items(spec, place, index)
    items.insert(max(to, 0), items.pop(index))
    return put(spec, Spot(place), having(part(spec, place), items=tuple(items)))


def set_item_value(spec: TemplateSpec, place: str, index: int, key: str, value: Any) -> TemplateSpec:
    """What a first item says in an open field."""
    items = _items(spec, place, index)
    slot = spec.slots_at(place, items[index]).get(key)
    if slot is None or not slot.open:
        raise DraftError(_("This field is locked, so all items say the same here."), input="value")
    items[index] = {**items[index], key: readable(slot.field, value)}
    return put(spec, Spot(place), having(part(spec, place), items=tuple(items)))


def _items(spec: TemplateSpec, place: str, index: int) -> list[dict[str, Any]]:
    items = list(part(spec, place).items)
    if not 0 <= index < len(items):
        raise DraftError(_("This item is not there any more."))
    return items
