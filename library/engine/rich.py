"""Rich text: what an editor or an API client sends, reduced to the field's own marks and written out anew.

nh3 parses it as a browser would and drops what is not listed; what is left is read into blocks of runs and written
again from scratch, so that the markup is always closed, flat and the same, which mrml and the locked bytes need.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

import nh3

from library.engine.inert import clean, html_text, part_pairs, without_forbidden
from library.engine.links import BadLink, safe_link

MAX_SOURCE = 20_000
#: Deeply or crosswise nested tags cost an HTML parser quadratic time; nobody types a thousand.
MAX_TAGS = 1_000

Direction: TypeAlias = Literal["ltr", "rtl"]

_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}
_LISTS = {"ul": "bullet_list", "ol": "ordered_list"}
#: Blocks of a pasted text become paragraphs, so that two lines do not run into one.
_PARAGRAPHS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "tr"}
_KNOWN = _PARAGRAPHS | _BOLD | _ITALIC | set(_LISTS) | {"li", "a", "br"}
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)(?: href="([^"]*)")?[^>]*>')


_BLANKS = re.compile(r"[ \t\n\r\f]+")


class Run(NamedTuple):
    """Words of one look; a line break is the text "\\n"."""

    text: str
    bold: bool
    italic: bool
    href: str


Line: TypeAlias = tuple[Run, ...]


class Block(NamedTuple):
    """A paragraph (one line) or a list (a line an item)."""

    tag: str
    lines: tuple[Line, ...]


@lru_cache(maxsize=512)
def read(source: str, marks: tuple[str, ...], domains: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """The text in blocks, with no mark that is not among those given."""
    source = without_forbidden(source)
    if len(source) > MAX_SOURCE or source.count("<") > MAX_TAGS:
        source = html.escape(source[:MAX_SOURCE])
    reader = _Reader(frozenset(marks))
    for token in _tokens(_cleaner(domains).clean(source)):
        reader.take(token)
    return reader.finish()


def as_html(blocks: tuple[Block, ...], *, link_colour: str, direction: Direction = "ltr") -> str:
    """Closed, flat markup with its looks inline; empty for a text without words."""
    return "".join(
        _block_html(block, link_colour, direction, last=number == len(blocks))
        for number, block in enumerate(blocks, start=1)
    )


def as_text(blocks: tuple[Block, ...]) -> str:
    return part_pairs("\n\n".join(_block_text(block) for block in blocks))


def length(blocks: tuple[Block, ...]) -> int:
    """In characters people see."""
    return sum(len(run.text) for block in blocks for line in block.lines for run in line)


def words(source: str) -> str:
    """The source as a browser would read it aloud, nothing cleaned away: what a check has to look at."""
    return html.unescape(re.sub(r"<[^>]*>", "", source))


def tags_in(source: str) -> set[str]:
    """Names of the tags somebody wrote, known or not."""
    return {name.lower() for name in re.findall(r"<\s*([A-Za-z][A-Za-z0-9]*)", source)}


def allowed_tags(marks: tuple[str, ...]) -> set[str]:
    allowed = {"p", "br"} | {tag for tag, mark in _LISTS.items() if mark in marks}
    if allowed & set(_LISTS):
        allowed.add("li")
    named = {"bold": _BOLD, "italic": _ITALIC, "link": {"a"}}
    return allowed.union(*(tags for mark, tags in named.items() if mark in marks))


def links_in(source: str) -> tuple[str, ...]:
    """Where its links lead, as written."""
    found: list[str] = []

    def note(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("a", "href"):
            found.append(value)
        return None

    if source.count("<") <= MAX_TAGS:
        _nh3_cleaner(note).clean(without_forbidden(source[:MAX_SOURCE]))
    return tuple(found)


@lru_cache(maxsize=64)
def _cleaner(domains: tuple[str, ...]) -> nh3.Cleaner:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        try:
            return safe_link(value, domains) if (tag, attribute) == ("a", "href") else None
        except BadLink:
            return None

    return _nh3_cleaner(keep)


def _nh3_cleaner(keep: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    # Schemes are ours to judge, in `keep`: nh3 would drop a refused link before it can be told about.
    schemes = {"https", "http", "mailto", "tel", "ftp", "javascript", "data"}
    return nh3.Cleaner(
        tags=_KNOWN, attributes={"a": {"href"}}, attribute_filter=keep, link_rel=None, url_schemes=schemes
    )


class _Token(NamedTuple):
    kind: Literal["text", "open", "close"]
    value: str
    href: str = ""


def _tokens(markup: str) -> Iterator[_Token]:
    at = 0
    for tag in _TOKEN.finditer(markup):
        if at < tag.start():
            yield _Token("text", html.unescape(markup[at : tag.start()]))
        yield _Token("close" if tag[1] else "open", tag[2], html.unescape(tag[3] or ""))
        at = tag.end()
    if at < len(markup):
        yield _Token("text", html.unescape(markup[at:]))


@dataclass
class _Reader:
    """Walks the tokens; paragraphs and lists open when words come, so nothing empty is left."""

    marks: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    line: list[Run] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    bold: int = 0
    italic: int = 0
    href: str = ""

    def take(self, token: _Token) -> None:
        if token.kind == "text":
            self._words(_BLANKS.sub(" ", clean(token.value)))
        elif token.value in _LISTS:
            self._list(token)
        elif token.value in _PARAGRAPHS or token.value == "li":
            self._end_line()
        else:
            self._inline(token)

    def finish(self) -> tuple[Block, ...]:
        self._end_block()
        return tuple(self.blocks)

    def _words(self, text: str) -> None:
        if not self.line or self.line[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if not text:
            return
        run = Run(text, self.bold > 0, self.italic > 0, self.href)
        if self.line and self.line[-1].text != "\n" and self.line[-1][1:] == run[1:]:
            run = run._replace(
                text=self.line.pop().text + text
            )  # no two braces left side by side in two runs
        self.line.append(run)

    def _inline(self, token: _Token) -> None:
        step = 1 if token.kind == "open" else -1
        if token.value in _BOLD:
            self.bold += step * ("bold" in self.marks)
        elif token.value in _ITALIC:
            self.italic += step * ("italic" in self.marks)
        elif token.value == "a":
            self.href = token.href if token.kind == "open" and "link" in self.marks else ""
        elif token.kind == "open" and self.line:
            self.line.append(Run("\n", bold=False, italic=False, href=""))

    def _list(self, token: _Token) -> None:
        """Lists within lists are written as one: mail clients indent them as they please."""
        self._end_line()
        if _LISTS[token.value] not in self.marks:
            return
        if not self.lists or (len(self.lists) == 1 and token.kind == "close"):
            self._end_block()
        if token.kind == "open":
            self.lists.append(token.value)
        elif self.lists:
            self.lists.pop()

    def _end_line(self) -> None:
        line = _trimmed(self.line)
        self.line = []
        if line:
            self.lines.append(line)
        if not self.lists:
            self._end_block()

    def _end_block(self) -> None:
        if line := _trimmed(self.line):
            self.lines.append(line)
        if self.lines:
            self.blocks.append(Block(self.lists[0] if self.lists else "p", tuple(self.lines)))
        self.line, self.lines = [], []


def _trimmed(line: list[Run]) -> Line:
    while line and not line[-1].text.strip():
        line.pop()
    if line:
        line[-1] = line[-1]._replace(text=line[-1].text.rstrip(" "))
    return tuple(line)


def _block_html(block: Block, link_colour: str, direction: Direction, *, last: bool) -> str:
    below = "0" if last else "12px"
    lines = [_line_html(line, link_colour) for line in block.lines]
    if block.tag == "p":
        return f'<p style="margin:0 0 {below}">{lines[0]}</p>'
    indent = "0 24px 0 0" if direction == "rtl" else "0 0 0 24px"
    items = "".join(f'<li style="margin:0 0 4px">{line}</li>' for line in lines)
    return f'<{block.tag} style="margin:0 0 {below};padding:{indent}">{items}</{block.tag}>'


def _line_html(line: Line, link_colour: str) -> str:
    parts = []
    for href, runs in groupby(line, key=lambda run: run.href):
        words = "".join(_run_html(run) for run in runs)
        if href:
            style = f"text-decoration:underline;color:{link_colour}"
            words = f'<a href="{html_text(href)}" rel="noopener noreferrer" style="{style}">{words}</a>'
        parts.append(words)
    return "".join(parts)


def _run_html(run: Run) -> str:
    if run.text == "\n":
        return "<br/>"
    words = str(html_text(run.text))
    words = f"<em>{words}</em>" if run.italic else words
    return f"<strong>{words}</strong>" if run.bold else words


def _block_text(block: Block) -> str:
    if block.tag == "p":
        return _line_text(block.lines[0])
    return "\n".join(
        f"{f'{number}.' if block.tag == 'ol' else '-'} {_line_text(line)}"
        for number, line in enumerate(block.lines, start=1)
    )


def _line_text(line: Line) -> str:
    parts = []
    for href, runs in groupby(line, key=lambda run: run.href):
        words = "".join(run.text for run in runs)
        bare = href.removeprefix("mailto:").removeprefix("tel:")
        parts.append(words if not href or words.strip() in (href, bare) else f"{words} ({bare})")
    return "".join(parts)
