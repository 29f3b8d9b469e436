"""The last look at what a module made of typed text: is it still only text, where it ended up?

A value is inert as content and in the attributes people read. A module that put one into a style sheet, into an address
or inside a Liquid tag would hand the pen to whoever types: such a module is refused, whatever was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from library.engine.errors import RenderError
from library.engine.inert import (
    FIELD_CLOSE,
    FIELD_OPEN,
    HELD_CLOSE,
    HELD_OPEN,
    LINK_CLOSE,
    MARKS,
    WORD_JOINER,
)

#: Attributes whose value is read out or shown, never interpreted.
READABLE = frozenset({"alt", "title", "aria-label"})
#: mrml walks the tree by recursion; measured, it survives 2,000 levels on a 2 MB stack.
MAX_DEPTH = 300
MAX_FRAGMENT = 500_000

_MARKS = re.compile(f"[{MARKS}]+")
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*["'][^"']*$""")
_TAG = re.compile(r"<(/?)[A-Za-z][^>]*?(/?)>")
_RAW_TAGS = ("<mj-style", "<style", "<script")
_RAW_TEXT = re.compile(r"<(mj-style|style|script)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_VOID = re.compile(r"<(?:br|hr|img|col|wbr)\b[^>]*>")
_ENTITIES = ("&#123;", "&#125;")
_TEXTS = frozenset(FIELD_OPEN + HELD_OPEN)
_CLOSES = frozenset(FIELD_CLOSE + HELD_CLOSE + LINK_CLOSE)


def guard_mjml(fragment: str, module: str) -> str:
    """The fragment with its borders parted; RenderError where typed text does not stand as text."""
    _require_modest(fragment, module)
    _require_outside_raw_text(fragment, module)
    runs = list(_MARKS.finditer(fragment))
    for run in runs:
        if _TEXTS.intersection(run[0]):
            _require_readable(fragment, run.start(), module)
    return _guarded(fragment, runs, module)


def guard_text(text: str, module: str) -> str:
    """The text with its borders parted; RenderError where a typed text stands inside a Liquid tag."""
    return _guarded(text, list(_MARKS.finditer(text)), module)


def _guarded(text: str, runs: list[re.Match[str]], module: str) -> str:
    for tag in _liquid_tags(text):
        if _MARKS.search(tag):
            raise RenderError(
                "a field stands inside a Liquid tag, where it would be evaluated by Braze.",
                module=module,
                fix="Move it outside {{ }} and {% %}.",
            )
    return _MARKS.sub(_part, text) if any(_at_border(run) for run in runs) else text


def _part(run: re.Match[str]) -> str:
    """No Liquid tag comes to be where a typed text touches its neighbours."""
    if not _at_border(run):
        return run[0]
    return WORD_JOINER + run[0] if run[0][0] in _CLOSES else run[0] + WORD_JOINER


def _at_border(run: re.Match[str]) -> bool:
    return _brace_before(run.string, run.start()) and _brace_after(run.string, run.end())


def _brace_before(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("{", "}", "%") or text[max(at - 6, 0) : at] in _ENTITIES


def _brace_after(text: str, at: int) -> bool:
    return text[at : at + 1] in ("{", "}", "%") or text[at : at + 6] in _ENTITIES


def _require_readable(fragment: str, at: int, module: str) -> None:
    opened = fragment.rfind("<", 0, at)
    if opened <= fragment.rfind(">", 0, at):
        return
    attribute = _ATTRIBUTE.search(fragment, opened, at)
    name = attribute[1] if attribute else "a tag"
    if name not in READABLE:
        raise RenderError(
            f"a text field stands in {name}, where it would be more than text.",
            module=module,
            fix="Texts may stand in content and in alt, title and aria-label; use a button or image for addresses.",
        )


def _require_outside_raw_text(fragment: str, module: str) -> None:
    lowered = fragment.lower()
    if not any(tag in lowered for tag in _RAW_TAGS):
        return
    for element in _RAW_TEXT.finditer(fragment):
        if _MARKS.search(element[0]):
            raise RenderError(
                f"a field stands in <{element[1]}>.", module=module, fix="Use theme colours and fonts there."
            )


def _require_modest(fragment: str, module: str) -> None:
    if len(fragment) > MAX_FRAGMENT or _depth(fragment) > MAX_DEPTH:
        raise RenderError("it makes too much markup.", module=module, fix="Make it smaller and flatter.")


def _depth(fragment: str) -> int:
    """How deep its tags nest; the count of end tags bounds it, and is cheaper to see."""
    if fragment.count("<") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for tag in _TAG.finditer(_VOID.sub("", fragment)):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        deepest = max(deepest, depth)
    return deepest


def _liquid_tags(text: str) -> Iterator[str]:
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        start = text.find(opening)
        while start >= 0:
            end = text.find(closing, start)
            end = len(text) if end < 0 else end + 2
            yield text[start:end]
            start = text.find(opening, end)
