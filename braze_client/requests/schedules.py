"""Bodies of the schedule endpoints and of /sends/id/create."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import InstanceOf, PlainSerializer, model_validator

from ..audience import Audience, Json
from ..limits import MAX_IDS
from .base import Identifier, Request, SendIdText, utc_text
from .email import Messages
from .users import UserAlias


def _time_text(time: datetime) -> str:
    return utc_text(time) if time.tzinfo else f"{time:%Y-%m-%dT%H:%M:%S}"


def _audience_json(audience: Audience) -> Json:
    return audience.to_json()


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


class CreateSchedule(Request):
    """A message, whom it is for, and when.

    For listed users give `external_user_ids` or `user_aliases`; they must exist, and with `segment_id` only
    those of them in the segment get it. For everybody in a segment and/or audience give `broadcast=True`.
    """

    schedule: Schedule
    messages: Messages
    broadcast: bool | None = None
    external_user_ids: Sequence[Identifier] | None = None
    user_aliases: Sequence[UserAlias] | None = None
    segment_id: Identifier | None = None
    audience: Annotated[InstanceOf[Audience], PlainSerializer(_audience_json)] | None = None
    campaign_id: Identifier | None = None
    send_id: SendIdText | None = None
    override_messaging_limits: bool | None = None
    recipient_subscription_state: Literal["opted_in", "subscribed", "all"] | None = None

    @model_validator(mode="after")
    def _recipients_fit(self) -> Self:
        listed = len(self.external_user_ids or ()) + len(self.user_aliases or ())
        if listed > MAX_IDS:
            raise ValueError(f"{listed} ids and aliases; Braze takes {MAX_IDS} in one call, so split them")
        if not (listed or self.segment_id or self.audience):
            raise ValueError("there are no recipients: give a segment_id, an audience, or users")
        if listed and self.broadcast:
            raise ValueError("a broadcast cannot list users: leave out broadcast, or the users")
        if not (listed or self.broadcast):
            raise ValueError("without listed users it is a broadcast: say so with broadcast=True")
        return self

    @model_validator(mode="after")
    def _counted_somewhere(self) -> Self:
        if self.campaign_id and not self.messages.email.message_variation_id:
            raise ValueError(
                "with a campaign_id the e-mail needs the message_variation_id to be counted under"
            )
        if self.send_id and not self.campaign_id:
            raise ValueError("a send_id belongs to a campaign: give its campaign_id")
        return self


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
