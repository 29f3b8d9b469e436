"""Bodies of the schedule endpoints, of /messages/send and of /sends/id/create."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import PlainSerializer, model_validator

from .base import Identifier, Request, SendIdText, utc_text
from .messages import Messages, Outgoing


def _time_text(time: datetime) -> str:
    return utc_text(time) if time.tzinfo else time.isoformat(timespec="seconds")


class Schedule(Request):
    """When to send. https://www.braze.com/docs/api/objects_filters/schedule_object

    An absolute time has a zone and is written as UTC. A time on each recipient's own clock, or on the day
    that Braze finds best for each, has none. Prefer `at`, `on_local_clock` and `at_best_time`.
    """

    time: Annotated[datetime, PlainSerializer(_time_text, return_type=str)]
    in_local_time: Literal[True] | None = None
    at_optimal_time: Literal[True] | None = None

    @model_validator(mode="after")
    def _zone_fits(self) -> Self:
        if self.in_local_time and self.at_optimal_time:
            raise ValueError("choose in_local_time or at_optimal_time, not both")
        relative = self.in_local_time or self.at_optimal_time
        if relative and self.time.tzinfo:
            raise ValueError("with in_local_time or at_optimal_time the time must have no zone")
        if not relative and self.time.utcoffset() is None:
            raise ValueError("an absolute time must have a zone, for instance UTC")
        return self

    @classmethod
    def at(cls, time: datetime) -> Self:
        """At one instant everywhere."""
        return cls(time=time)

    @classmethod
    def on_local_clock(cls, time: datetime) -> Self:
        """When each recipient's own clock shows `time`, which has no zone."""
        return cls(time=time, in_local_time=True)

    @classmethod
    def at_best_time(cls, day: date) -> Self:
        """On that day, at the time Braze finds best for each recipient."""
        return cls(time=datetime(day.year, day.month, day.day), at_optimal_time=True)  # noqa: DTZ001 - no zone wanted


class CreateSchedule(Outgoing):
    """A message, whom it is for, and when. Recipients: see `Outgoing`."""

    schedule: Schedule
    override_messaging_limits: bool | None = None
    """Whether to send in spite of frequency caps."""


class SendMessage(Outgoing):
    """A message that goes out at once. Recipients: see `Outgoing`."""

    override_frequency_capping: bool | None = None
    """The same as `override_messaging_limits` of schedules."""


class UpdateSchedule(Request):
    """A new time and/or content. Each replaces the old one whole; nothing else can be changed."""

    schedule_id: Identifier
    schedule: Schedule | None = None
    messages: Messages | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not (self.schedule or self.messages):
            raise ValueError("there is nothing to change: give a schedule, messages, or both")
        return self


class DeleteSchedule(Request):
    """The schedule to cancel."""

    schedule_id: Identifier


class CreateSendId(Request):
    """A label for one mailing of a campaign; Braze makes one up where none is given."""

    campaign_id: Identifier
    send_id: SendIdText | None = None
