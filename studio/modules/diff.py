"""Two states of a module beside each other, as lines that went and lines that came."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.modules.uses import canonical

#: Lines around a change that stay in sight.
AROUND = 3

PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("about", _("Name and description")),
    ("fields", _("Fields")),
    ("mjml", _("MJML")),
    ("text", _("Text")),
)


@dataclass(frozen=True)
class Line:
    """`old` and `new` are line numbers, None where the line is not in that state; a gap stands for lines left out."""

    kind: Literal["same", "gone", "new", "gap"]
    text: str = ""
    old: int | None = None
    new: int | None = None


@dataclass(frozen=True)
class PartDiff:
    title: str | Promise
    lines: tuple[Line, ...]


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[PartDiff]:
    """The parts that differ, whatever is merely written down in another way."""
    old, new = canonical(before), canonical(after)
    pairs = [(title, _written(old, part), _written(new, part)) for part, title in PARTS]
    return [PartDiff(title, tuple(_lines(gone, came))) for title, gone, came in pairs if gone != came]


def _written(spec: Mapping[str, Any], part: str) -> list[str]:
    if part == "about":
        return [str(spec.get("name", "")), *filter(None, [str(spec.get("description", ""))])]
    if part == "fields":
        held = spec.get("fields", [])
        fields = held if isinstance(held, list) else []
        return [line for field in fields if isinstance(field, dict) for line in [*_field(field), ""]]
    return str(spec.get(part, "")).splitlines()


def _field(field: Mapping[str, Any]) -> list[str]:
    """As TOML would have it: one setting a line, what is empty left out."""
    said = {name: value for name, value in field.items() if value not in (None, "", [], {})}
    return [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()]


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        if group[0][1] or group[0][3]:
            yield Line("gap")
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                yield from (
                    Line("same", old[at], at + 1, new_from + at - old_from + 1)
                    for at in range(old_from, old_to)
                )
            else:
                yield from (Line("gone", old[at], old=at + 1) for at in range(old_from, old_to))
                yield from (Line("new", new[at], new=at + 1) for at in range(new_from, new_to))
