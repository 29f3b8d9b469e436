"""The pictures of Bluebird Coffee: round, warm, flat shapes in teal and apricot."""

from __future__ import annotations

from collections.abc import Callable

from .places import counter, evening_music, storefront, window_bird
from .served import autumn_latte, cinnamon_bun, coffee_bag, cold_brew, latte_art, maple_latte, stamp_card

PICTURES: dict[str, Callable[[], str]] = {
    "autumn-latte": autumn_latte,
    "maple-latte": maple_latte,
    "cold-brew": cold_brew,
    "cinnamon-buns": cinnamon_bun,
    "counter": counter,
    "storefront": storefront,
    "coffee-bag": coffee_bag,
    "latte-art": latte_art,
    "stamp-card": stamp_card,
    "window-bird": window_bird,
    "evening-music": evening_music,
}
