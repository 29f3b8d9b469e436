"""Runs a module's source: Jinja by minijinja, with its own delimiters and hard limits.

Braze's Liquid ({{ }} and {% %}) is plain text to this language and passes through. Measured: a loop without end, a
2 GB string and a recursion each stop within milliseconds when the fuel is gone; output burns fuel too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from minijinja import Environment, TemplateError

from library.engine import plain
from library.engine.errors import RenderError
from library.engine.sense import require_sensible
from library.engine.template import SURROUNDINGS, ModuleSpec

Part: TypeAlias = Literal["mjml", "text"]

#: Fifty times what the largest module of ours burns.
FUEL = 20_000
MAX_SOURCE = 100_000

#: `safe` would let a typed text through unescaped, `debug` tells more than a mail should.
_TAKEN_OUT = ("safe", "tojson", "urlencode", "attr")
_FIXES = {
    "OutOfFuel": "Make it smaller: it loops too long or builds too much text.",
    "SyntaxError": "Check that every [% if %] and [% for %] is ended, and every [[ has its ]].",
    "UndefinedError": "Name only the module's own fields, theme, profile and identity.",
    "TemplateNotFound": "A module stands alone: it cannot include or extend another file.",
}


_PIECE = re.compile(r"`([a-z]\w*)\.\w+` is undefined")


def run(module: ModuleSpec, part: Part, names: dict[str, object]) -> str:
    """The module's MJML or text with everything filled in; RenderError with the line where it cannot be."""
    try:
        return _environment(module.mjml, module.text).render_template(part, **names)
    except TemplateError as error:
        raise _said(module, error) from error
    except (AttributeError, TypeError, ValueError, LookupError) as error:  # a call on one of our own objects
        raise RenderError(
            f"{error}.", module=module.slug, fix="Values have names, but nothing to call."
        ) from error


def compile_module(module: ModuleSpec) -> None:
    """RenderError if a source cannot be read, names what no field is called, or compares what is text."""
    known = {field.key for field in module.fields}.union(SURROUNDINGS)
    if max(len(module.mjml), len(module.text)) > MAX_SOURCE:
        raise RenderError(
            f"its source has more than {MAX_SOURCE:,} characters.", module=module.slug, fix="Part it in two."
        )
    try:
        environment = _environment(module.mjml, module.text)
        for part in ("mjml", "text"):
            _require_known(module, environment.undeclared_variables_in_template(part), known)
        for source in (module.mjml, module.text):
            require_sensible(module.slug, module.fields, source)
    except TemplateError as error:
        raise _said(module, error) from error


@lru_cache(maxsize=512)
def _environment(mjml: str, text: str) -> Environment:
    environment = Environment(
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        pycompat=False,
        fuel=FUEL,
        undefined_behavior="strict",
        auto_escape_callback=lambda name: name == "mjml",
    )
    for name in _TAKEN_OUT:
        environment.remove_filter(name)
    environment.remove_global("debug")
    environment.add_template("mjml", mjml)
    environment.add_template("text", plain.prepared(text))
    return environment


def _require_known(module: ModuleSpec, named: set[str], known: set[str]) -> None:
    built_in = {"range", "dict", "namespace", "cycler", "joiner", "loop"}
    if unknown := sorted(named - known - built_in):
        raise RenderError(
            f"[[ {unknown[0]} ]] is neither a field nor theme, profile or identity.",
            module=module.slug,
            fix="Declare it in module.toml, or correct the name.",
        )


def _said(module: ModuleSpec, error: TemplateError) -> RenderError:
    fix = _FIXES.get(error.kind, "Correct the source of the module.")
    what = (error.detail or error.message).strip().rstrip(".") + "."
    if part := _PIECE.search(what):
        fix = f"Where nothing is chosen it has no parts: ask first, [% if {part[1]} %]. {fix}"
    return RenderError(what, module=module.slug, line=error.line, fix=fix)
