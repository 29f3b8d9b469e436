"""Form inputs of the composer: names in, typed values out.

A field's inputs carry its path: `hero.headline`; those with parts `hero.cta:label`, `hero.cta:url`, `hero.picture:src`,
`hero.picture:alt`, `hero.picture:decorative`, `offer.price:amount`, `offer.price:before`. Beside each stands
`rev:<path>` with the revision that was shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from campaigns.services import Change
from groups.http import number, words
from library import engine
from library.engine.fields import ImageField, PriceField, ProfileField, ToggleField
from library.engine.template import Path, Slot

REVISION = "rev:"
MINE = "mine"


def changes(spec: engine.TemplateSpec, values: Mapping[str, Any], data: QueryDict) -> Iterator[Change]:
    """One for every field whose inputs were in the form. Fields listed under `mine` overwrite knowingly."""
    knowingly = set(data.getlist(MINE))
    for name in data:
        if name.startswith(REVISION):
            path = name.removeprefix(REVISION)
            shown = number(data.get(name))
            revision = None if path in knowingly else (-1 if shown is None else shown)
            slot = slot_at(spec, values, path)
            yield Change(path, path in data if slot is None else typed(slot, path, data), revision)


def typed(slot: Slot, path: str, data: QueryDict) -> Any:
    """What the inputs of one field say; of a field that is open in parts, those parts alone."""
    field = slot.field
    if isinstance(field, ToggleField | ProfileField):
        return path in data
    if not field.PARTS:
        return words(data.get(path))
    said: dict[str, Any] = {
        part: words(data.get(f"{path}:{part}")) for part in field.PARTS if slot.opens(part)
    }
    if isinstance(field, ImageField) and slot.opens("alt"):
        said["decorative"] = f"{path}:decorative" in data
    return {part: _decimal(text) for part, text in said.items()} if isinstance(field, PriceField) else said


def _decimal(text: str) -> str:
    """3,40 and £3.40 as people write them; anything else stays as it was typed, to be told of."""
    plain = text.strip(" \u00a0").lstrip("£$€").rstrip("£$€").strip(" \u00a0")
    return plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain


def slot_at(spec: engine.TemplateSpec, values: Mapping[str, Any], path: str) -> Slot | None:
    """The open slot at the path; None for the switch of an optional part. LockedField for all else."""
    where = Path.parse(path)
    slot = _slots(spec, values, where).get(where.key) if where else None
    if slot is not None and slot.open:
        return slot
    if where is not None and where.key == "shown" and where.place in spec.places:
        return None
    raise engine.LockedField(path[:100])


def _slots(spec: engine.TemplateSpec, values: Mapping[str, Any], where: Path) -> Mapping[str, Slot]:
    if where.place not in spec.slots:
        return {}
    held = values.get(where.place)
    item = (
        held[where.item]
        if where.item is not None and isinstance(held, list) and where.item < len(held)
        else {}
    )
    return spec.slots_at(where.place, item if isinstance(item, Mapping) else {})
