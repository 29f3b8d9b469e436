"""A dark look for mail programs that allow one, derived from the brand's own colours.

Colours stand inline (most clients drop style sheets), so the rules find them there by attribute selector: whatever a
module paints in a colour of the theme turns, and what it paints in the brand's signal colours stays.
"""

from __future__ import annotations

from functools import lru_cache

from library.engine.context import Theme

BACKGROUND, SURFACE, TEXT, MUTED, LINE = "#101316", "#1b1f24", "#f2f4f6", "#b9c0c8", "#3b424b"
READABLE_CONTRAST = 4.5
#: Where sRGB turns from a line into a curve (IEC 61966-2-1).
SRGB_KNEE = 0.04045


@lru_cache(maxsize=256)
def style(theme: Theme) -> str:
    """For Apple Mail and its like by media query, for Outlook.com by the attributes it puts on the page."""
    painted, written = _painted(theme), _written(theme)
    rules = "".join(f"{selectors}{{{look}}}" for selectors, look in [*painted, *written])
    outlook = "".join(f"{_under('[data-ogsb]', names)}{{{look}}}" for names, look in painted) + "".join(
        f"{_under('[data-ogsc]', names)}{{{look}}}" for names, look in written
    )
    return f":root{{color-scheme:light dark}}@media (prefers-color-scheme:dark){{{rules}}}{outlook}"


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
    grounds = {theme.background: BACKGROUND, theme.surface: SURFACE}
    return [
        (f'[style*="background-color:{old}"]', f"background-color:{new}!important")
        for old, new in grounds.items()
    ]


def _written(theme: Theme) -> list[tuple[str, str]]:
    turned = _turned(theme)
    signals = {theme.primary, theme.accent} - {theme.background, theme.surface}
    stay = [(ground, ink) for ground in sorted(signals) for ink in turned if _lost(turned[ink], ground)]
    return [
        *((_ink(old), f"color:{new}!important") for old, new in turned.items()),
        (f'[style*="solid 1px {theme.line}"]', f"border-color:{LINE}!important"),
        *((_on(ground, ink), f"color:{ink}!important") for ground, ink in stay),
    ]


def _turned(theme: Theme) -> dict[str, str]:
    """What each colour of the light look is written in."""
    signals = {colour: lightened(colour, SURFACE) for colour in (theme.primary, theme.accent, theme.link)}
    return {**signals, theme.muted: MUTED, theme.text: TEXT}


def _lost(ink: str, ground: str) -> bool:
    return contrast(ink, ground) < READABLE_CONTRAST


def _ink(colour: str) -> str:
    # The semicolon tells color from background-color; mrml writes the colour behind the font.
    return f'[style*=";color:{colour}"]'


def _on(ground: str, ink: str) -> str:
    """What is written in the ink on something that keeps its ground: a button, a section, a column."""
    return f'[style*="background:{ground}"] {_ink(ink)},[style*="background-color:{ground}"] {_ink(ink)}'


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
