"""CSS as mails use it: inline declarations, the few rules of a style sheet, and colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

Declarations = Mapping[str, str]
NOTHING: Declarations = MappingProxyType({})


class Colour(NamedTuple):
    """Channels from 0 to 255, and how much it covers, from 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def over(self, ground: Colour) -> Colour:
        """As it looks on an opaque ground."""
        share = self.alpha
        mixed = (
            round(mine * share + below * (1 - share))
            for mine, below in zip(self[:3], ground[:3], strict=True)
        )
        return Colour(*mixed)


class SheetRule(NamedTuple):
    """One selector of a style sheet; `media` is empty outside every query."""

    media: str
    selector: str
    declarations: Declarations


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
_NAMED = {
    "black": BLACK, "white": WHITE, "red": Colour(255, 0, 0), "green": Colour(0, 128, 0), "blue": Colour(0, 0, 255),
    "yellow": Colour(255, 255, 0), "gray": Colour(128, 128, 128), "grey": Colour(128, 128, 128),
    "silver": Colour(192, 192, 192), "navy": Colour(0, 0, 128), "orange": Colour(255, 165, 0),
    "purple": Colour(128, 0, 128), "maroon": Colour(128, 0, 0), "teal": Colour(0, 128, 128),
    "whitesmoke": Colour(245, 245, 245), "lightgray": Colour(211, 211, 211), "lightgrey": Colour(211, 211, 211),
    "darkgray": Colour(169, 169, 169), "darkgrey": Colour(169, 169, 169), "transparent": Colour(0, 0, 0, 0.0),
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3,8})")
_RGB = re.compile(r"rgba?\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)(?:[\s,/]+([\d.]+%?))?\s*\)")
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*((?:\([^)]*\)|'[^']*'|\"[^\"]*\"|[^;])*);?")
#: Quoted text is passed over: a selector may look for a semicolon.
_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|[{};]")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)


@lru_cache(maxsize=4096)
def declarations(style: str) -> Declarations:
    """What a style attribute says, later over earlier; names in lower case."""
    found = {name.lower(): value.strip() for name, value in _DECLARATION.findall(style)}
    return MappingProxyType(found) if found else NOTHING


@lru_cache(maxsize=4096)
def colour(text: str) -> Colour | None:
    """The first colour in a value; None where there is none that we can read."""
    text = text.lower()
    if found := _HEX.search(text):
        return _hexadecimal(found[1])
    if found := _RGB.search(text):
        red, green, blue = (_channel(found[place]) for place in (1, 2, 3))
        return Colour(red, green, blue, _share(found[4]) if found[4] else 1.0)
    return next((_NAMED[word] for word in re.findall(r"[a-z]+", text) if word in _NAMED), None)


def _hexadecimal(digits: str) -> Colour | None:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in (6, 8):
        return None
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return Colour(red, green, blue, int(digits[6:8], 16) / 255 if len(digits) > len("rrggbb") else 1.0)


def _channel(text: str) -> int:
    return min(round(_share(text) * 255 if text.endswith("%") else float(text)), 255)


def _share(text: str) -> float:
    return min(float(text[:-1]) / 100 if text.endswith("%") else float(text), 1.0)


@lru_cache(maxsize=512)
def pixels(text: str) -> float | None:
    """A length in CSS pixels; None where it is none or depends on its surroundings."""
    found = re.fullmatch(
        r"(-?[\d.]+)(px|pt|em|rem)?", text.strip().lower().removesuffix("!important").strip()
    )
    if not found:
        return None
    factor = {"px": 1.0, None: 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0}[found[2]]
    try:
        return float(found[1]) * factor
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def sides(text: str) -> tuple[float, float, float, float]:
    """Top, right, bottom, left of a padding or margin; what cannot be read counts as 0."""
    values = [pixels(part) or 0.0 for part in text.split()[:4]] or [0.0]
    top, right = values[0], values[1] if len(values) > 1 else values[0]
    bottom = values[2] if len(values) > len("tr") else top
    left = values[3] if len(values) > len("trb") else right
    return top, right, bottom, left


@lru_cache(maxsize=128)
def sheet(source: str) -> tuple[SheetRule, ...]:
    """The rules of a style sheet, one for each selector, in order."""
    return tuple(_rules(_COMMENT.sub("", source), ""))


def _rules(source: str, media: str) -> Iterator[SheetRule]:
    for head, body in _blocks(source):
        if head.startswith("@media"):
            yield from _rules(body, head.removeprefix("@media").strip())
        elif not head.startswith("@"):
            said = declarations(body.strip())
            for selector in _selectors(head):
                yield SheetRule(media, selector, said)


def _blocks(source: str) -> Iterator[tuple[str, str]]:
    """Head and body of each block at this depth."""
    depth = start = opened = 0
    for found in _TOKEN.finditer(source):
        at = found.start()
        if found[0] == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif found[0] == "}":
            depth = max(depth - 1, 0)
            if depth == 0:
                yield source[start:opened].strip(), source[opened + 1 : at]
                start = at + 1
        elif found[0] == ";" and depth == 0:  # @import and @charset end without a block
            start = at + 1


def _selectors(head: str) -> list[str]:
    """Parted at commas outside of brackets and quotes."""
    parts = re.findall(r"(?:\[[^\]]*\]|\([^)]*\)|[^,])+", head)
    return [part.strip() for part in parts if part.strip()]


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2 contrast ratio of two opaque colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


#: Where sRGB turns from a line into a curve (IEC 61966-2-1).
_KNEE = 0.04045


@lru_cache(maxsize=4096)
def luminance(colour: Colour) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (channel / 255 for channel in colour[:3])
    red, green, blue = (part / 12.92 if part <= _KNEE else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
