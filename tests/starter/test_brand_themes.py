"""The brands' colours can be read, in every pair in which modules use them."""

from __future__ import annotations

import pytest

from library.engine.dark import contrast
from library.starter import catalogue

BRANDS = catalogue.brands()
READABLE = 4.5  # WCAG 2.2, 1.4.3

PAIRS = [
    ("text", "surface"),
    ("text", "background"),
    ("muted", "surface"),
    ("muted", "background"),
    ("link", "surface"),
    ("link", "background"),
    ("on_primary", "primary"),
    ("on_accent", "accent"),
    ("accent", "primary"),
]


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_the_pair_is_readable(brand, ink, ground):
    theme = BRANDS[brand].theme
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= READABLE


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_the_pair_is_readable_in_the_dark_look_too(brand, ink, ground):
    theme = BRANDS[brand].theme
    dark = {name: getattr(theme, f"dark_{name}") or getattr(theme, name) for name in (ink, ground)}
    assert contrast(dark[ink], dark[ground]) >= READABLE


@pytest.mark.parametrize("brand", BRANDS)
def test_no_colour_serves_twice_so_that_dark_mode_can_tell_them_apart(brand):
    theme = BRANDS[brand].theme
    colours = [
        theme.primary,
        theme.on_primary,
        theme.accent,
        theme.on_accent,
        theme.background,
        theme.surface,
    ]
    colours += [theme.text, theme.muted, theme.line, theme.link]
    assert len(set(colours)) == len(colours)


def test_the_two_brands_share_no_look():
    bluebird, brightwater = BRANDS["bluebird"].theme, BRANDS["brightwater"].theme
    assert bluebird.heading_font != brightwater.heading_font
    assert bluebird.primary != brightwater.primary
    assert bluebird.radius >= 12 > brightwater.radius
