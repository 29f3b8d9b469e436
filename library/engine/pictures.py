"""Which pictures of the gallery a mail needs, so that no more are loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from library.engine.contents import is_address
from library.engine.fields import ApprovedField, FieldSpec, ImageValue, Typed
from library.engine.template import Slot, TemplateSpec
from library.engine.values import Values, standing


def image_slugs(spec: TemplateSpec, values: Values) -> set[str]:
    """Of everything that stands in the mail with these values, locked or open."""
    return {
        slug
        for placement in spec.placements
        for each in standing(spec, values, placement.key)
        for key, value in each.item.items()
        for slug in _of(each.slots[key].field, value)
    }


def all_image_slugs(spec: TemplateSpec) -> set[str]:
    """Of the template itself: its copy, what its fields start with, and all that its lists offer."""
    slots = [slot for kinds in spec.kinds.values() for each in kinds.values() for slot in each.values()]
    firsts = [
        slug for each in spec.placements for item in each.items for slug in _in_item(spec, each.key, item)
    ]
    return {slug for slot in slots for slug in _offered(slot)}.union(firsts)


def _of(field: FieldSpec, value: Typed) -> Iterator[str]:
    source = ""
    if isinstance(value, ImageValue):
        source = value.src
    elif isinstance(field, ApprovedField) and isinstance(value, str):
        option = field.option(value)
        source = option.image if option else ""
    if source and not is_address(source):
        yield source


def _offered(slot: Slot) -> Iterator[str]:
    yield from _of(slot.field, slot.value)
    if isinstance(slot.field, ApprovedField):
        for option in slot.field.options:
            yield from _of(slot.field, option.value)


def _in_item(spec: TemplateSpec, place: str, item: Mapping[str, object]) -> Iterator[str]:
    for key, slot in spec.slots_at(place, item).items():
        if key in item and slot.open:
            yield from _of(slot.field, slot.field.read(item[key]))
