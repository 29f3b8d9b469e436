"""The form of a field, made from the engine's own declaration: what it gains there, it gains here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from annotated_types import Ge, Le
from django.utils.functional import Promise
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from library.engine import fields
from studio.modules import wording

Kind: TypeAlias = Literal[
    "text", "long", "number", "check", "choice", "choices", "lines", "date", "group", "rows"
]
#: Texts that are more than a line.
_LONG = frozenset({("rich_text", "default"), ("approved", "text"), ("approved", "detail")})
#: Said by the head of the form, not by a control.
_TYPE = "type"


@dataclass(frozen=True)
class Control:
    """One thing to say about a field; `inside` are the controls of a group, or of each row of rows."""

    name: str
    kind: Kind
    label: str | Promise
    help: str | Promise
    required: bool
    least: int | None = None
    most: int | None = None
    choices: tuple[tuple[str, str | Promise], ...] = ()
    inside: tuple[Control, ...] = ()
    start: Any = None


@cache
def models() -> dict[str, type[BaseModel]]:
    """Each type of field, by its name."""
    union = get_args(fields.FieldSpec)[0]
    return {get_args(each.model_fields[_TYPE].annotation)[0]: each for each in get_args(union)}


def controls_of(type_: str) -> tuple[Control, ...]:
    """In the order of the declaration; none for a type that there is not."""
    model = models().get(type_)
    return _of_model(model, type_) if model else ()


def _of_model(model: type[BaseModel], type_: str) -> tuple[Control, ...]:
    return tuple(_control(name, info, type_) for name, info in model.model_fields.items() if name != _TYPE)


def _control(name: str, info: FieldInfo, type_: str) -> Control:
    annotation, metadata = _bare(info.annotation, info.metadata)
    kind, inside, choices = _shape(annotation, name, type_)
    words = wording.words(type_, name)
    return Control(
        name,
        kind,
        words.label,
        words.help,
        info.is_required(),
        next((int(each.ge) for each in metadata if isinstance(each, Ge) and isinstance(each.ge, int)), None),
        next((int(each.le) for each in metadata if isinstance(each, Le) and isinstance(each.le, int)), None),
        tuple((value, wording.choice(value)) for value in choices),
        inside,
        None if info.is_required() else info.get_default(call_default_factory=True),
    )


def _bare(annotation: Any, metadata: Iterable[Any]) -> tuple[Any, list[Any]]:
    """The annotation without “or None” and without what it is annotated with, which is added to the metadata."""
    said = list(metadata)
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            said += more
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(each for each in get_args(annotation) if each is not NoneType)
        else:
            return annotation, said


def _shape(annotation: Any, name: str, type_: str) -> tuple[Kind, tuple[Control, ...], tuple[str, ...]]:
    if get_origin(annotation) is Literal:
        return "choice", (), get_args(annotation)
    if get_origin(annotation) is tuple:
        return _shape_of_many(_bare(get_args(annotation)[0], ())[0], type_)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "group", _of_model(annotation, type_), ()
    plain: dict[Any, Kind] = {bool: "check", int: "number", date: "date"}
    return plain.get(annotation, "long" if (type_, name) in _LONG else "text"), (), ()


def _shape_of_many(each: Any, type_: str) -> tuple[Kind, tuple[Control, ...], tuple[str, ...]]:
    if get_origin(each) is Literal:
        return "choices", (), get_args(each)
    if isinstance(each, type) and issubclass(each, BaseModel):
        return "rows", _of_model(each, type_), ()
    return "lines", (), ()
