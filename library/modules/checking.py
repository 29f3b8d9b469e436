"""Is a module fit to be published? Everything the engine would refuse, said at the line where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from braze_client import liquid
from library import engine
from library.engine import guard, language
from library.engine.fields import ChoiceField, ColourField, FieldSpec
from library.engine.inert import MARKS
from library.engine.language import MAX_SOURCE
from library.engine.scope import Scope
from library.modules import markup, naming
from library.modules.fault import Fault, Part, Source
from library.modules.places import Made, numbered, outputs, with_only
from library.modules.samples import PLACE, alone, item_of, samples
from library.sample import SAMPLE

_UNKNOWN = re.compile(r"\[\[ (\w+) \]\]")
_MARKS = re.compile(f"[{MARKS}]")
_ON_LINE = re.compile(r" on line (\d+)")
_OUTPUT = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_BLOCK = re.compile(r"\{%-?\s*(\w+)")
_SOURCES: Mapping[str, Part] = {"fields": "fields", "mjml": "mjml", "text": "text"}
#: Where pydantic puts the type of the field into a path: fields.2.text.max_length.
UNION_AT = 2
#: Ways to fill the fields beyond the first two.
MOST_TURNS = 12
#: More unknown names than this are one mistake.
MOST_NAMES = 20


def examine(spec: Mapping[str, Any], context: engine.RenderContext, *, today: date) -> tuple[Fault, ...]:
    """Every fault of what was typed: of the declaration, or if that holds, of both sources. Empty: it can be published."""
    try:
        module = engine.ModuleSpec.model_validate(dict(spec))
    except ValidationError as error:
        return tuple(_declared(error))
    return tuple(sorted(dict.fromkeys(_faults(module, context, today)), key=_reading_order))


def _reading_order(fault: Fault) -> tuple[int, int]:
    return ("module", "fields", "mjml", "text").index(fault.part), fault.line or 0


def _declared(error: ValidationError) -> Iterator[Fault]:
    for fault in error.errors():
        path = [str(part) for part in fault["loc"]]
        if path[:1] == ["fields"] and len(path) > UNION_AT:
            del path[UNION_AT]
        part = _SOURCES.get(path[0], "module") if path else "fields"
        yield Fault(part, None, _what(fault), at=".".join(path))


def _what(fault: ErrorDetails) -> str:
    said = {
        "missing": _("Fill this in."),
        "int_parsing": _("Write a whole number."),
        "int_from_float": _("Write a whole number."),
        "string_pattern_mismatch": _("This has not the form that is asked for."),
        "literal_error": _("Choose one of the list."),
        "too_short": _("Add at least one."),
        "greater_than_equal": _("Write %(ge)s or more."),
        "less_than_equal": _("Write %(le)s or less."),
        "extra_forbidden": _("There is no such setting."),
        "date_from_datetime_parsing": _("Write a day such as 2026-12-31."),
    }.get(fault["type"])
    return said % fault.get("ctx", {}) if said else _sentence(fault["msg"])


def _sentence(message: str) -> str:
    said = message.removeprefix("Value error, ")
    return said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")


def _faults(module: engine.ModuleSpec, context: engine.RenderContext, today: date) -> Iterator[Fault]:
    """Defaults, then each source, then the mail as a whole."""
    own = alone(module)
    yield from _defaults(own)
    offered = naming.offers(context)
    found = [
        *_source_faults(module, "mjml", context, offered, today),
        *_source_faults(module, "text", context, offered, today),
    ]
    yield from found
    if not found:
        yield from _mail_faults(module, context, today)


def _defaults(spec: engine.TemplateSpec) -> Iterator[Fault]:
    keys = list(spec.slots[PLACE])
    for problem in engine.check_template(spec):
        place, _, key = problem.path.partition(".")
        if place == PLACE:
            yield Fault("fields", None, f"{key}: {problem.message}", at=f"fields.{keys.index(key)}.default")


def _source_faults(
    module: engine.ModuleSpec,
    part: Source,
    context: engine.RenderContext,
    offered: naming.Offers,
    today: date,
) -> list[Fault]:
    source: str = getattr(module, part)
    if len(source) > MAX_SOURCE:
        return [
            Fault(part, None, _("The source is longer than %(limit)d characters.") % {"limit": MAX_SOURCE})
        ]
    if not source.strip() and part == "mjml":
        return [Fault(part, 1, _("There is nothing here."), _("Begin with <mj-section>."))]
    found = [*_unreadable(module, part), *naming.unknown_members(source, part, module, offered)]
    return found or list(_in_each_filling(module, part, context, today))


def _unreadable(module: engine.ModuleSpec, part: Source) -> list[Fault]:
    """Jinja that cannot be read, or all names that no field has."""
    source: str = getattr(module, part)
    unknown: list[Fault] = []
    known = tuple(module.fields)
    while len(unknown) < MOST_NAMES:
        try:
            language.compile_module(_only(module, part, known))
        except engine.RenderError as error:
            name = _UNKNOWN.match(error.what)
            if name is None:
                return [*unknown, _at(part, error.line, error)]
            unknown += [
                _unknown(part, line, name[1], module) for line in naming.lines_naming(source, name[1])
            ]
            known += (engine.ToggleField(key=name[1], label=name[1], type="toggle"),)
        else:
            break
    return unknown


def _unknown(part: Source, line: int, name: str, module: engine.ModuleSpec) -> Fault:
    near = naming.close_to(name, module)
    return Fault(
        part,
        line,
        _("“%(name)s” is no field of this module.") % {"name": name},
        _("Did you mean %(near)s?") % {"near": near}
        if near
        else _("Declare it as a field, or correct the name."),
    )


def _only(module: engine.ModuleSpec, part: Source, fields: Iterable[Any]) -> engine.ModuleSpec:
    """The module with one of its sources."""
    other = "text" if part == "mjml" else "mjml"
    return module.model_copy(update={other: "", "fields": tuple(fields)})


def _in_each_filling(
    module: engine.ModuleSpec, part: Source, context: engine.RenderContext, today: date
) -> Iterator[Fault]:
    """However the fields are filled, once for each way in which a source may turn on them."""
    for values in fillings(module, today):
        yield from _when_filled(module, part, context, values)


def fillings(module: engine.ModuleSpec, today: date) -> Iterator[Mapping[str, Any]]:
    """All fields filled, as little as they start with, and then every choice and switch the other way."""
    filled = samples(module, picture=naming.EXAMPLE_PICTURE, today=today)
    yield filled
    yield {}
    turns = {field.key: _turns(field, filled[field.key]) for field in module.fields}
    for turn in range(min(max(map(len, turns.values()), default=0), MOST_TURNS)):
        yield {**filled, **{key: ways[turn % len(ways)] for key, ways in turns.items() if ways}}


def _turns(field: FieldSpec, held: Any) -> list[Any]:
    """What else the field may hold, of what a source can tell apart."""
    if isinstance(field, ChoiceField):
        ways: list[Any] = [value for value in field.values if value != held]
    elif isinstance(field, ColourField):
        ways = [pair for pair in field.pairs if pair != held]
    else:
        ways = [not held] if isinstance(held, bool) else []
    return ways


def _when_filled(
    module: engine.ModuleSpec, part: Source, context: engine.RenderContext, values: Mapping[str, Any]
) -> Iterator[Fault]:
    source: str = getattr(module, part)
    try:
        made = Made.read(_run(module, part, numbered(source), context, values))
    except engine.RenderError as error:
        yield _at(part, error.line, error)
        return
    if guarded := _guarded(module, part, context, values):
        yield from guarded
        return
    if part == "mjml":
        for flaw in markup.flaws(_MARKS.sub("", made.text)):
            yield Fault(part, made.line_at(flaw.offset), flaw.what, flaw.fix)
    yield from _liquid(part, made)


def _run(
    module: engine.ModuleSpec,
    part: Source,
    source: str,
    context: engine.RenderContext,
    values: Mapping[str, Any],
) -> str:
    spec = alone(module, values)
    names = Scope(context, html=part == "mjml").names(spec.slots[PLACE], item_of(spec, {}))
    return language.run(_only(module.model_copy(update={part: source}), part, module.fields), part, names)


def _guarded(
    module: engine.ModuleSpec, part: Source, context: engine.RenderContext, values: Mapping[str, Any]
) -> list[Fault]:
    """Which [[ ]] does the guard refuse? Those that it refuses when they stand there alone."""
    source: str = getattr(module, part)
    error = _refused(module, part, source, context, values)
    if error is None:
        return []
    guilty = [
        _at(part, source.count("\n", 0, span[0]) + 1, refused)
        for span in outputs(source)
        if (refused := _refused(module, part, with_only(source, span), context, values))
    ]
    return guilty or [_at(part, None, error)]


def _at(part: Source, line: int | None, error: engine.RenderError) -> Fault:
    return Fault(part, line, _sentence(error.what), error.fix)


def _refused(
    module: engine.ModuleSpec,
    part: Source,
    source: str,
    context: engine.RenderContext,
    values: Mapping[str, Any],
) -> engine.RenderError | None:
    guards = {"mjml": guard.guard_mjml, "text": guard.guard_text}
    try:
        guards[part](_run(module, part, source, context, values), module.slug)
    except engine.RenderError as error:
        return error
    return None


def _liquid(part: Source, made: Made) -> Iterator[Fault]:
    """As Braze would read it, for a made-up person: a filter that is none is found only then."""
    text = _MARKS.sub("", made.text)
    try:
        liquid.render(text, SAMPLE)
    except liquid.LiquidError as error:
        line = _liquid_line(text, error)
        yield Fault(
            part,
            made.line_of(line) if line else None,
            _sentence(str(error)),
            _("Correct what stands in {{ }} or {% %}."),
        )
    except liquid.Aborted:
        return


def _liquid_line(text: str, error: liquid.LiquidError) -> int | None:
    """The line of what was made: as told, else of the first output that fails alone, else of the last block."""
    if told := _ON_LINE.search(str(error)):
        return int(told[1])
    place = getattr(error.__cause__, "context", lambda: None)()  # python-liquid knows it, where it does
    if place:
        return int(place[0])
    for output in _OUTPUT.finditer(text):
        if not _readable(output[0]):
            return text.count("\n", 0, output.start()) + 1
    blocks = [found for found in _BLOCK.finditer(text) if not found[1].startswith("end")]
    return text.count("\n", 0, blocks[-1].start()) + 1 if blocks else None


def _readable(source: str) -> bool:
    try:
        liquid.check(source)
    except liquid.LiquidError:
        return False
    return True


def _mail_faults(module: engine.ModuleSpec, context: engine.RenderContext, today: date) -> Iterator[Fault]:
    """The whole way: what only the compiler of the mail sees."""
    for values in fillings(module, today):
        try:
            engine.render(alone(module, values), {}, context)
        except engine.RenderError as error:
            yield _at("mjml", error.line, error)
