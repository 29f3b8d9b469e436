"""A module (one approved block with typed fields) and a template (ordered modules, locked but for its grants)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field, JsonValue, StringConstraints, model_validator

from library.engine.fields import (
    ChoiceField,
    FieldSpec,
    Key,
    Option,
    Spec,
    TextField,
    Typed,
    WrongType,
    start_value,
)

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]

#: What a module's source can say besides its own fields.
SURROUNDINGS = ("theme", "profile", "identity")
#: Words of the path and of the language, which no field can be called.
RESERVED = frozenset(
    (*SURROUNDINGS, "shown", "loop", "true", "false", "none", "not", "and", "or", "in", "is", "if", "else")
)
ENVELOPE = "envelope"
SHOWN = "shown"


class ModuleSpec(Spec):
    """A module with its sources: a fragment of MJML and its plain text, both with Jinja in [[ ]] and [% %]."""

    slug: Slug
    name: str
    description: str = ""
    fields: tuple[FieldSpec, ...] = ()
    mjml: str
    text: str

    @model_validator(mode="after")
    def _keys_are_fit(self) -> ModuleSpec:
        keys = [field.key for field in self.fields]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"fields are declared twice: {', '.join(sorted(twice))}")
        if reserved := RESERVED.intersection(keys):
            raise ValueError(
                f"these names are taken, call the fields otherwise: {', '.join(sorted(reserved))}"
            )
        return self


def _options(value: object) -> object:
    """Options of a grant: bare values or whole tables."""
    if not isinstance(value, list | tuple):
        return value
    return [item["value"] if isinstance(item, Mapping) else item for item in value]


class Grant(Spec):
    """Opens one field to local people; what it says besides narrows the module's own declaration."""

    field: Key
    label: str | None = None
    help: str | None = None
    required: bool | None = None
    max_length: int | None = Field(default=None, ge=1)
    options: Annotated[tuple[str, ...] | None, BeforeValidator(_options)] = None

    def narrow(self, field: FieldSpec) -> FieldSpec:
        """The field as granted; ValueError where the grant would widen it."""
        changes: dict[str, Any] = self.model_dump(include={"label", "help", "required"}, exclude_none=True)
        if self.max_length is not None:
            changes["max_length"] = self._shorter(field, self.max_length)
        if self.options is not None:
            changes["options"] = self._fewer(field, self.options)
        return field.model_copy(update=changes)

    def _shorter(self, field: FieldSpec, limit: int) -> int:
        longest = getattr(field, "max_length", None)
        if longest is None:
            raise ValueError(f"“{self.field}” has no length to limit")
        if limit > longest:
            raise ValueError(f"“{self.field}” may have {longest} characters in its module, not {limit}")
        return limit

    def _fewer(self, field: FieldSpec, wanted: tuple[str, ...]) -> tuple[Option, ...]:
        if not isinstance(field, ChoiceField) or not wanted or set(wanted) - set(field.values):
            raise ValueError(f"the options of “{self.field}” must be some of its module's")
        return tuple(option for option in field.options if option.value in wanted)


class Repeat(Spec):
    min: int = Field(ge=0, le=20)
    max: int = Field(ge=1, le=20)

    @model_validator(mode="after")
    def _is_a_range(self) -> Repeat:
        if self.min > self.max:
            raise ValueError("min is larger than max")
        return self


class Slot(NamedTuple):
    """A field where a template puts it: as granted, open or locked, and what the template says there."""

    field: FieldSpec
    open: bool
    value: Typed


class Placement(Spec):
    """A module at its place. Values are the brand's copy; items are open values of the first items, in turn."""

    key: Key
    module: Slug
    title: str = ""
    repeat: Repeat | None = None
    optional: bool = False
    shown: bool = True
    values: dict[str, JsonValue] = {}
    open: tuple[Grant, ...] = ()
    items: tuple[dict[str, JsonValue], ...] = ()

    @model_validator(mode="after")
    def _makes_sense(self) -> Placement:
        if self.key == ENVELOPE:
            raise ValueError("“envelope” is the place of subject and preheader, call the placement otherwise")
        if self.repeat and self.optional:
            raise ValueError(f"“{self.key}” repeats: say min = 0 instead of optional = true")
        if not self.shown and not self.optional:
            raise ValueError(f"“{self.key}” is not optional, so it cannot start hidden")
        if self.items and not (self.repeat and len(self.items) <= self.repeat.max):
            raise ValueError(f"“{self.key}” has more items than it may repeat")
        return self

    @property
    def first_items(self) -> int:
        """With how many items a campaign starts."""
        return max(len(self.items), self.repeat.min, 1) if self.repeat else 1


class Envelope(Spec):
    values: dict[str, JsonValue] = {}
    open: tuple[Grant, ...] = ()


ENVELOPE_FIELDS: tuple[FieldSpec, ...] = (
    TextField(key="subject", type="text", label="Subject", required=True, max_length=150),
    TextField(key="preheader", type="text", label="Preview text", max_length=150),
)


class TemplateSpec(Spec):
    """A template version, with the modules it is made of, whole: what it renders depends on nothing else stored."""

    name: str
    description: str = ""
    category: str = ""
    brands: tuple[str, ...] = ()
    language: str = "en"
    envelope: Envelope = Envelope()
    placements: tuple[Placement, ...] = Field(min_length=1)
    modules: dict[str, ModuleSpec]

    @model_validator(mode="after")
    def _fits_its_modules(self) -> TemplateSpec:
        keys = [placement.key for placement in self.placements]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"placements are declared twice: {', '.join(sorted(twice))}")
        if missing := {placement.module for placement in self.placements} - set(self.modules):
            raise ValueError(f"there is no module called {', '.join(sorted(missing))}")
        for placement in self.placements:
            _require_open(placement, self.slots[placement.key])
        return self

    @cached_property
    def slots(self) -> dict[str, dict[str, Slot]]:
        """By placement (and "envelope"), then by field."""
        slots = {ENVELOPE: _slots(ENVELOPE, ENVELOPE_FIELDS, self.envelope)}
        for placement in self.placements:
            fields = self.modules[placement.module].fields
            slots[placement.key] = _slots(placement.key, fields, placement)
        return slots

    @cached_property
    def places(self) -> dict[str, Placement]:
        return {placement.key: placement for placement in self.placements}


def _require_open(placement: Placement, slots: Mapping[str, Slot]) -> None:
    """Items differ by what people may change only, so that they can be moved and removed freely."""
    for item in placement.items:
        if locked := [key for key in item if key not in slots or not slots[key].open]:
            raise ValueError(f"an item of “{placement.key}” sets {', '.join(locked)}, which is not open")


def _slots(place: str, fields: tuple[FieldSpec, ...], filled: Envelope | Placement) -> dict[str, Slot]:
    grants = {grant.field: grant for grant in filled.open}
    known = {field.key for field in fields}
    if unknown := (set(grants) | set(filled.values)) - known:
        raise ValueError(f"“{place}” has no field called {', '.join(sorted(unknown))}")
    return {field.key: _slot(place, field, grants.get(field.key), filled.values) for field in fields}


def _slot(place: str, field: FieldSpec, grant: Grant | None, values: Mapping[str, JsonValue]) -> Slot:
    granted = grant.narrow(field) if grant else field
    if field.key not in values:
        return Slot(granted, grant is not None, start_value(granted))
    try:
        return Slot(granted, grant is not None, granted.read(values[field.key]))
    except WrongType as error:
        raise ValueError(f"“{place}.{field.key}” is not a {field.type.replace('_', ' ')}") from error


_PATH = re.compile(r"([a-z][a-z0-9_]*)(?:\.(0|[1-9]\d{0,3}))?\.([a-z][a-z0-9_]*)")


class Path(NamedTuple):
    """“hero.headline”, or of a repeated part “offers.2.title”; items are counted from 0."""

    place: str
    item: int | None
    key: str

    @classmethod
    def parse(cls, path: str) -> Path | None:
        found = _PATH.fullmatch(path)
        return cls(found[1], None if found[2] is None else int(found[2]), found[3]) if found else None

    def __str__(self) -> str:
        return f"{self.place}.{self.key}" if self.item is None else f"{self.place}.{self.item}.{self.key}"
