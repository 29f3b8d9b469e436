"""Answers of the schedule endpoints and of /sends/id/create."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import Answer


class Scheduled(Answer):
    """A booking. `schedule_id` is the only handle there will ever be: keep it."""

    schedule_id: Annotated[str, Field(min_length=1)]
    dispatch_id: str | None = None


class SendId(Answer):
    """A send id ready for use with its campaign."""

    send_id: Annotated[str, Field(min_length=1)]
