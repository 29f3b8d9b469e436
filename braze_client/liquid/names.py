"""Braze's names to plain Liquid: ``${name}`` becomes a look-up that python-liquid understands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .errors import LiquidError

#: What unqualified names, such as ``${first_name}``, are looked up in.
ROOT = "braze_profile"
_OPENING = re.compile(r"\{\{|\{%")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_INSIDE = re.compile(r"(\"[^\"]*\"|'[^']*')|(\.?)\$\{\s*([^{}]*?)\s*\}|(\{\{|\}\}|%\})")


def translate(source: str, raw: bool) -> str:
    """Plain Liquid: ``${name}`` becomes a look-up, braces inside tags go, raw text stays untouched."""
    return "".join(_pieces(source, raw))


def _pieces(source: str, raw: bool) -> Iterator[str]:
    at = 0
    while opening := _OPENING.search(source, at):
        yield source[at : opening.start()]
        if block := _RAW.match(source, opening.start()):
            if not raw:
                raise LiquidError(f"Unknown tag 'raw' on line {_line(source, opening.start())}.")
            yield block[0]
            at = block.end()
        else:
            text, at = _tag(source, opening.start())
            yield text
    yield source[at:]


def _tag(source: str, start: int) -> tuple[str, int]:
    """The tag or output that opens at ``start``, translated, and where it ends."""
    if source.startswith("{{{", start):
        raise LiquidError(f"Three braces in a row on line {_line(source, start)}: Braze reads two.")
    closing = "}}" if source.startswith("{{", start) else "%}"
    parts, at = [source[start : start + 2]], start + 2
    for found in _INSIDE.finditer(source, at):
        parts.append(source[at : found.start()])
        at = found.end()
        if found[4] == closing:
            parts.append(closing)
            return "".join(parts), at
        parts.append(_inside(source, found))
    raise LiquidError(f"A Liquid tag opened on line {_line(source, start)} is never closed.")


def _inside(source: str, found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1]
    if found[4] is not None:
        return " "  # braces are optional inside a tag: {% if {{${language}}} == 'en' %}
    if not found[3] or "'" in found[3]:
        raise LiquidError(f"'{found[0]}' on line {_line(source, found.start())} is not a name.")
    return f"['{found[3]}']" if found[2] else f"{ROOT}['{found[3]}']"


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1
