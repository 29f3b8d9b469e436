"""A finished mail, read once as a browser would: elements in order, their words, and what of it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from library.engine.footer import UNSUBSCRIBE
from library.engine.inert import FIELD_CLOSE, FIELD_OPEN, WORD_JOINER
from library.preflight.rules.styles import Declarations, SheetRule, declarations, pixels, sheet

_MARKS = re.compile(f"[{FIELD_OPEN}{FIELD_CLOSE}]")
_BLANKS = re.compile(rf"[\s\u00a0\u034f\u2007\ufeff{WORD_JOINER}]+")
_SILENT = frozenset({"head", "style", "script", "title", "noscript"})


def clean(text: str) -> str:
    """Without marks, blanks made single."""
    return _BLANKS.sub(" ", _MARKS.sub("", text)).strip()


class Element:
    """One element. `spans` are the numbers of the typed pieces that begin, end or go on in it."""

    __slots__ = (
        "_own_text",
        "_words",
        "attrs",
        "children",
        "node",
        "parent",
        "pieces",
        "spans",
        "style",
        "tag",
    )

    def __init__(self, node: LexborNode, parent: Element | None) -> None:
        self.node = node
        self.tag = node.tag or ""
        self.attrs = {name: _MARKS.sub("", value or "") for name, value in node.attributes.items()}
        self.style: Declarations = declarations(self.attrs.get("style", ""))
        self.parent = parent
        self.children: list[Element] = []
        #: Own text and children, in order.
        self.pieces: list[str | Element] = []
        self.spans: list[int] = []
        self._own_text: str | None = None
        self._words: str | None = None

    @property
    def own_text(self) -> str:
        if self._own_text is None:
            self._own_text = clean("".join(piece for piece in self.pieces if isinstance(piece, str)))
        return self._own_text

    @property
    def words(self) -> str:
        """What a reader sees of it and all in it; pictures are silent."""
        if self._words is None:
            self._words = clean("".join(self._texts()))
        return self._words

    def _texts(self) -> Iterator[str]:
        for piece in self.pieces:
            if isinstance(piece, str):
                yield piece
            elif piece.tag == "br":
                yield " "
            elif piece.tag not in _SILENT and not piece.is_hidden:
                yield from piece._texts()
                yield " " if piece.tag in _BLOCKS else ""

    @property
    def is_hidden(self) -> bool:
        return self.style.get("display", "").startswith("none")

    def ancestors(self) -> Iterator[Element]:
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def descendants(self) -> Iterator[Element]:
        for child in self.children:
            yield child
            yield from child.descendants()

    def inherited(self, name: str) -> str:
        """What it, or the nearest element above it, says of a property that is inherited."""
        if name in self.style:
            return self.style[name]
        return next((above.style[name] for above in self.ancestors() if name in above.style), "")

    @property
    def font_size(self) -> float:
        """In CSS pixels; em and percent are taken of the usual 16."""
        return pixels(self.inherited("font-size")) or 16.0


_BLOCKS = frozenset(
    {"p", "div", "td", "th", "tr", "table", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"}
)


class Page:
    """The whole mail. `source` has no marks any more; `typed` are the pieces people typed, by number."""

    def __init__(self, marked: str) -> None:
        self.source = _MARKS.sub("", marked)
        self.typed: list[str] = []
        self.elements: list[Element] = []
        self.parser = LexborHTMLParser(marked)
        self._reading: int | None = None
        self._matched: dict[str, list[Element]] = {}
        if self.parser.root is not None:
            self._read(self.parser.root, None)

    def _read(self, node: LexborNode, parent: Element | None) -> None:
        element = Element(node, parent)
        self.elements.append(element)
        if parent is not None:
            parent.children.append(element)
            parent.pieces.append(element)
        self._read_attributes(node, element)
        child = node.first_child
        while child is not None:
            if child.tag == "-text":
                self._read_text(child.text_content or "", element)
            elif child.tag and not child.tag.startswith(("-", "!")):
                self._read(child, element)
            child = child.next
        if self._reading is not None:
            _note(element, self._reading)

    def _read_attributes(self, node: LexborNode, element: Element) -> None:
        for value in node.attributes.values():
            if value and FIELD_OPEN in value:
                for piece in re.findall(f"{FIELD_OPEN}([^{FIELD_CLOSE}]*)", value):
                    _note(element, self._begun(piece))

    def _read_text(self, text: str, element: Element) -> None:
        element.pieces.append(text)
        for part in re.split(f"({FIELD_OPEN}|{FIELD_CLOSE})", text):
            if part == FIELD_OPEN:
                self._reading = self._begun("")
            elif part == FIELD_CLOSE:
                self._reading = None
            elif self._reading is not None:
                self.typed[self._reading] += part
                _note(element, self._reading)

    def _begun(self, text: str) -> int:
        self.typed.append(text)
        return len(self.typed) - 1

    def all(self, *tags: str) -> list[Element]:
        return [element for tag in tags for element in self._by_tag.get(tag, [])]

    @cached_property
    def _by_tag(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in self.elements:
            found.setdefault(element.tag, []).append(element)
        return found

    @cached_property
    def body(self) -> list[Element]:
        """Everything a reader may see, in order: the body without what is hidden and without preview text."""
        hidden: set[int] = set()
        seen: list[Element] = []
        for element in self.elements:
            above = element.parent
            if element.is_hidden or element.tag in _SILENT or (above is not None and id(above) in hidden):
                hidden.add(id(element))
            elif above is not None:
                seen.append(element)
        return seen

    @cached_property
    def texts(self) -> list[Element]:
        """Elements with words of their own."""
        return [element for element in self.body if element.own_text]

    @cached_property
    def links(self) -> list[Element]:
        return [element for element in self.body if element.tag == "a" and element.attrs.get("href")]

    @cached_property
    def pictures(self) -> list[Element]:
        return [element for element in self.body if element.tag == "img"]

    @cached_property
    def words(self) -> str:
        return next((element.words for element in self.elements if element.tag == "body"), "")

    @cached_property
    def sheet(self) -> tuple[SheetRule, ...]:
        """Rules of every style sheet; a media attribute is theirs."""
        found: list[SheetRule] = []
        for style in self.all("style"):
            source = "".join(piece for piece in style.pieces if isinstance(piece, str))
            media = style.attrs.get("media", "")
            found += [each._replace(media=each.media or media) for each in sheet(source)]
        return tuple(found)

    @cached_property
    def opt_out(self) -> Element | None:
        """The link by which Braze lets people unsubscribe."""
        return next((link for link in self.links if UNSUBSCRIBE in link.attrs["href"]), None)

    @cached_property
    def small_print(self) -> frozenset[int]:
        """Ids of the elements of the section that holds the opt-out: the legal footer."""
        if self.opt_out is None:
            return frozenset()
        chain = [element for element in self.opt_out.ancestors() if "max-width" in element.style]
        footer = chain[-1] if chain else self.opt_out.parent or self.opt_out
        return frozenset(id(element) for element in (footer, *footer.descendants()))

    def matching(self, selector: str) -> list[Element]:
        """The elements a selector of the style sheet finds; none where the browser would drop the rule."""
        if selector not in self._matched:
            self._matched[selector] = self._match(selector)
        return self._matched[selector]

    def _match(self, selector: str) -> list[Element]:
        try:
            nodes = self.parser.css(selector)
        except SelectolaxError:
            return []
        return [self._by_node[node.mem_id] for node in nodes if node.mem_id in self._by_node]

    @cached_property
    def _by_node(self) -> dict[int, Element]:
        return {element.node.mem_id: element for element in self.elements}


def _note(element: Element, span: int) -> None:
    if not element.spans or element.spans[-1] != span:
        element.spans.append(span)
