"""A dark look for mail programs that allow one: the brand's own where it chose one, else derived from its colours.

Colours stand inline (most clients drop style sheets), so the rules find them there by attribute selector: whatever a
module paints in a colour of the theme turns, and what it paints in the brand's signal colours stays, unless the brand
says what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from library.engine.context import Theme

BACKGROUND, SURFACE, TEXT, MUTED, LINE = "#101316", "#1b1f24", "#f2f4f6", "#b9c0c8", "#3b424b"
READABLE_CONTRAST = 4.5
#: Where sRGB turns from a line into a curve (IEC 61966-2-1).
SRGB_KNEE = 0.04045

#: Of the two pictures that document.py makes of a logo with a dark variant.
LIGHT_LOGO, DARK_LOGO = "logo-light", "logo-dark"
_SWAP = ((f".{LIGHT_LOGO}", "display:none!important"), (f".{DARK_LOGO}", "display:block!important"))


@lru_cache(maxsize=256)
def styles(theme: Theme) -> tuple[str, str]:
    """For Apple Mail and its like by media query, for Outlook.com by the attributes it puts on the page.

    Two blocks, for Gmail drops one of more than 16 KB (caniemail, html-style).
    """
    painted, written = _painted(theme), _written(theme)
    swapped = list(_SWAP) if theme.logo_dark_url else []
    rules = "".join(f"{selectors}{{{look}}}" for selectors, look in [*painted, *written, *swapped])
    outlook = "".join(f"{_under('[data-ogsb]', names)}{{{look}}}" for names, look in painted) + "".join(
        f"{_under('[data-ogsc]', names)}{{{look}}}" for names, look in [*written, *swapped]
    )
    return f":root{{color-scheme:light dark}}@media (prefers-color-scheme:dark){{{rules}}}", outlook


@lru_cache(maxsize=256)
def colours(theme: Theme) -> dict[str, str]:
    """The theme's ten colours as the dark look has them, by name. Signal colours are those of grounds, not of words."""
    surface = theme.dark_surface or SURFACE
    return {
        "primary": theme.dark_primary or theme.primary,
        "on_primary": theme.dark_on_primary or theme.on_primary,
        "accent": theme.dark_accent or theme.accent,
        "on_accent": theme.dark_on_accent or theme.on_accent,
        "background": theme.dark_background or BACKGROUND,
        "surface": surface,
        "text": theme.dark_text or TEXT,
        "muted": theme.dark_muted or MUTED,
        "line": theme.dark_line or LINE,
        "link": theme.dark_link or lightened(theme.link, surface),
    }


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightened(colour: str, ground: str) -> str:
    """The colour, mixed with white until it can be read on the ground."""
    for share in range(0, 101, 10):
        mixed = _mix(colour, share)
        if contrast(mixed, ground) >= READABLE_CONTRAST:
            return mixed
    return "#ffffff"


def _painted(theme: Theme) -> list[tuple[str, str]]:
    dark = colours(theme)
    grounds = {getattr(theme, name): dark[name] for name in ("primary", "accent", "background", "surface")}
    return [(_ground(old), f"background-color:{new}!important") for old, new in grounds.items() if old != new]


def _written(theme: Theme) -> list[tuple[str, str]]:
    turned = _turned(theme)
    return [
        *((_ink(old), f"color:{new}!important") for old, new in turned.items()),
        (_line(theme.line), f"border-color:{colours(theme)['line']}!important"),
        *_on_signals(theme, turned),
    ]


def _turned(theme: Theme) -> dict[str, str]:
    """What each colour of the light look is written in, on a dark ground."""
    dark = colours(theme)
    signals = {getattr(theme, name): lightened(dark[name], dark["surface"]) for name in ("primary", "accent")}
    return {**signals, theme.link: dark["link"], theme.muted: dark["muted"], theme.text: dark["text"]}


def _on_signals(theme: Theme, turned: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is written otherwise on the brand's signal colours, and not on a card that lies on them."""
    for ground, ink, new in _exceptions(theme, turned):
        yield _on(ground, ink), f"color:{new}!important"
        if ink in turned:
            cards = (_on(card, ink, within=ground) for card in (theme.surface, theme.background))
            yield ",".join(cards), f"color:{turned[ink]}!important"


def _exceptions(theme: Theme, turned: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Ground, ink, and the ink in its place."""
    dark = colours(theme)
    for name in ("primary", "accent"):
        ground, own, new = (getattr(theme, name), getattr(theme, f"on_{name}"), dark[f"on_{name}"])
        if ground in (theme.background, theme.surface):
            continue
        for ink in dict.fromkeys((*turned, own)):
            here = new if ink == own else _readable(dark[name], (turned[ink], ink, new))
            if here != turned.get(ink, ink):
                yield ground, ink, here


def _readable(ground: str, inks: tuple[str, str, str]) -> str:
    """The first that can be read there; else the last."""
    return next((ink for ink in inks if contrast(ink, ground) >= READABLE_CONTRAST), inks[-1])


def _ink(colour: str) -> str:
    # The semicolon tells color from background-color; mrml writes the colour behind the font.
    return f'[style*=";color:{colour}"]'


def _ground(colour: str) -> str:
    """Sections say background-color; buttons, and columns with a border, say background."""
    return f'[style*="background-color:{colour}"],[style*="background:{colour}"]'


def _line(colour: str) -> str:
    """mrml turns the order round in a divider."""
    return f'[style*="solid 1px {colour}"],[style*="1px solid {colour}"]'


def _on(ground: str, ink: str, *, within: str = "") -> str:
    """What is written in the ink on the ground: a button, a section, a column."""
    around = [f"{outer} " for outer in _ground(within).split(",")] if within else [""]
    return ",".join(f"{outer}{place} {_ink(ink)}" for outer in around for place in _ground(ground).split(","))


def _under(root: str, selectors: str) -> str:
    return ",".join(f"{root} {selector}" for selector in selectors.split(","))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(colour: str, white: int) -> str:
    return "#" + "".join(f"{channel + (255 - channel) * white // 100:02x}" for channel in _channels(colour))


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (
        part / 12.92 if part <= SRGB_KNEE else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
