"""Answers of the lists of e-mail addresses."""

from __future__ import annotations

from .base import Answer, Part


class Bounced(Part):
    """An address that bounced. The time is as Braze writes it; see `braze_client.times`."""

    email: str
    hard_bounced_at: str | None = None


class HardBounces(Answer):
    """Addresses that bounced."""

    emails: list[Bounced]


class Unsubscribed(Part):
    """An address that unsubscribed. The time is as Braze writes it; see `braze_client.times`."""

    email: str
    unsubscribed_at: str | None = None


class Unsubscribes(Answer):
    """Addresses that unsubscribed."""

    emails: list[Unsubscribed]
