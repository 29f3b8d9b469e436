"""Typed text made harmless: as HTML, as Jinja and as Liquid.

Braze runs every text field of a message through Liquid (REST documentation, "Liquid"), and whether it does so before
or after an HTML parser has decoded entities is not documented. So braces become entities *and* the pairs that open or
close a Liquid tag are parted by U+2060, which nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup

#: What a local person typed stands between these two on its way through the compilers.
FIELD_OPEN, FIELD_CLOSE = "\ue000", "\ue001"
#: Locked values and texts of the profile: inert too, but part of the template's own bytes.
HELD_OPEN, HELD_CLOSE = "\ue002", "\ue003"
#: A link or picture address that a local person chose.
LINK_OPEN, LINK_CLOSE = "\ue004", "\ue005"

#: Before a line of plain text that goes if nothing fills it.
VANISHING = "\ue006"

MARKS = FIELD_OPEN + FIELD_CLOSE + HELD_OPEN + HELD_CLOSE + LINK_OPEN + LINK_CLOSE
WORD_JOINER = "\u2060"

#: No field is anywhere near as long; what is longer is an attack on the compilers, not a text.
MAX_TEXT = 5_000

#: Not allowed in XML (mrml refuses the document), our own marks, and the characters that turn text around beyond
#: the field's end (UAX 9: embeddings, overrides, isolates).
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ue000-\ue006"
    "\u202a-\u202e\u2066-\u2069]"
)
LINE_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
#: Opens or closes a Liquid tag, wherever it ends up.
LIQUID = re.compile(r"\{\{|\{%|\}\}|%\}")


def _ranges(fits: Callable[[str], bool]) -> str:
    """The fitting characters of the first plane, as the inside of a character class."""
    points = [point for point in range(0x80, 0x10000) if fits(chr(point))]
    runs = groupby(enumerate(points), key=lambda pair: pair[1] - pair[0])
    spans = [[point for _, point in run] for _, run in runs]
    return "".join(f"\\u{span[0]:04x}-\\u{span[-1]:04x}" for span in spans)


#: Not printed as they are by Rust's Debug: controls, spaces, unassigned, private, and marks that extend a letter.
#: Beyond the first plane everything, since the two Unicode versions may differ there.
_UNPRINTED = re.compile(
    f"[{_ranges(lambda each: not each.isprintable() or unicodedata.category(each).startswith('M'))}"
    "\U00010000-\U0010ffff]"
)
#: Found fast; only what it finds is looked at closely.
_FOREIGN = re.compile(r"[^\x00-\x7e]+")
_PAIRS = re.compile(r"(?<=\{)(?=[{%])|(?<=[}%])(?=\})")
#: In this order: the ampersand of a reference is not taken for a typed one.
_ENTITIES = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("'", "&#39;"),
    ("{", "&#123;"),
    ("}", "&#125;"),
    ("\\", "&#92;"),  # mrml writes some attributes as Rust would, and doubles it
)


def clean(text: str) -> str:
    """Without the characters that no mail may hold, and cut where no honest text goes on."""
    return without_forbidden(text[:MAX_TEXT])


def without_forbidden(text: str) -> str:
    """Nothing that is printed is forbidden, which most texts show at a glance."""
    return text if text.isprintable() else FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """Clean, on one line, trimmed: fit for a subject, a header, a name."""
    return LINE_BREAKS.sub(" ", clean(text)).strip()


def part_pairs(text: str) -> str:
    """No two characters of the text open or close a Liquid tag any more."""
    return _PAIRS.sub(WORD_JOINER, text) if "{" in text or "}" in text else text


def html_text(text: str) -> Markup:
    """For HTML content and double-quoted attributes; stays as it is whatever Jinja does with it."""
    text = part_pairs(text)
    for char, reference in _ENTITIES:
        text = text.replace(char, reference)
    return as_markup(text)


def as_markup(inert: str) -> Markup:
    """Text that is inert already, so that Jinja leaves it alone."""
    return Markup(inert)  # noqa: S704 - the one place where it is said; the property tests stand behind it


def marked(content: str, opening: str, closing: str) -> Markup:
    """The content between its marks; nothing stays nothing, so that a module can ask whether it is there."""
    return as_markup(f"{opening}{content}{closing}" if content else "")


def in_ascii_where_needed(mjml: str) -> str:
    """With references for our marks, and for what mrml would write as a Rust escape (\\u{2060}) into an attribute."""
    for mark, reference in _MARK_REFERENCES.items():
        mjml = mjml.replace(mark, reference)
    return mjml if mjml.isascii() else _FOREIGN.sub(lambda run: _UNPRINTED.sub(_as_reference, run[0]), mjml)


def _as_reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def without_marks(text: str) -> str:
    """A plain text without any mark."""
    return _MARKS.sub("", text)


def html_without_marks(html: str) -> str:
    """Compiled HTML, whose marks are references; no typed text can hold one, its ampersand being a reference too."""
    return _REFERENCES.sub("", html)


def html_with_field_marks(html: str) -> str:
    """Compiled HTML with the marks of what local people typed, links shown by the same pair, and no others."""
    return _REFERENCES.sub(lambda found: _SHOWN.get(chr(int(found[0][2:-1])), ""), html)


_MARKS = re.compile(f"[{MARKS}]")
_MARK_REFERENCES = {mark: f"&#{ord(mark)};" for mark in MARKS}
_REFERENCES = re.compile("|".join(_MARK_REFERENCES.values()))
_SHOWN = {FIELD_OPEN: FIELD_OPEN, FIELD_CLOSE: FIELD_CLOSE, LINK_OPEN: FIELD_OPEN, LINK_CLOSE: FIELD_CLOSE}
