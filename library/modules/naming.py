"""What a module's source can name, asked of the engine itself, and what it names that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from typing import get_args

from django.utils.translation import gettext as _

from library import engine
from library.engine.fields import FieldSpec
from library.engine.scope import Scope
from library.engine.template import SURROUNDINGS
from library.modules.fault import Fault, Source
from library.modules.places import tags
from library.modules.samples import PLACE, alone, item_of, samples

#: An address that needs no gallery, for pictures of examples.
EXAMPLE_PICTURE = "https://example.org/picture.png"
_STRINGS = re.compile(r"\"[^\"]*\"|'[^']*'")
_MEMBER = re.compile(r"(?<![\w.])([a-z_]\w*)\.([A-Za-z_]\w*)")
_SET = re.compile(r"\[%[-+]?\s*(?:set|for)\s+([\w\s,]+?)\s*(?:=|\bin\b|%\])")

#: A declaration of each type of field, with nothing but what it must have.
LEAST: Mapping[str, Mapping[str, object]] = {
    "choice": {"options": [{"value": "one", "label": "One"}]},
    "approved": {"options": [{"value": "one", "label": "One", "image": EXAMPLE_PICTURE}], "required": True},
    #: The one thing that every group tells.
    "profile": {"source": "name"},
}


def field_types() -> tuple[str, ...]:
    """The types a field can have, in the order in which the engine declares them."""
    union = get_args(FieldSpec)[0]
    return tuple(get_args(each.model_fields["type"].annotation)[0] for each in get_args(union))


def least_field(type_: str, key: str) -> dict[str, object]:
    """The smallest declaration of this type that the engine takes."""
    return {"key": key, "type": type_, "label": key, **LEAST.get(type_, {})}


@dataclass(frozen=True)
class Offers:
    """What may follow a name and a dot: of a field by its type, and of theme, profile and identity."""

    types: Mapping[str, tuple[str, ...]]
    surroundings: Mapping[str, tuple[str, ...]]

    def of(self, module: engine.ModuleSpec) -> dict[str, tuple[str, ...]]:
        """By every name that the module's source can say."""
        return {**self.surroundings, **{field.key: self.types[field.type] for field in module.fields}}


def offers(context: engine.RenderContext) -> Offers:
    """Found out by having the engine fill a field of each type."""
    module = engine.ModuleSpec.model_validate(
        {
            "slug": "every-type",
            "name": "Every type",
            "fields": [least_field(type_, f"a_{type_}") for type_ in field_types()],
            "mjml": "",
            "text": "",
        }
    )
    shown = samples(module, picture=EXAMPLE_PICTURE, today=date(2026, 1, 1))
    spec = alone(module, shown)
    names = Scope(context, html=True).names(spec.slots[PLACE], item_of(spec, {}))
    return Offers(
        {type_: _members(names[f"a_{type_}"]) for type_ in field_types()},
        {name: _members(names[name]) for name in SURROUNDINGS},
    )


def _members(value: object) -> tuple[str, ...]:
    return tuple(each.name for each in fields(value)) if is_dataclass(value) else ()


def unknown_members(source: str, part: Source, module: engine.ModuleSpec, offered: Offers) -> Iterator[Fault]:
    """Things such as theme.colour, which there is not, with what may have been meant."""
    known = offered.of(module)
    own = {name.strip() for found in _SET.finditer(source) for name in found[1].split(",")}
    for line, tag in tags(source):
        for found in _MEMBER.finditer(_STRINGS.sub('""', tag)):
            name, member = found[1], found[2]
            if name in known and name not in own and member not in known[name]:
                yield _unknown_member(part, line, name, member, known[name])


def _unknown_member(part: Source, line: int, name: str, member: str, offered: tuple[str, ...]) -> Fault:
    near = get_close_matches(member, offered, 1)
    if near:
        fix = _("Did you mean %(near)s?") % {"near": f"{name}.{near[0]}"}
    elif offered:
        fix = _("It has %(members)s.") % {"members": ", ".join(offered[:12])}
    else:
        fix = _("Write [[ %(name)s ]].") % {"name": name}
    return Fault(part, line, _("“%(name)s” has no “%(member)s”.") % {"name": name, "member": member}, fix)


def lines_naming(source: str, name: str) -> Iterator[int]:
    """The lines whose Jinja says this name."""
    said = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
    return (line for line, tag in tags(source) if said.search(_STRINGS.sub('""', tag)))


def close_to(name: str, module: engine.ModuleSpec) -> str:
    """The field or surrounding that may have been meant, or nothing."""
    known = [*(field.key for field in module.fields), *SURROUNDINGS]
    return next(iter(get_close_matches(name, known, 1)), "")
