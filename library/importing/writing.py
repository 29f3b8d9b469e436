"""Writes a part's source: the newsletter's own markup, in which words, links and pictures are fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from library.engine import ModuleSpec
from library.engine.inert import html_text
from library.importing.fields import MAX_LABEL, MAX_RICH, Fields, has_liquid, in_source, is_link, is_picture
from library.importing.notes import Notes
from library.importing.tree import COMMENT, TEXT, VOID, Node

_WORD = re.compile(r"\w")
_SIMPLE = frozenset({"b", "strong", "i", "em", "br"})
_INLINE = frozenset(
    [
        "a",
        "span",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "strike",
        "del",
        "ins",
        "small",
        "big",
        "sub",
        "sup",
        "font",
        "abbr",
        "q",
        "cite",
        "code",
    ]
)
_PIXELS = re.compile(r"\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*")
#: So long a text is a paragraph to its editor, not a line.
_LINE = 150


@dataclass
class Writer:
    """One part while it is being written."""

    notes: Notes
    #: Whether a text of several lines may become a paragraph of its own: not where a style speaks of paragraphs.
    rich: bool = True
    fields: Fields = field(init=False)
    lines: list[str] = field(default_factory=lambda: [""])

    def __post_init__(self) -> None:
        self.fields = Fields(self.notes)

    def module(self, slug: str, name: str, mjml: str) -> ModuleSpec:
        text = "\n".join(line.strip() for line in self.lines if line.strip())
        declared: dict[str, Any] = {"slug": slug, "name": name, "fields": self.fields.declared}
        return ModuleSpec.model_validate({**declared, "mjml": mjml, "text": text})

    def content(self, node: Node) -> str:
        """What stands in the node, as one text where it is one."""
        self.new_line()
        written = self._paragraph(node) if self._is_paragraph(node) else self.markup(node.children)
        self.new_line()
        return written

    def markup(self, nodes: list[Node]) -> str:
        return "".join(self._one(node) for node in nodes)

    def picture(self, node: Node, *, src: str = "src", name: str = "picture") -> tuple[str, str]:
        """The key of the picture in the node's attribute, and the source of its address."""
        url, alt = node.attributes.pop(src, ""), node.attributes.pop("alt", None)
        if not is_picture(url):
            self.notes.look("relative_picture", node.line, url=url[:80])
            url = ""
        if alt is None and name == "picture":
            self.notes.look("no_alt", node.line)
        key = self.fields.picture(url, alt, pixels(node.attributes.get("width")) or 600, name=name)
        return key, f"[[ {key}.url ]]"

    def link(self, node: Node) -> str:
        """The href of the node as source, with its leading blank; nothing where it leads nowhere."""
        url = node.attributes.pop("href", "")
        if is_link(url):
            key = self.fields.link(url)
            self.say(f"[% if {key} %]([[ {key} ]])[% endif %]")
            return f'[% if {key} %] href="[[ {key} ]]"[% endif %]'
        return self.odd_link(url, node.line)

    def is_button(self, node: Node, label: str, url: str) -> bool:
        """Whether label and address of the node fit one field, with nothing else in it."""
        only_words = all(child.tag == TEXT for child in node.children)
        return only_words and is_link(url) and 0 < len(label) <= MAX_LABEL and "{{" not in label

    def odd_link(self, url: str, line: int) -> str:
        """An address no field can hold: Liquid goes as it is written, the rest is told."""
        if not url or has_liquid(url, line, self.notes):
            return f' href="{in_source(_quoted(url))}"' if url else ""
        self.notes.look("nowhere", line, url=url[:80])
        return f' href="{in_source(str(html_text(url)))}"'

    def say(self, source: str) -> None:
        """Add to the plain text."""
        self.lines[-1] += source + " "

    def new_line(self) -> None:
        if self.lines[-1].strip():
            self.lines.append("")

    def _one(self, node: Node) -> str:
        if node.tag == TEXT:
            return self._words(node)
        if node.tag == COMMENT:
            return f"<!--{in_source(node.text)}-->" if node.text.startswith(("[if", "<![endif")) else ""
        if node.tag == "a":
            return self._anchor(node)
        if node.tag == "img":
            return self._image(node)
        return self._element(node)

    def _words(self, node: Node) -> str:
        core = node.text.strip()
        if not _WORD.search(core):
            self.lines[-1] = f"{self.lines[-1].rstrip()}{in_source(core)} " if core else self.lines[-1]
            return in_source(str(html_text(" ".join(node.text.split("\n")))))
        at = node.text.index(core)
        before, after = node.text[:at], node.text[at + len(core) :]
        said = self.fields.text(re.sub(r"[ \t\r\n\f]+", " ", core), node.line)
        self.say(said)
        return f"{_blanks(before)}{said}{_blanks(after)}"

    def _element(self, node: Node) -> str:
        is_block = node.tag not in _INLINE
        if is_block:
            self.new_line()
        opening = f"<{node.tag}{attributes(node)}>"
        if node.tag in VOID:
            return opening.removesuffix(">") + " />"
        inside = self.markup(node.children)
        if is_block:
            self.new_line()
        return f"{opening}{inside}</{node.tag}>"

    def _anchor(self, node: Node) -> str:
        url, label = node.attributes.get("href", ""), _only_words(node)
        if label is None or not is_link(url) or len(label.text.strip()) > MAX_LABEL or "{{" in label.text:
            href = self.link(node)
            return f"<a{href}{attributes(node)}>{self.markup(node.children)}</a>"
        del node.attributes["href"]
        words = " ".join(label.text.split())
        key = self.fields.button(words, url)
        self.say(f"[% if {key} %][[ {key}.label ]] ([[ {key}.url ]])[% endif %]")
        inside = _around(node, label, f"[[ {key}.label ]]")
        return f'[% if {key} %]<a href="[[ {key}.url ]]"{attributes(node)}>{inside}</a>[% endif %]'

    def _image(self, node: Node) -> str:
        key, url = self.picture(node)
        return f'[% if {key} %]<img src="{url}" alt="[[ {key}.alt ]]"{attributes(node)} />[% endif %]'

    def _is_paragraph(self, node: Node) -> bool:
        """Nothing but words with simple marks: what an editor of rich text can hold without loss."""
        tags = [each for each in node.walk() if each is not node]
        words = node.words()
        return (
            self.rich
            and bool(_WORD.search(words))
            and (len(words) > _LINE or any(each.tag in _SIMPLE for each in tags))
            and all(each.tag == TEXT or (each.tag in _SIMPLE and not each.attributes) for each in tags)
            and len(words) <= MAX_RICH // 2
            and "{{" not in words
            and "{%" not in words
        )

    def _paragraph(self, node: Node) -> str:
        inside = "".join(_plain_markup(child) for child in node.children)
        said = self.fields.rich(f"<p>{inside.strip()}</p>", node.words(), node.line)
        self.say(said)
        return said


def attributes(node: Node) -> str:
    return "".join(f' {name}="{in_source(_quoted(value))}"' for name, value in node.attributes.items())


def pixels(value: str | None) -> int | None:
    found = _PIXELS.fullmatch(value or "")
    return int(found[1]) if found else None


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _blanks(text: str) -> str:
    """Blanks at the edge of a text, less line breaks, which the modules' language would swallow."""
    return str(html_text(re.sub(r"[ \t\r\n\f]+", " ", text)))


def _only_words(node: Node) -> Node | None:
    """The one text in the node, if that is all there is besides inline markup."""
    texts: list[Node] = []
    for each in node.walk():
        if each.tag == TEXT and each.text.strip():
            texts.append(each)
        elif each is not node and each.tag != TEXT and each.tag not in _INLINE:
            return None
    return texts[0] if len(texts) == 1 and _WORD.search(texts[0].text) else None


def _around(node: Node, label: Node, said: str) -> str:
    """The markup in a link, with what is said in the place of its one text."""
    written = ""
    for child in node.children:
        if child is label:
            at = child.text.index(child.text.strip())
            end = at + len(child.text.strip())
            written += f"{_blanks(child.text[:at])}{said}{_blanks(child.text[end:])}"
        elif child.is_element:
            written += f"<{child.tag}{attributes(child)}>{_around(child, label, said)}</{child.tag}>"
        elif child.tag == TEXT:
            written += _blanks(child.text)
    return written


def _plain_markup(node: Node) -> str:
    if node.tag == TEXT:
        return str(html_text(node.text))
    if node.tag == "br":
        return "<br>"
    inside = "".join(_plain_markup(child) for child in node.children)
    return f"<{node.tag}>{inside}</{node.tag}>"
