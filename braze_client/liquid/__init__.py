"""Braze's Liquid dialect, for showing what one person would receive.

Braze runs every text of a message through Liquid for each recipient: Shopify's Liquid plus ``${…}`` names
(https://www.braze.com/docs/user_guide/personalization_and_dynamic_content/liquid). Here the names are rewritten
and python-liquid does the rest, within limits, and without ever leaving the machine.

    LiquidError   the source cannot be read, or failed while rendering
    Aborted       ``abort_message``: this person gets nothing
"""

from __future__ import annotations

from .bounds import MAX_BITS, MAX_ITEMS, MAX_LOOPS, MAX_OUTPUT
from .errors import Aborted, LiquidError
from .recipient import Campaign, Links, Person
from .rendering import check, is_template, render, strip_comments

__all__ = [
    "MAX_BITS",
    "MAX_ITEMS",
    "MAX_LOOPS",
    "MAX_OUTPUT",
    "Aborted",
    "Campaign",
    "Links",
    "LiquidError",
    "Person",
    "check",
    "is_template",
    "render",
    "strip_comments",
]
