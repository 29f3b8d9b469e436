"""Values of a campaign, read by path and carried from one template version to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from library import engine
from library.engine.template import KIND, SHOWN, Path


def stored(values: Mapping[str, Any], path: str) -> Any:
    """What is stored at the path, or None."""
    where = Path.parse(path)
    if where is None:
        return None
    place, index, key = where
    held = values.get(place)
    if index is not None:
        held = held[index] if isinstance(held, list) and index < len(held) else None
    return held.get(key) if isinstance(held, Mapping) else None


def carried_over(spec: engine.TemplateSpec, values: Mapping[str, Any]) -> dict[str, Any]:
    """The spec's own start, with every open field that the old values have too."""
    fresh = engine.defaults(spec)
    for step in engine.steps(spec):
        held = values.get(step.key)
        if step.repeat and isinstance(held, list):
            items = [item for item in held if isinstance(item, Mapping) and _is_offered(spec, step.key, item)]
            fresh[step.key] = [_open(spec, step.key, item) for item in items[: step.repeat.max]]
        elif isinstance(held, Mapping):
            fresh[step.key] = {**fresh.get(step.key, {}), **_open(spec, step.key, held)}
            if step.optional and SHOWN in held:
                fresh[step.key][SHOWN] = held[SHOWN]
    return fresh


def _is_offered(spec: engine.TemplateSpec, place: str, item: Mapping[str, Any]) -> bool:
    return item.get(KIND, place) in spec.places[place].kinds


def _open(spec: engine.TemplateSpec, place: str, held: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is held at the place, the fields that are open there; of an item of a zone, its kind too."""
    kept = {key: held[key] for key, slot in spec.slots_at(place, held).items() if slot.open and key in held}
    return {KIND: held[KIND], **kept} if KIND in held else kept
