from __future__ import annotations


class DeliveryError(Exception):
    """Words fit to show."""
