"""How tall a mail is, reckoned from its styles: no browser is asked."""

from __future__ import annotations

import math
import re

from library.preflight.rules.page import Element, Page
from library.preflight.rules.styles import pixels, sides

WIDTH = 600.0
#: Mean width of a character, in shares of the type size.
_CHARACTER = 0.5
_COLUMN = re.compile(r"mj-column-per-(\d+)(?:-(\d+))?")
_INLINE = frozenset(
    {"a", "b", "strong", "i", "em", "span", "br", "u", "s", "small", "sub", "sup", "code", "del", "font"}
)


def height(page: Page) -> float:
    """In CSS px, for a mail shown 600 px wide."""
    body = next(iter(page.all("body")), None)
    return _height(body, WIDTH) if body is not None else 0.0


def _height(element: Element, width: float) -> float:
    if element.is_hidden or element.tag in ("style", "script", "title", "head"):
        return 0.0
    if element.tag == "img":
        return _picture(element, width)
    above, right, below, left = _padding(element)
    inside = max(width - left - right, 1.0)
    said = pixels(element.style.get("height", "")) or 0.0
    return max(
        _contents(element, inside) + above + below, said if element.tag in ("div", "td") else 0.0
    ) + _margins(element)


def _contents(element: Element, width: float) -> float:
    if element.tag == "tr":
        return max((_height(cell, _cell_width(cell, width)) for cell in element.children), default=0.0)
    blocks = [
        child
        for child in element.children
        if child.tag not in _INLINE or (child.children and not child.words)
    ]
    text = _text(element, width) if len(blocks) < len(element.children) or element.own_text else 0.0
    columns = [child for child in blocks if _share(child)]
    stacked = sum(_height(child, width) for child in blocks if not _share(child))
    return text + stacked + max((_height(child, width * _share(child)) for child in columns), default=0.0)


def _text(element: Element, width: float) -> float:
    own = "".join(
        piece if isinstance(piece, str) else piece.words for piece in element.pieces if isinstance(piece, str) or piece.tag in _INLINE
    ).strip()  # fmt: skip
    size = element.font_size
    breaks = sum(1 for child in element.children if child.tag == "br")
    inline = max((each.font_size for each in element.children if each.tag in _INLINE), default=size)
    size = max(size, inline)
    if not own or size <= 1:
        return 0.0
    lines = max(math.ceil(len(own) * size * _CHARACTER / width), 1) + breaks
    return lines * _line(element, size)


def _line(element: Element, size: float) -> float:
    said = element.inherited("line-height").strip()
    if re.fullmatch(r"[\d.]+", said):
        return float(said) * size
    return pixels(said) or 1.2 * size


def _picture(picture: Element, width: float) -> float:
    tall, wide = picture.attrs.get("height", ""), picture.attrs.get("width", "").removesuffix("px")
    shown = float(wide) if wide.isdigit() else width
    return float(tall) if tall.isdigit() else min(shown, width) * 2 / 3


def _padding(element: Element) -> tuple[float, float, float, float]:
    above, right, below, left = sides(element.style.get("padding", ""))
    own = {
        side: pixels(element.style.get(f"padding-{side}", "")) for side in ("top", "right", "bottom", "left")
    }
    return (
        above if own["top"] is None else own["top"], right if own["right"] is None else own["right"],
        below if own["bottom"] is None else own["bottom"], left if own["left"] is None else own["left"],
    )  # fmt: skip


def _margins(element: Element) -> float:
    if "margin" not in element.style:
        return 26.0 if element.tag == "p" else 0.0
    above, _right, below, _left = sides(element.style["margin"])
    return above + below


def _share(element: Element) -> float:
    """Of the row's width, for a column; 0 for what stacks."""
    found = _COLUMN.search(element.attrs.get("class", ""))
    return float(f"{found[1]}.{found[2] or 0}") / 100 if found else 0.0


def _cell_width(cell: Element, width: float) -> float:
    return min(pixels(cell.style.get("width", "")) or width, width)
