"""Reads MJML and HTML as they are written, forgivingly, into one tree that knows its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "mj-class",
        "mj-all",
        "mj-include",
    ]
)
#: What the start of one of these ends, when it was left open (HTML, "optional tags").
_CELL = frozenset({"td", "th"})
_ENDED_BY: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "td": _CELL,
    "th": _CELL,
    "tr": _CELL | {"tr"},
    "tbody": _CELL | {"tr", "tbody", "thead"},
    "tfoot": _CELL | {"tr", "tbody", "thead"},
    **dict.fromkeys(
        [
            "p",
            "div",
            "table",
            "ul",
            "ol",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "center",
            "blockquote",
            "section",
            "pre",
            "form",
        ],
        frozenset({"p"}),
    ),
}
#: A mail nests tables a dozen deep. What is deeper than this is no mail, and the compiler walks by recursion.
MAX_DEPTH = 120

TEXT, COMMENT = "#text", "#comment"


@dataclass(slots=True)
class Node:
    """An element, a text or a comment; `line` counts from 1."""

    tag: str
    line: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""

    @property
    def is_element(self) -> bool:
        return not self.tag.startswith("#")

    @property
    def elements(self) -> list[Node]:
        return [child for child in self.children if child.is_element]

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, tag: str) -> Node | None:
        return next((node for node in self.walk() if node.tag == tag), None)

    def words(self) -> str:
        """Its text as a reader sees it, on one line."""
        texts = (node.text for node in self.walk() if node.tag == TEXT)
        return " ".join(" ".join(texts).split())


@dataclass(frozen=True)
class Broken:
    """A tag that was never opened or never closed."""

    line: int
    tag: str
    closing: bool


def read(source: str) -> tuple[Node, list[Broken]]:
    """The document below a node without a name, and what of its tags did not match."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.root, [*reader.broken, *reader.left_open()]


def attributes_text(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.broken: list[Broken] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_before(tag)
        node = self._add(
            Node(tag, self._line, {name: " ".join((value or "").split()) for name, value in attrs})
        )
        if tag not in VOID and len(self.open) < MAX_DEPTH:
            self.open.append(node)
        if tag == "mj-style":
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        names = [node.tag for node in self.open]
        if tag in VOID:
            return
        if tag not in names:
            self.broken.append(Broken(self._line, tag, closing=True))
            return
        at = len(names) - 1 - names[::-1].index(tag)
        self._note_open(self.open[at + 1 :])
        del self.open[at:]

    def handle_data(self, data: str) -> None:
        self._add(Node(TEXT, self._line, text=data))

    def handle_comment(self, data: str) -> None:
        self._add(Node(COMMENT, self._line, text=data))

    def unknown_decl(self, data: str) -> None:
        """<![if !mso]> and <![endif]>: what stands between is for all, so they can go."""

    def left_open(self) -> list[Broken]:
        before = len(self.broken)
        self._note_open(self.open[1:])
        return [self.broken.pop() for _ in range(len(self.broken) - before)]

    @property
    def _line(self) -> int:
        return self.getpos()[0]

    def _add(self, node: Node) -> Node:
        self.open[-1].children.append(node)
        return node

    def _end_before(self, tag: str) -> None:
        ends = _ENDED_BY.get(tag, frozenset())
        while self.open[-1].tag in ends:
            self.open.pop()

    def _note_open(self, nodes: list[Node]) -> None:
        """Paragraphs, cells and the like may stay open; everything else was meant to be closed."""
        optional = {"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "html", "body", "head"}
        self.broken += [
            Broken(node.line, node.tag, closing=False) for node in nodes if node.tag not in optional
        ]
