from __future__ import annotations


class AudienceError(Exception):
    """Words fit to show: why this group cannot write to anybody yet."""
