"""From a place in what a source made back to the line of the source.

Jinja moves lines: loops repeat them, conditions drop them. So each line carries its number through Jinja, between two
characters that no mail has, and is asked for it afterwards.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

#: One tag of Jinja, as the engine delimits them.
TAG = re.compile(r"\[\[.*?\]\]|\[%.*?%\]|\[#.*?#\]", re.DOTALL)
_BEFORE, _BEHIND = "\uf8f0", "\uf8f1"
_NUMBER = re.compile(f"{_BEFORE}(\\d+){_BEHIND}")


def numbered(source: str) -> str:
    """The source with numbers on the lines where Jinja does not look: not in its tags, not before a block."""
    inside = [found.span() for found in TAG.finditer(source)]
    lines, at = [], 0
    for number, line in enumerate(source.splitlines(keepends=True), 1):
        start = at + len(line) - len(line.lstrip())
        at += len(line)
        bare = line.strip() and not line.lstrip().startswith(("[%", "[#"))
        free = not any(opened < start < closed for opened, closed in inside)
        lines.append(_with_number(line, number) if bare and free else line)
    return "".join(lines)


def _with_number(line: str, number: int) -> str:
    indent = len(line) - len(line.lstrip())
    return f"{line[:indent]}{_BEFORE}{number}{_BEHIND}{line[indent:]}"


@dataclass(frozen=True)
class Made:
    """What a source made, without the numbers, and from which offset on it came from which line."""

    text: str
    offsets: tuple[int, ...]
    lines: tuple[int, ...]

    @classmethod
    def read(cls, made: str) -> Made:
        offsets, lines, taken = [], [], 0
        for found in _NUMBER.finditer(made):
            offsets.append(found.start() - taken)
            lines.append(int(found[1]))
            taken += len(found[0])
        return cls(_NUMBER.sub("", made), tuple(offsets), tuple(lines))

    def line_at(self, offset: int) -> int | None:
        """The source's line; None before the first that is known."""
        at = bisect_right(self.offsets, offset) - 1
        return self.lines[at] if at >= 0 else None

    def line_of(self, number: int) -> int | None:
        """The source's line for a line of what was made, counted from 1."""
        start = 0
        for _each in range(number - 1):
            start = self.text.find("\n", start) + 1
        end = self.text.find("\n", start)
        return self.line_at((len(self.text) if end < 0 else end) - 1)


def tags(source: str) -> Iterator[tuple[int, str]]:
    """Each tag of Jinja that says something, with its line."""
    for found in TAG.finditer(source):
        if not found[0].startswith("[#"):
            yield source.count("\n", 0, found.start()) + 1, found[0]


def with_only(source: str, kept: tuple[int, int]) -> str:
    """The source with all outputs but one replaced by a letter, as many lines long."""

    def plain(found: re.Match[str]) -> str:
        if found.span() == kept or not found[0].startswith("[["):
            return found[0]
        return "x" + "\n" * found[0].count("\n")

    return TAG.sub(plain, source)


def outputs(source: str) -> Iterator[tuple[int, int]]:
    """Where each [[ ]] stands."""
    return (found.span() for found in TAG.finditer(source) if found[0].startswith("[["))
