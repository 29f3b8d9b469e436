from __future__ import annotations


class LibraryError(Exception):
    """Words fit to show."""
