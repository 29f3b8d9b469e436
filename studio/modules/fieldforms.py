"""Fields of a module as forms: what is stored goes in, what somebody typed comes out, fit or not.

Names of controls are paths such as “f2-options-0-value”. Their order on the page is the order of the fields, so that
moving them about needs no new numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import BaseModel

from library.modules.fault import Fault
from library.modules.naming import LEAST
from studio.modules import wording
from studio.modules.controls import Control, controls_of, models

_NAME = re.compile(r"f(\d{1,4})-type")
_ROW = re.compile(r"(\d{1,4})-")
#: No module has more; what is beyond is not a form of ours.
MOST_FIELDS = 60
MOST_ROWS = 100
_DIGITS = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True)
class ControlView:
    """A control with what stands in it. `at` is its path in the field, `problem` what is wrong there."""

    control: Control
    name: str
    at: str
    value: Any
    problem: str
    rows: tuple[RowView, ...] = ()
    inside: tuple[ControlView, ...] = ()


@dataclass(frozen=True)
class RowView:
    index: int
    controls: tuple[ControlView, ...]


@dataclass(frozen=True)
class FieldView:
    """A field's form, at its place; `problems` are those that no control of it shows."""

    index: int
    type: str
    type_label: str | Promise
    title: str
    key: str
    controls: tuple[ControlView, ...]
    problems: tuple[str, ...]
    is_first: bool
    is_last: bool
    is_open: bool


# Out: from what is stored to what is shown


def views(fields: Any, faults: Iterable[Fault] = (), *, opened: str = "") -> list[FieldView]:
    """The forms of a draft's fields. `opened` is the index of the one just added or moved."""
    held = [each for each in fields if isinstance(each, Mapping)] if isinstance(fields, list) else []
    told = {fault.at: fault.what for fault in faults if fault.part == "fields"}
    return [_view(index, field, told, len(held), opened) for index, field in enumerate(held)]


def _view(
    index: int, field: Mapping[str, Any], told: Mapping[str, str], count: int, opened: str
) -> FieldView:
    type_ = str(field.get("type", ""))
    own = {at.partition(".")[2].partition(".")[2]: what for at, what in told.items() if _is_of(at, index)}
    shown = tuple(_control(each, f"f{index}", "", field, own) for each in controls_of(type_))
    known = {name for each in shown for name in _paths(each)}
    return FieldView(
        index=index,
        type=type_,
        type_label=wording.TYPES.get(type_, wording.Words(type_)).label,
        title=str(field.get("label") or field.get("key") or ""),
        key=str(field.get("key", "")),
        controls=shown,
        problems=tuple(what for at, what in own.items() if at not in known),
        is_first=index == 0,
        is_last=index == count - 1,
        is_open=bool(own) or opened == str(index),
    )


def _is_of(at: str, index: int) -> bool:
    return at == f"fields.{index}" or at.startswith(f"fields.{index}.")


def _paths(view: ControlView) -> list[str]:
    deeper = [*view.inside, *(each for row in view.rows for each in row.controls)]
    return [view.at, *(path for each in deeper for path in _paths(each))]


def _control(
    control: Control, prefix: str, at: str, held: Mapping[str, Any], told: Mapping[str, str]
) -> ControlView:
    name, path = f"{prefix}-{control.name}", f"{at}{control.name}"
    value = held.get(control.name, _start(control))
    if control.kind == "group":
        parts = value if isinstance(value, Mapping) else {}
        inside = tuple(_control(each, name, f"{path}.", parts, told) for each in control.inside)
        return ControlView(control, name, path, None, told.get(path, ""), inside=inside)
    if control.kind == "rows":
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        return ControlView(
            control, name, path, None, told.get(path, ""),
            rows=tuple(_row(control, index, name, path, row, told) for index, row in enumerate(rows)),
        )  # fmt: skip
    return ControlView(control, name, path, _shown(control, value), told.get(path, ""))


def _row(
    control: Control, index: int, name: str, path: str, row: Mapping[str, Any], told: Mapping[str, str]
) -> RowView:
    prefix, at = f"{name}-{index}", f"{path}.{index}."
    return RowView(index, tuple(_control(each, prefix, at, row, told) for each in control.inside))


def _start(control: Control) -> Any:
    return control.start.model_dump() if isinstance(control.start, BaseModel) else control.start


def _shown(control: Control, value: Any) -> Any:
    if control.kind == "lines":
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value or ""
    if control.kind == "choices":
        return [str(each) for each in value] if isinstance(value, list | tuple) else []
    return "" if value is None else value


# In: from what was sent to what is stored


def read(sent: QueryDict) -> list[dict[str, Any]]:
    """The fields as somebody typed them, in the order of the page."""
    return [_field(sent, index) for index in indexes(sent)]


def indexes(sent: QueryDict) -> list[str]:
    """The numbers of the forms, in the order of the page."""
    return [found[1] for name in sent if (found := _NAME.fullmatch(name))][:MOST_FIELDS]


def _field(sent: QueryDict, index: str) -> dict[str, Any]:
    type_ = sent.get(f"f{index}-type", "")
    said = {control.name: _typed(sent, f"f{index}-{control.name}", control) for control in controls_of(type_)}
    return {"type": type_, **{name: value for name, value in said.items() if value is not None}}


def _typed(sent: QueryDict, name: str, control: Control) -> Any:
    """What was typed as the engine would want it, if that is possible; None for nothing."""
    text = sent.get(name, "").strip()
    match control.kind:
        case "check":
            return name in sent
        case "number":
            return (int(text) if _DIGITS.fullmatch(text) else text) if text else None
        case "choices":
            return sent.getlist(name)
        case "lines":
            return [line.strip() for line in text.splitlines() if line.strip()]
        case "group":
            return _typed_group(sent, name, control) or None
        case "rows":
            return [_typed_group(sent, f"{name}-{row}", control) for row in _rows(sent, name)]
    return sent.get(name, "") if control.kind == "long" and text else text or None


def _typed_group(sent: QueryDict, prefix: str, control: Control) -> dict[str, Any]:
    said = {each.name: _typed(sent, f"{prefix}-{each.name}", each) for each in control.inside}
    return {name: value for name, value in said.items() if value is not None}


def _rows(sent: QueryDict, name: str) -> list[str]:
    """The rows' numbers in the order of the page."""
    found = (_ROW.match(each[len(name) + 1 :]) for each in sent if each.startswith(f"{name}-"))
    return list(dict.fromkeys(each[1] for each in found if each))[:MOST_ROWS]


# Deeds: what the buttons of the form do


def act(fields: list[dict[str, Any]], deed: str, numbers: Sequence[str]) -> tuple[list[dict[str, Any]], str]:
    """The fields after “add:text”, “up:2”, “down:2”, “remove:2”, “row:2:options” or “unrow:2:options:1”.

    2 is the number of a form; `numbers` are those of all, in order. With the place of the field to look at next, if
    there is one. Anything else changes nothing.
    """
    verb, _colon, rest = deed.partition(":")
    if verb == "add" and rest in models() and len(fields) < MOST_FIELDS:
        return [*fields, _new(rest, fields)], str(len(fields))
    number, *more = rest.split(":")
    if number not in numbers:
        return fields, ""
    return _acted(list(fields), verb, numbers.index(number), more)


def _acted(
    fields: list[dict[str, Any]], verb: str, place: int, more: list[str]
) -> tuple[list[dict[str, Any]], str]:
    match verb, more:
        case "remove", []:
            return fields[:place] + fields[place + 1 :], ""
        case (("up" | "down"), []):
            to = min(max(place + (1 if verb == "down" else -1), 0), len(fields) - 1)
            fields.insert(to, fields.pop(place))
            return fields, ""
        case "row", [name]:
            return _with_rows(fields, place, name, lambda rows: [*rows, {}]), str(place)
        case "unrow", [name, row] if row.isdecimal():
            gone = int(row)
            return _with_rows(fields, place, name, lambda rows: rows[:gone] + rows[gone + 1 :]), str(place)
    return fields, ""


def _with_rows(fields: list[dict[str, Any]], place: int, name: str, change: Any) -> list[dict[str, Any]]:
    kinds = {control.name: control.kind for control in controls_of(fields[place].get("type", ""))}
    if kinds.get(name) == "rows":
        fields[place] = {**fields[place], name: change(list(fields[place].get(name, [])))[:MOST_ROWS]}
    return fields


def _new(type_: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    """A field that is fit from the start, under a name that is free."""
    taken = {str(field.get("key")) for field in fields}
    key = next(name for number in range(1, MOST_FIELDS + 2) if (name := f"{type_}_{number}") not in taken)
    rows = {"options": [{"value": "one", "label": _("One")}]} if type_ == "choice" else LEAST.get(type_, {})
    begun = {} if type_ == "approved" else rows
    return {"key": key, "type": type_, "label": str(wording.TYPES[type_].label), **begun}
