"""Values of a campaign, read by path and carried from one template version to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from library import engine
from library.engine.template import Path


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
        keys = {each.path.rsplit(".", 1)[1] for each in step.fields} | ({"shown"} if step.optional else set())
        if step.repeat and isinstance(held, list):
            items = [item for item in held if isinstance(item, Mapping)][: step.repeat.max]
            fresh[step.key] = [{key: item[key] for key in keys if key in item} for item in items]
        elif isinstance(held, Mapping):
            fresh[step.key] = {**fresh.get(step.key, {}), **{key: held[key] for key in keys if key in held}}
    return fresh
