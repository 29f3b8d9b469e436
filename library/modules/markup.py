"""Is a fragment of MJML well put together? mrml forgives much and says little about where; this says where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from library.modules.mjml import ELEMENTS

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<!?(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)(?P<end>>|(?=<)|\Z)|<",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s*([^\s=<>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
#: Elements of HTML that have no end (HTML Living Standard 13.1.2).
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


class Flaw(NamedTuple):
    offset: int
    what: str
    fix: str


class _Open(NamedTuple):
    offset: int
    name: str


def flaws(fragment: str) -> Iterator[Flaw]:
    """What is wrong, with its place in the fragment, in order of appearance but for tags that are never closed."""
    opened: list[_Open] = []
    for tag in _TAG.finditer(fragment):
        name = tag["name"]
        if not name:
            yield from _stray(tag)
        elif not tag["end"]:
            yield Flaw(tag.start(), f"<{tag['close']}{name} is not ended.", "End the tag with “>”.")
        elif tag["close"]:
            yield from _closed(opened, tag)
        else:
            yield from _opened(opened, tag)
    yield from (_unclosed(each) for each in opened)


def _stray(tag: re.Match[str]) -> Iterator[Flaw]:
    if tag[0] != "<":
        return
    if tag.string[tag.end() : tag.end() + 1].isalpha():
        yield Flaw(tag.start(), _("This tag is not ended."), _("A quote or its “>” is missing."))
    else:
        yield Flaw(
            tag.start(), _("A “<” that opens no tag."), _("Write &lt; for a “<” that people shall read.")
        )


def _opened(opened: list[_Open], tag: re.Match[str]) -> Iterator[Flaw]:
    name = tag["name"]
    if name.startswith("mj-") and name not in ELEMENTS:
        yield Flaw(
            tag.start(), _("<%(tag)s> is not a tag of MJML here.") % {"tag": name}, _("Correct or remove it.")
        )
    yield from _attributes(tag)
    if not tag["attributes"].rstrip().endswith("/") and name.lower() not in VOID:
        opened.append(_Open(tag.start(), name))


def _attributes(tag: re.Match[str]) -> Iterator[Flaw]:
    known = ELEMENTS.get(tag["name"])
    for each in _ATTRIBUTE.finditer(tag["attributes"]):
        at, said = tag.start("attributes") + each.start(1), {"attribute": each[1], "tag": tag["name"]}
        if not (each[2] or "").startswith(('"', "'")):
            yield Flaw(
                at,
                _("“%(attribute)s” in <%(tag)s> has no value in quotes.") % said,
                _('Write %(attribute)s="…".') % said,
            )
        elif known is not None and each[1] not in known:
            yield Flaw(
                at, _("<%(tag)s> has no attribute “%(attribute)s”.") % said, _("Correct or remove it.")
            )


def _closed(opened: list[_Open], tag: re.Match[str]) -> Iterator[Flaw]:
    name = tag["name"]
    if not any(each.name == name for each in opened):
        yield Flaw(
            tag.start(),
            _("</%(tag)s> closes what was never opened.") % {"tag": name},
            _("Remove it, or open <%(tag)s>.") % {"tag": name},
        )
        return
    while opened[-1].name != name:
        yield _unclosed(opened.pop())
    opened.pop()


def _unclosed(tag: _Open) -> Flaw:
    return Flaw(
        tag.offset,
        _("<%(tag)s> is never closed.") % {"tag": tag.name},
        _("Close it with </%(tag)s>.") % {"tag": tag.name},
    )
