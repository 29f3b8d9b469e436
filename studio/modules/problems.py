"""Faults of a module as the page lists them: where, what, how to mend it, and the line itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from library.modules.fault import Fault

LONGEST_LINE = 120


@dataclass(frozen=True)
class ProblemView:
    """`tab` is the part of the editor that holds it; `excerpt` the line of the source, for who sees no line numbers."""

    fault: Fault
    tab: str
    place: str
    excerpt: str


def views(faults: Iterable[Fault], spec: Mapping[str, Any]) -> list[ProblemView]:
    return [_view(fault, spec) for fault in faults]


def _view(fault: Fault, spec: Mapping[str, Any]) -> ProblemView:
    if fault.part in ("mjml", "text"):
        return ProblemView(
            fault, fault.part, _in_source(fault), _excerpt(fault, str(spec.get(fault.part, "")))
        )
    if fault.part == "fields":
        return ProblemView(fault, "fields", _in_fields(fault, spec.get("fields")), "")
    return ProblemView(fault, "about", _("About the module"), "")


def _in_source(fault: Fault) -> str:
    title = _("MJML") if fault.part == "mjml" else _("Text")
    return _("%(part)s, line %(line)d") % {"part": title, "line": fault.line} if fault.line else title


def _excerpt(fault: Fault, source: str) -> str:
    lines = source.splitlines()
    return lines[fault.line - 1].strip()[:LONGEST_LINE] if fault.line and fault.line <= len(lines) else ""


def _in_fields(fault: Fault, fields: Any) -> str:
    _fields, _dot, rest = fault.at.partition(".")
    place = rest.partition(".")[0]
    if not place.isdecimal() or not isinstance(fields, list) or int(place) >= len(fields):
        return _("Fields")
    field = fields[int(place)]
    name = field.get("key") or field.get("label") if isinstance(field, Mapping) else ""
    return _("Field %(number)d: %(name)s") % {"number": int(place) + 1, "name": name or "?"}
