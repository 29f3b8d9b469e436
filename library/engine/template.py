"""A module (one approved block with typed fields) and a template (ordered modules, locked but for its grants)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field, JsonValue, StringConstraints, model_validator

from library.engine.fields import (
    Approved,
    ApprovedField,
    ChoiceField,
    Domain,
    EmailField,
    FieldSpec,
    Key,
    Mark,
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
    (
        *SURROUNDINGS,
        "shown",
        "kind",
        "loop",
        "true",
        "false",
        "none",
        "not",
        "and",
        "or",
        "in",
        "is",
        "if",
        "else",
    )
)
ENVELOPE = "envelope"
SHOWN = "shown"
#: In an item of a zone: which of its modules it is.
KIND = "kind"


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
    """Opens one field to local people; what it says besides narrows the module's own declaration.

    `parts` opens only these pieces of the value (a button's label, a picture's alt), the others stay the template's.
    """

    field: Key
    label: str | None = None
    help: str | None = None
    required: bool | None = None
    parts: tuple[str, ...] | None = None
    max_length: int | None = Field(default=None, ge=1)
    marks: tuple[Mark, ...] | None = None
    allowed_domains: tuple[Domain, ...] | None = None
    options: Annotated[tuple[str, ...] | None, BeforeValidator(_options)] = None

    def narrow(self, field: FieldSpec) -> FieldSpec:
        """The field as granted; ValueError where the grant would widen it."""
        changes: dict[str, Any] = self.model_dump(include={"label", "help", "required"}, exclude_none=True)
        self._require_parts(field)
        if self.max_length is not None:
            changes["max_length"] = self._shorter(field, self.max_length)
        if self.marks is not None:
            changes["marks"] = self._some(field, "marks", self.marks)
        if self.allowed_domains is not None:
            changes["allowed_domains"] = self._within(field, self.allowed_domains)
        if self.options is not None:
            changes["options"] = self._fewer(field, self.options)
        return field.model_copy(update=changes)

    def _require_parts(self, field: FieldSpec) -> None:
        if self.parts is not None and (not self.parts or set(self.parts) - set(field.PARTS)):
            known = ", ".join(field.PARTS) or "none"
            raise ValueError(f"“{self.field}” can be opened in these parts: {known}")

    def _shorter(self, field: FieldSpec, limit: int) -> int:
        longest = getattr(field, "max_length", None)
        if longest is None:
            raise ValueError(f"“{self.field}” has no length to limit")
        if limit > longest:
            raise ValueError(f"“{self.field}” may have {longest} characters in its module, not {limit}")
        return limit

    def _some(self, field: FieldSpec, name: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
        held = getattr(field, name, None)
        if held is None or set(wanted) - set(held):
            raise ValueError(f"the {name} of “{self.field}” must be some of its module's")
        return tuple(each for each in held if each in wanted)

    def _within(self, field: FieldSpec, wanted: tuple[str, ...]) -> tuple[str, ...]:
        held = getattr(field, "allowed_domains", None)
        if held is None:
            raise ValueError(f"“{self.field}” takes no links")
        if held and not all(any(one == each or one.endswith(f".{each}") for each in held) for one in wanted):
            raise ValueError(f"links of “{self.field}” may only lead to {', '.join(held)}")
        return wanted

    def _fewer(self, field: FieldSpec, wanted: tuple[str, ...]) -> tuple[Option, ...] | tuple[Approved, ...]:
        if (
            not isinstance(field, ChoiceField | ApprovedField)
            or not wanted
            or set(wanted) - set(field.values)
        ):
            raise ValueError(f"the options of “{self.field}” must be some of its module's")
        if isinstance(field, ChoiceField):
            return tuple(option for option in field.options if option.value in wanted)
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
    """A field where a template puts it: as granted, open or locked, and what the template says there.

    `parts`: the pieces of the value that are open; None for all of an open field.
    """

    field: FieldSpec
    open: bool
    value: Typed
    parts: tuple[str, ...] | None = None
    hidden: bool = False

    def opens(self, part: str) -> bool:
        return self.open and (self.parts is None or part in self.parts)


class _Filled(Spec):
    """Fields with the brand's copy, and what of them is open.

    What is not open is locked. Local people see that it is there and why they cannot change it, unless it is `hidden`.
    `options` puts lists of the template in place of those of approved fields.
    """

    values: dict[str, JsonValue] = {}
    open: tuple[Grant, ...] = ()
    hidden: tuple[Key, ...] = ()
    options: dict[str, tuple[Approved, ...]] = {}


class Variant(_Filled):
    """Another module that an item of a zone may be; `most` of them at once."""

    key: Key
    module: Slug
    title: str = ""
    most: int | None = Field(default=None, ge=1, le=20)


class Placement(_Filled):
    """A module at its place. Values are the brand's copy; items are open values of the first items, in turn.

    With variants it is a zone: each item is the placement's own module, or one of theirs, as its `kind` says (the key
    of the variant; the placement's own key, or nothing, for its own module). `ordered` keeps items in the order in
    which the modules are listed.
    """

    key: Key
    module: Slug
    title: str = ""
    repeat: Repeat | None = None
    optional: bool = False
    shown: bool = True
    items: tuple[dict[str, JsonValue], ...] = ()
    variants: tuple[Variant, ...] = ()
    most: int | None = Field(default=None, ge=1, le=20)
    ordered: bool = False

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
        if self.variants and not self.repeat:
            raise ValueError(f"“{self.key}” offers several modules: say how often it repeats")
        kinds = [self.key, *(variant.key for variant in self.variants)]
        if len(set(kinds)) < len(kinds):
            raise ValueError(f"modules of “{self.key}” have the same key")
        return self

    @property
    def kinds(self) -> dict[str, Placement | Variant]:
        """What an item may be, by its kind, in the order of the zone."""
        return {self.key: self, **{variant.key: variant for variant in self.variants}}

    def kind_of(self, item: Mapping[str, object]) -> str:
        """The kind of an item; the placement's own where the item names none that exists."""
        said = item.get(KIND)
        return said if isinstance(said, str) and said in self.kinds else self.key

    @property
    def first_items(self) -> int:
        """With how many items a campaign starts."""
        return max(len(self.items), self.repeat.min, 1) if self.repeat else 1


class Envelope(_Filled):
    """What stands around the mail."""


ENVELOPE_FIELDS: tuple[FieldSpec, ...] = (
    TextField(key="subject", type="text", label="Subject", required=True, max_length=150),
    TextField(key="preheader", type="text", label="Preview text", max_length=150),
    TextField(
        key="sender_name", type="text", label="Sender name", max_length=80,
        help="What stands in the inbox as the sender. Left empty, the group's own.",
    ),
    EmailField(
        key="reply_to", type="email", label="Answers go to", help="Left empty, the group's own address.",
    ),
)  # fmt: skip


class TemplateSpec(Spec):
    """A template version, with the modules it is made of, whole: what it renders depends on nothing else stored."""

    name: str
    description: str = ""
    category: str = ""
    brands: tuple[str, ...] = ()
    language: str = "en"
    envelope: Envelope = Envelope()
    placements: tuple[Placement, ...] = ()
    modules: dict[str, ModuleSpec] = {}
    #: Parameters put on every web link exactly once, such as utm_campaign. [group], [group_code] and [template] are filled in.
    tracking: dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$")], str] = {}

    @model_validator(mode="after")
    def _fits_its_modules(self) -> TemplateSpec:
        keys = [placement.key for placement in self.placements]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"placements are declared twice: {', '.join(sorted(twice))}")
        used = {each.module for placement in self.placements for each in placement.kinds.values()}
        if missing := used - set(self.modules):
            raise ValueError(f"there is no module called {', '.join(sorted(missing))}")
        for placement in self.placements:
            _require_open(placement, self.kinds[placement.key])
        return self

    @cached_property
    def slots(self) -> dict[str, dict[str, Slot]]:
        """By placement (and "envelope"), then by field. Of a zone those of its own module; see `slots_at`."""
        return {
            ENVELOPE: _slots(ENVELOPE, ENVELOPE_FIELDS, self.envelope),
            **{place: kinds[place] for place, kinds in self.kinds.items()},
        }

    @cached_property
    def kinds(self) -> dict[str, dict[str, dict[str, Slot]]]:
        """By placement, then by kind (one, but for zones), then by field."""
        return {
            placement.key: {
                kind: _slots(
                    f"{placement.key}.{kind}" if placement.variants else kind,
                    self.modules[each.module].fields,
                    each,
                )
                for kind, each in placement.kinds.items()
            }
            for placement in self.placements
        }

    def slots_at(self, place: str, item: Mapping[str, object]) -> dict[str, Slot]:
        """The fields of this item of the place, by its kind."""
        placement = self.places.get(place)
        return self.slots[place] if placement is None else self.kinds[place][placement.kind_of(item)]

    @cached_property
    def places(self) -> dict[str, Placement]:
        return {placement.key: placement for placement in self.placements}


def _require_open(placement: Placement, kinds: Mapping[str, Mapping[str, Slot]]) -> None:
    """Items differ by what people may change only, so that they can be moved and removed freely."""
    for item in placement.items:
        slots = kinds[placement.kind_of(item)]
        if locked := [key for key in item if key != KIND and (key not in slots or not slots[key].open)]:
            raise ValueError(f"an item of “{placement.key}” sets {', '.join(locked)}, which is not open")


def _slots(place: str, fields: tuple[FieldSpec, ...], filled: _Filled) -> dict[str, Slot]:
    grants = {grant.field: grant for grant in filled.open}
    known = {field.key for field in fields}
    if unknown := {*grants, *filled.values, *filled.hidden, *filled.options} - known:
        raise ValueError(f"“{place}” has no field called {', '.join(sorted(unknown))}")
    return {
        field.key: _slot(place, _own(place, field, filled), grants.get(field.key), filled) for field in fields
    }


def _own(place: str, field: FieldSpec, filled: _Filled) -> FieldSpec:
    """The field with the template's list of approved pieces, where it brings one."""
    if field.key not in filled.options:
        return field
    if not isinstance(field, ApprovedField):
        raise ValueError(f"“{place}.{field.key}” does not choose from approved pieces")
    return field.model_copy(update={"options": filled.options[field.key]})


def _slot(place: str, field: FieldSpec, grant: Grant | None, filled: _Filled) -> Slot:
    if grant and field.key in filled.hidden:
        raise ValueError(f"“{place}.{field.key}” cannot be both open and hidden")
    granted = grant.narrow(field) if grant else field
    return Slot(
        granted,
        grant is not None,
        _said(place, granted, filled.values),
        grant.parts if grant else None,
        field.key in filled.hidden,
    )


def _said(place: str, field: FieldSpec, values: Mapping[str, JsonValue]) -> Typed:
    if field.key not in values:
        return start_value(field)
    try:
        return field.read(values[field.key])
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
