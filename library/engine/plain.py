"""Plain text: written by lines, so a line whose values are all empty goes, and one that ends in a tag stays a line."""

from __future__ import annotations

import re

from library.engine.inert import VANISHING

_ONLY_TAGS = re.compile(r"\s*(?:\[%(?:(?!%\]).)*%\]\s*)+")
_EMPTIED = re.compile(rf"^{VANISHING}[ \t]*(?:\n|\Z)", re.MULTILINE)


def prepared(source: str) -> str:
    """The source of a text part, as many lines long, with what `tidy` needs to know in it."""
    return "\n".join(_line(line) for line in source.splitlines())


def tidy(text: str) -> str:
    """No line left over from what is empty, no blank lines but single ones, nothing trailing."""
    text = _EMPTIED.sub("", text).replace(VANISHING, "")
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _line(line: str) -> str:
    if _ONLY_TAGS.fullmatch(line) or not re.search(r"\[%|\[\[", line):
        return line
    # Jinja would swallow the line's end behind a block tag; the plus sign keeps it.
    return VANISHING + re.sub(r"(?<![-+])%\](\s*)$", r"+%]\1", line)
