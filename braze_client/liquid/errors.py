"""What Liquid can end in besides text."""

from __future__ import annotations


class LiquidError(ValueError):
    """The source is not valid Liquid, or failed for this person. The text is fit to show."""


class Aborted(Exception):
    """``{% abort_message('reason') %}``: this recipient gets nothing. ``reason`` may be empty."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
