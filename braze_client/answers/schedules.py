"""Answers of the endpoints that book and send, and of /sends/id/create."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from .base import Answer, Listing, Mapped, Part


class Scheduled(Answer):
    """A booking. `schedule_id` is the only handle there will ever be: keep it."""

    schedule_id: Annotated[str, Field(min_length=1)]
    dispatch_id: str | None = None


class Sent(Answer):
    """Accepted for sending now. `send_id` comes with broadcasts of a campaign that were given none."""

    dispatch_id: str | None = None
    send_id: str | None = None
    notice: str | None = None


class TransactionalSent(Answer):
    """A transactional mail on its way, or the answer of the first call with this external_send_id."""

    dispatch_id: str | None = None
    status: str | None = None
    metadata: Mapped[JsonValue] = {}


class SendId(Answer):
    """A send id ready for use with its campaign."""

    send_id: Annotated[str, Field(min_length=1)]


class ScheduledBroadcast(Part):
    """A broadcast made in the dashboard. `next_send_time` is in the zone that `schedule_type` names."""

    id: str | None = None
    name: str | None = None
    type: str | None = None
    """Campaign or Canvas."""
    tags: Listing[str] = []
    next_send_time: str | None = None
    schedule_type: str | None = None


class ScheduledBroadcasts(Answer):
    """Broadcasts to come; those booked by API are never among them."""

    scheduled_broadcasts: list[ScheduledBroadcast]
