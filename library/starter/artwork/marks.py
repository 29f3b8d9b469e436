"""The two brands' logos and favicons."""

from __future__ import annotations

from collections.abc import Callable

from .bluebird import palette as bluebird
from .bluebird.things import bird
from .brightwater import palette as brightwater
from .kit import at, circle, inside, path, picture, rect, stroke, tag

#: Bluebird's letters: one line, one width, drawn from circles of radius 24 on the base line; outline and advance.
LETTERS: dict[str, tuple[str, float]] = {
    "b": ("M0 -84V-24a24 24 0 1 0 24 -24a24 24 0 0 0 -24 24", 48),
    "l": ("M0 -84V0", 0),
    "u": ("M0 -48V-24a24 24 0 0 0 48 0V-48V0", 48),
    "e": ("M2 -24H48A24 24 0 1 0 40 -6", 48),
    "i": ("M0 -48V0M0 -74v-.1", 0),
    "r": ("M0 -48V0M0 -24a24 24 0 0 1 24 -24h2", 26),
    "d": ("M48 -84V-24a24 24 0 1 1 -24 -24a24 24 0 0 1 24 24V0", 48),
    "c": ("M41 -41A24 24 0 1 0 41 -7", 41),
    "o": ("M24 -48a24 24 0 1 0 .1 0Z", 48),
    "f": ("M6 0V-62a20 20 0 0 1 20 -20h2M-8 -46h32", 28),
}


def word(text: str, colour: str, width: float, gap: float = 24) -> str:
    drawn, x = "", 0.0
    for letter in text:
        outline, advance = LETTERS[letter]
        drawn += at(x, 0, stroke(outline, colour, width))
        x += advance + gap
    return drawn


def bluebird_logo(ink: str, second: str) -> str:
    mark = inside(
        "badge",
        circle(80, 80, 74, "#000"),
        circle(80, 80, 74, bluebird.APRICOT) + at(72, 122, bird(), size=0.4),
    )
    return picture(
        mark,
        at(186, 88, word("bluebird", ink, 12), size=0.9),
        at(188, 138, word("coffee", second, 13, 46), size=0.4),
        width=640,
        height=160,
    )


def bluebird_favicon() -> str:
    return picture(
        inside(
            "tile",
            rect(0, 0, 160, 160, "#000", rx=40),
            rect(0, 0, 160, 160, bluebird.APRICOT) + at(72, 128, bird(), size=0.42),
        ),
        width=160,
        height=160,
    )


def roundel() -> str:
    """River, hills and sun in a circle, 160 across."""
    scene = (
        rect(0, 0, 160, 160, brightwater.SKY)
        + circle(106, 56, 18, brightwater.OCHRE)
        + path("M0 82C30 58 60 64 84 80S130 70 160 62V160H0Z", brightwater.MOSS)
        + path("M0 104C30 86 70 92 96 100S140 96 160 92V160H0Z", brightwater.PINE)
        + path(
            "M92 86C60 96 54 106 84 114C120 124 84 138 48 164H118C122 144 158 128 120 112C92 102 84 98 98 87Z",
            "#ffffff",
        )
    )
    return inside("roundel", circle(80, 80, 76, "#000"), scene)


def brightwater_logo(ink: str, second: str) -> str:
    name = tag(
        "text",
        "Brightwater",
        x=182,
        y=88,
        font_family="Noto Serif Display",
        font_weight="600",
        font_size=68,
        fill=ink,
    )
    line = tag(
        "text",
        "TRUST",
        x=186,
        y=140,
        font_family="Noto Sans",
        font_weight="600",
        font_size=25,
        letter_spacing=11,
        fill=second,
    )
    return picture(roundel(), name, line, width=640, height=160)


def brightwater_favicon() -> str:
    return picture(roundel(), width=160, height=160)


#: "light" is for light ground, "dark" for dark; the plain one is the one e-mails use (see brands.toml).
MARKS: dict[str, Callable[[], str]] = {
    "bluebird-logo-light": lambda: bluebird_logo(bluebird.TEAL, bluebird.RUST),
    "bluebird-logo-dark": lambda: bluebird_logo(bluebird.CREAM, bluebird.APRICOT),
    "bluebird-favicon": bluebird_favicon,
    "brightwater-logo": lambda: brightwater_logo("#2f8f83", "#4a8fa8"),
    "brightwater-logo-light": lambda: brightwater_logo(brightwater.FOREST, brightwater.RIVER),
    "brightwater-logo-dark": lambda: brightwater_logo("#f3f8f4", brightwater.SAGE),
    "brightwater-favicon": brightwater_favicon,
}
