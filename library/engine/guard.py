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
#: Marks before a brace; whether one stands before them too is looked at closely.
_BORDER = re.compile(f"[{MARKS}]+(?=[{{}}%]|&#12[35];)")
#: A text field inside a tag: nothing closes the tag between its start and the first mark.
_TEXT_IN_TAG = re.compile(f"<[^<>{FIELD_OPEN}{HELD_OPEN}]*+[{FIELD_OPEN}{HELD_OPEN}]")
_TEXTS = re.compile(f"[{FIELD_OPEN}{HELD_OPEN}]")
_CLOSES = frozenset(FIELD_CLOSE + HELD_CLOSE + LINK_CLOSE)


def guard_mjml(fragment: str, module: str) -> str:
    """The fragment with its borders parted; RenderError where typed text does not stand as text."""
    _require_modest(fragment, module)
    _require_outside_raw_text(fragment, module)
    for tag in _TEXT_IN_TAG.finditer(fragment):
        _require_readable(fragment, tag.start(), module)
    return _guarded(fragment, module)


def guard_text(text: str, module: str) -> str:
    """The text with its borders parted; RenderError where a typed text stands inside a Liquid tag."""
    return _guarded(text, module)


def _guarded(text: str, module: str) -> str:
    for tag in _liquid_tags(text):
        if _MARKS.search(tag):
            raise RenderError(
                "a field stands inside a Liquid tag, where it would be evaluated by Braze.",
                module=module,
                fix="Move it outside {{ }} and {% %}.",
            )
    return _BORDER.sub(_part, text)


def _part(run: re.Match[str]) -> str:
    """No Liquid tag comes to be where a typed text touches its neighbours."""
    if not _brace_before(run.string, run.start()):
        return run[0]
    return WORD_JOINER + run[0] if run[0][0] in _CLOSES else run[0] + WORD_JOINER


def _brace_before(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("{", "}", "%") or text[max(at - 6, 0) : at] in ("&#123;", "&#125;")


def _require_readable(fragment: str, opened: int, module: str) -> None:
    """Every text in the tag that opens there stands in an attribute for people."""
    closed = fragment.find(">", opened)
    for mark in _TEXTS.finditer(fragment, opened, closed if closed >= 0 else len(fragment)):
        attribute = _ATTRIBUTE.search(fragment, opened, mark.start())
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
