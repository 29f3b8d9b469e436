"""Cuts a newsletter in HTML into parts: the tables or blocks that lie one below the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from library.importing import outlook
from library.importing.fields import in_source
from library.importing.tree import TEXT, Node
from library.importing.writing import Writer, attributes

_WRAPPERS = frozenset({"div", "center", "table", "tbody", "tr", "td", "main", "article", "section", "span"})
_HIDDEN = re.compile(r"display\s*:\s*none|max-height\s*:\s*0|mso-hide\s*:\s*all", re.IGNORECASE)
_UNDIVIDED = re.compile(
    r"(?<![\w-])(height|min-height|background-image|box-shadow|float)\s*:|url\(", re.IGNORECASE
)
_COLLAPSED = re.compile(r"border-collapse\s*:\s*collapse|border-spacing\s*:\s*0", re.IGNORECASE)
_COLOUR = re.compile(r"background(?:-color)?\s*:\s*(#[0-9a-fA-F]{3,6}|rgb\([^)]*\)|[a-z]+)\b", re.IGNORECASE)
#: What the borders of a part must not repeat when its frame is shared among several.
_TOP = "padding-top:0;margin-top:0;border-top:0;border-top-left-radius:0;border-top-right-radius:0"
_BOTTOM = "padding-bottom:0;margin-bottom:0;border-bottom:0;border-bottom-left-radius:0;border-bottom-right-radius:0"


#: The share of a mail that a part of it may hold before it is cut again.
_MOST = 0.4


@dataclass(frozen=True)
class Piece:
    """Some nodes in the frame of elements around them, outermost first."""

    nodes: list[Node]
    frame: tuple[Node, ...] = ()
    #: By element of the frame: whether the piece is its first and its last.
    edges: tuple[tuple[bool, bool], ...] = ()
    comments: tuple[tuple[list[Node], list[Node]], ...] = field(default=())


def preheader_of(body: Node) -> str:
    """The words of the hidden line that inboxes show, which is taken out: our mails have one of their own."""
    for parent in body.walk():
        for child in parent.elements[:3]:
            if _HIDDEN.search(child.attributes.get("style", "")) and not child.find("img"):
                parent.children.remove(child)
                return _readable(child.words())
        if parent.tag == "td" and parent.words():
            break
    return ""


def ground_of(body: Node) -> str:
    """The colour behind everything."""
    found = _COLOUR.search(body.attributes.get("style", ""))
    return found[1] if found else body.attributes.get("bgcolor", "#ffffff")


def pieces(body: Node) -> list[Piece]:
    """Cut where blocks first lie one below the other, and again inside a block that holds most of the mail."""
    frame = Node("div", body.line, _frame_attributes(body), body.children)
    return _split(_Frame((), (), (), _weight(frame)), [frame])


def source_of(piece: Piece, writer: Writer) -> str:
    """Raw markup in its frame."""
    writer.new_line()
    written = writer.markup(piece.nodes)
    writer.new_line()
    for at in reversed(range(len(piece.frame))):
        node, (is_first, is_last) = piece.frame[at], piece.edges[at]
        before, after = (writer.markup(each) for each in piece.comments[at])
        style = [
            node.attributes.get("style", "").rstrip("; "),
            "" if is_first else _TOP,
            "" if is_last else _BOTTOM,
        ]
        framed = Node(node.tag, node.line, {**node.attributes, "style": ";".join(filter(None, style))})
        if not framed.attributes["style"]:
            del framed.attributes["style"]
        written = f"{before}<{node.tag}{attributes(framed)}>{written}</{node.tag}>{after}"
    return f"<mj-raw>{written}</mj-raw>"


@dataclass(frozen=True)
class _Frame:
    nodes: tuple[Node, ...]
    edges: tuple[tuple[bool, bool], ...]
    comments: tuple[tuple[list[Node], list[Node]], ...]
    #: How much the whole mail holds.
    weight: int

    def around(self, node: Node, before: list[Node], after: list[Node]) -> _Frame:
        return replace(
            self,
            nodes=(*self.nodes, node),
            edges=(*self.edges, (True, True)),
            comments=(*self.comments, (before, after)),
        )

    def part(self, at: int, count: int) -> _Frame:
        """The frame for one of several that share it."""
        edges = tuple((first and at == 0, last and at == count - 1) for first, last in self.edges)
        return replace(self, edges=edges)

    @property
    def is_shared(self) -> bool:
        return not all(first and last for first, last in self.edges)


def _split(frame: _Frame, nodes: list[Node]) -> list[Piece]:
    groups = outlook.shared_out([node for node in nodes if node.tag != TEXT or node.text.strip()])
    has_words = any(node.tag == TEXT and node.text.strip() for node in nodes)
    if not groups or has_words or any(_is_inline(group) for group in groups) or not _stacked(frame, groups):
        return [_whole(frame, nodes)] if nodes else []
    found: list[Piece] = []
    for at, group in enumerate(groups):
        found += _inside(frame.part(at, len(groups)), group)
    return found


def _inside(frame: _Frame, group: list[Node]) -> list[Piece]:
    at = next(number for number, node in enumerate(group) if node.is_element)
    node = group[at]
    if not _may_be_divided(node) or (frame.is_shared and _weight(node) < frame.weight * _MOST):
        return [_whole(frame, group)]
    return _split(frame.around(node, group[:at], group[at + 1 :]), node.children) or [_whole(frame, group)]


def _whole(frame: _Frame, nodes: list[Node]) -> Piece:
    return Piece(nodes, frame.nodes, frame.edges, frame.comments)


def _weight(node: Node) -> int:
    """In characters of text, a picture counted as fifty."""
    return len(node.words()) + 50 * sum(each.tag == "img" for each in node.walk())


def _may_be_divided(node: Node) -> bool:
    held = node.attributes
    if node.tag not in _WRAPPERS or held.get("height") or held.get("background"):
        return False
    if _UNDIVIDED.search(held.get("style", "")):
        return False
    if node.tag == "table":
        return held.get("cellspacing") == "0" or bool(_COLLAPSED.search(held.get("style", "")))
    return node.tag != "td" or not (held.get("rowspan") or held.get("colspan"))


def _stacked(frame: _Frame, groups: list[list[Node]]) -> bool:
    """Rows of one cell each, or blocks: nothing that stands side by side."""
    elements = [node for group in groups for node in group if node.is_element]
    parent = frame.nodes[-1].tag if frame.nodes else "div"
    if parent == "tr":
        return len(elements) == 1
    if parent in ("table", "tbody"):
        return all(len(row.elements) == 1 for each in elements for row in _rows(each))
    return all("inline" not in each.attributes.get("style", "") for each in elements) or len(elements) == 1


def _rows(node: Node) -> list[Node]:
    return [node] if node.tag == "tr" else [each for each in node.elements if each.tag == "tr"]


def _is_inline(group: list[Node]) -> bool:
    blocks = _WRAPPERS | {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "hr",
        "blockquote",
        "header",
        "footer",
    }
    return any(node.is_element and (node.tag == "span" or node.tag not in blocks) for node in group)


def _frame_attributes(body: Node) -> dict[str, str]:
    kept = {
        name: value for name, value in body.attributes.items() if name in ("style", "class", "dir", "lang")
    }
    style = [kept.get("style", "").rstrip("; ")]
    if "bgcolor" in body.attributes and not _COLOUR.search(style[0]):
        style.insert(0, f"background-color:{body.attributes['bgcolor']}")
    return {**kept, "style": ";".join(filter(None, style))} if any(style) else kept


def _readable(words: str) -> str:
    """Without the blanks and joiners that keep the body's first words away from the line."""
    return " ".join(re.sub(r"[\u00ad\u034f\u200b-\u200f\u2007\u2060\ufeff]+", " ", words).split())[:150]


def style_sheet(css: str) -> str:
    """A style sheet for a part's source: the head of our mails sets paragraphs closer than a browser does."""
    return f"<mj-style>{in_source(css)}</mj-style>"
