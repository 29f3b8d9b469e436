from __future__ import annotations


class NotConnected(Exception):
    """The brand's Braze connection is incomplete; the text says what to set."""
