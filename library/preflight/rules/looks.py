"""How each word of the mail is painted: ink on ground in the light look, and in the dark ones of mail programs."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from library.preflight.rules.page import Element, Page
from library.preflight.rules.styles import BLACK, WHITE, Colour, Declarations, colour

#: WCAG 2.2: large text is 24 px, or 18.66 px and bold.
LARGE, LARGE_BOLD, BOLD = 24.0, 18.66, 600
_LINK = Colour(0, 0, 238)
_DARK = "prefers-color-scheme"
#: Lightness at which Outlook.com takes a colour for light.
_HALF = 0.5


class Painted(NamedTuple):
    """Some words, their ink and their ground."""

    element: Element
    ink: Colour
    ground: Colour

    @property
    def is_large(self) -> bool:
        return _is_large(self.element)


class Look:
    """The mail as one kind of program paints it: inline styles, and rules that come on top."""

    def __init__(self, page: Page, extra: Mapping[int, Declarations] | None = None) -> None:
        self._page, self._extra = page, extra or {}
        self._grounds: dict[int, Colour | None] = {}
        self._inks: dict[int, Colour] = {}

    def painted(self) -> Iterator[Painted]:
        """Every element with words of its own whose ground is a known colour."""
        for element in self._page.texts:
            ground = self.ground(element)
            if ground is not None:
                yield Painted(element, self.ink(element).over(ground), ground)

    def ground(self, element: Element) -> Colour | None:
        """The colour behind an element; None over a picture."""
        if id(element) not in self._grounds:
            self._grounds[id(element)] = self._ground(element)
        return self._grounds[id(element)]

    def _ground(self, element: Element) -> Colour | None:
        own = self._said(element, "background-color") or self._said(element, "background")
        found = colour(own or element.attrs.get("bgcolor", ""))
        if found is None and ("url(" in own or "background" in element.attrs):
            return None
        if found is not None and found.alpha == 1:
            return found
        below = self.ground(element.parent) if element.parent else WHITE
        return below if found is None or below is None else found.over(below)

    def ink(self, element: Element) -> Colour:
        if id(element) not in self._inks:
            self._inks[id(element)] = self._ink(element)
        return self._inks[id(element)]

    def _ink(self, element: Element) -> Colour:
        own = colour(self._said(element, "color"))
        if own is not None:
            return own
        if element.tag == "a" and element.attrs.get("href"):
            return _LINK
        return self.ink(element.parent) if element.parent else BLACK

    def _said(self, element: Element, name: str) -> str:
        extra = self._extra.get(element.node.mem_id)
        if extra and name in extra:
            return extra[name]
        if extra and name == "background" and "background-color" in extra:
            return ""
        return element.style.get(name, "")


class Looks:
    """All looks of a mail. `apple` and `outlook` are None where the mail has no rules for them."""

    def __init__(self, page: Page) -> None:
        self.light, self.apple, self.outlook = Look(page), _dark_apple(page), _dark_outlook(page)


def _dark_apple(page: Page) -> Look | None:
    """By the media query: Apple Mail and its like."""
    rules = [(each.selector, each.declarations) for each in page.sheet if _DARK in each.media]
    return Look(page, _applied(page, rules)) if rules else None


def _dark_outlook(page: Page) -> Look | None:
    """By the attributes Outlook.com puts round a mail."""
    marks = ("[data-ogsc]", "[data-ogsb]")
    rules = [
        (each.selector.split("]", 1)[1].strip(), each.declarations) for each in page.sheet if each.selector.startswith(marks)
    ]  # fmt: skip
    return Look(page, _applied(page, rules)) if rules else None


def _applied(page: Page, rules: list[tuple[str, Declarations]]) -> dict[int, Declarations]:
    """What the rules say of each element: the more specific wins, then the later; inline styles yield to !important."""
    found: dict[int, dict[str, str]] = {}
    for selector, said in sorted(rules, key=lambda each: _specificity(each[0])):
        for element in page.matching(selector) if selector else []:
            held = found.setdefault(element.node.mem_id, {})
            for name, value in said.items():
                if "!important" in value or name not in element.style:
                    held[name] = value.replace("!important", "").strip()
    return dict(found)


@lru_cache(maxsize=4096)
def _specificity(selector: str) -> tuple[int, int, int]:
    """Ids, then classes, attributes and states, then elements (Selectors 4, without :is and its like)."""
    bare, attributes = re.subn(r"\[[^\]]*\]", " ", selector)
    ids, classes = len(re.findall(r"#[\w-]+", bare)), len(re.findall(r"[.:][\w-]+", bare))
    return ids, classes + attributes, len(re.findall(r"(?:^|[\s>+~])[a-z]", bare))


def partly_inverted(painted: Painted) -> tuple[Colour, Colour]:
    """As Outlook.com does without rules: light grounds turn dark, dark inks turn light."""
    ink, ground = painted.ink, painted.ground
    return (
        _turned(ink) if _lightness(ink) < _HALF else ink,
        _turned(ground) if _lightness(ground) > _HALF else ground,
    )


def wholly_inverted(painted: Painted) -> tuple[Colour, Colour]:
    """As Gmail's apps do on a dark phone."""
    return _turned(painted.ink), _turned(painted.ground)


def _lightness(each: Colour) -> float:
    return (max(each[:3]) + min(each[:3])) / 510


def _turned(each: Colour) -> Colour:
    hue, lightness, saturation = colorsys.rgb_to_hls(each.red / 255, each.green / 255, each.blue / 255)
    red, green, blue = colorsys.hls_to_rgb(hue, 1 - lightness, saturation)
    return Colour(round(red * 255), round(green * 255), round(blue * 255))


def _is_large(element: Element) -> bool:
    weight = element.inherited("font-weight")
    is_bold = weight == "bold" or (weight.isdigit() and int(weight) >= BOLD) or _in_bold(element)
    size = element.font_size
    return size >= LARGE or (is_bold and size >= LARGE_BOLD)


def _in_bold(element: Element) -> bool:
    return any(each.tag in ("b", "strong", "th") for each in (element, *element.ancestors()))
