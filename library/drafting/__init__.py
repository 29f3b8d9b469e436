"""What an admin does to a draft: pure functions from one legal template spec to the next.

Each either returns a spec that is legal, or raises DraftError in words fit to show and changes nothing.
"""

from __future__ import annotations

from library.drafting.base import DraftError, Filled, Mode, Spot, filled, part
from library.drafting.fields import declared, mode_of, open_only, set_field, set_mode, set_options
from library.drafting.parts import (
    add,
    duplicate,
    move,
    remove,
    rename,
    repeat,
    show_always,
    show_optionally,
)
from library.drafting.whole import describe, take_modules, track
from library.drafting.zones import (
    add_item,
    add_kind,
    keep_order,
    limit_kind,
    move_item,
    move_kind,
    remove_item,
    remove_kind,
    set_item_value,
)

__all__ = [
    "DraftError",
    "Filled",
    "Mode",
    "Spot",
    "add",
    "add_item",
    "add_kind",
    "declared",
    "describe",
    "duplicate",
    "filled",
    "keep_order",
    "limit_kind",
    "mode_of",
    "move",
    "move_item",
    "move_kind",
    "open_only",
    "part",
    "remove",
    "remove_item",
    "remove_kind",
    "rename",
    "repeat",
    "set_field",
    "set_item_value",
    "set_mode",
    "set_options",
    "show_always",
    "show_optionally",
    "take_modules",
    "track",
]
