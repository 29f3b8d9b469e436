"""Declares what was found as fields: each holds the original as its default, and the source names it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from braze_client import liquid
from library.engine.inert import html_text
from library.engine.links import BadLink, safe_link
from library.importing.notes import Notes

#: Beyond these a text stays in the part's source.
MAX_TEXT, MAX_RICH = 2_000, 5_000
MAX_LABEL = 200
_SHORT = 40
_LEAST_WIDTH, _MOST_WIDTH = 16, 1_200

_LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
#: Mailchimp, Mailjet, MailPoet and their like.
_PLACEHOLDER = re.compile(
    r"\*\|[^|*\n]{1,60}\|\*|\[\[[^\]\n]{1,60}\]\]|%%[\w .-]{1,60}%%|(?<!\$)\{[A-Za-z_][\w.]{1,40}\}"
)


@dataclass
class Fields:
    """The fields of one part, in the order of the newsletter."""

    notes: Notes
    declared: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def text(self, words: str, line: int) -> str:
        """The Jinja that says these words: a field, or the words themselves where they carry Liquid."""
        self._look_for_placeholders(words, line)
        if has_liquid(words, line, self.notes):
            return in_source(words.replace("<", "&lt;").replace(">", "&gt;"))
        if len(words) > MAX_TEXT:
            return in_source(str(html_text(words)))
        limit = max(150, min(MAX_TEXT, 2 * len(words)))
        return f"[[ {self._declare('text', words, max_length=limit, default=words)} ]]"

    def rich(self, markup: str, words: str, line: int) -> str:
        self._look_for_placeholders(words, line)
        marks = ["bold", "italic", "link", "bullet_list", "ordered_list"]
        limit = max(600, min(MAX_RICH, 2 * len(words)))
        key = self._declare("rich_text", words, name="text", marks=marks, max_length=limit, default=markup)
        return f"[% if {key} %][[ {key} ]][% endif %]"

    def button(self, label: str, url: str) -> str:
        """The key of a button with this label and address."""
        limit = max(40, min(MAX_LABEL, 2 * len(label)))
        return self._declare("button", label, max_length=limit, default={"label": label, "url": url})

    def link(self, url: str) -> str:
        return self._declare("link", url.removeprefix("https://"), default=url)

    def picture(self, src: str, alt: str | None, width: int, *, name: str = "picture") -> str:
        shown = min(max(width, _LEAST_WIDTH), _MOST_WIDTH)
        default = {"src": src, "alt": (alt or "").strip(), "decorative": not (alt or "").strip()}
        label = alt or src.rsplit("/", 1)[-1].split("?", maxsplit=1)[0]
        return self._declare("image", label, name=name, display_width=shown, default=default)

    def _declare(self, kind: str, label: str, *, name: str = "", **limits: Any) -> str:
        name = name or kind
        self.counts[name] += 1
        key = f"{name}_{self.counts[name]}"
        self.declared.append({"key": key, "type": kind, "label": short(label) or key, **limits})
        return key

    def _look_for_placeholders(self, words: str, line: int) -> None:
        for found in _PLACEHOLDER.finditer(words):
            self.notes.look("placeholder", line, name=found[0])


def is_link(url: str) -> bool:
    """Whether a field may hold it as it is."""
    try:
        return bool(safe_link(url)) and not _LIQUID.search(url)
    except BadLink:
        return False


def is_picture(url: str) -> bool:
    return url.startswith("https://") and is_link(url)


def has_liquid(words: str, line: int, notes: Notes) -> bool:
    """Whether the words carry Liquid that Braze could read, which only the brand's own source may."""
    found = _LIQUID.search(words)
    if not found:
        return False
    try:
        liquid.check(words)
    except liquid.LiquidError:
        notes.look("bad_liquid", line, name=found[0][:60])
        return False
    notes.look("liquid", line, name=found[0][:60])
    return True


def in_source(markup: str) -> str:
    """Markup in which nothing opens a tag of the modules' language."""
    return re.sub(r"\[(?=[\[%#])", '[[ "[" ]]', markup)


def short(label: str) -> str:
    """Its first words."""
    label = " ".join(label.split())
    return label if len(label) <= _SHORT else label[: _SHORT - 1].rsplit(" ", 1)[0] + "…"
