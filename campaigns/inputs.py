"""Form inputs of the composer: names in, typed values out.

A field's inputs carry its path: `hero.headline`; those with parts `hero.cta:label`, `hero.cta:url`, `hero.picture:src`,
`hero.picture:alt`, `hero.picture:decorative`. Beside each stands `rev:<path>` with the revision that was shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict

from campaigns.services import Change
from groups.http import number, words
from library import engine
from library.engine.fields import ButtonField, FieldSpec, ImageField, ToggleField
from library.engine.template import Path

REVISION = "rev:"
MINE = "mine"


def changes(spec: engine.TemplateSpec, data: QueryDict) -> Iterator[Change]:
    """One for every field whose inputs were in the form. Fields listed under `mine` overwrite knowingly."""
    knowingly = set(data.getlist(MINE))
    for name in data:
        if name.startswith(REVISION):
            path = name.removeprefix(REVISION)
            shown = number(data.get(name))
            revision = None if path in knowingly else (-1 if shown is None else shown)
            yield Change(path, _value(spec, path, data), revision)


def _value(spec: engine.TemplateSpec, path: str, data: QueryDict) -> Any:
    field = field_at(spec, path)
    if field is None or isinstance(field, ToggleField):
        return path in data
    if isinstance(field, ImageField):
        return {
            "src": words(data.get(f"{path}:src")),
            "alt": words(data.get(f"{path}:alt")),
            "decorative": f"{path}:decorative" in data,
        }
    if isinstance(field, ButtonField):
        return {"label": words(data.get(f"{path}:label")), "url": words(data.get(f"{path}:url"))}
    return words(data.get(path))


def field_at(spec: engine.TemplateSpec, path: str) -> FieldSpec | None:
    """The open field at the path; None for the switch of an optional part. LockedField for all else."""
    where = Path.parse(path)
    slot = spec.slots.get(where.place, {}).get(where.key) if where else None
    if slot is not None and slot.open:
        return slot.field
    if where is not None and where.key == "shown" and where.place in spec.places:
        return None
    raise engine.LockedField(path[:100])
