"""Bodies that set off campaigns whose content lives in Braze."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from ..retry import Repeat
from .base import Identifier, Request, SendIdText
from .email import Attachment
from .messages import AudienceField, check_recipients
from .schedules import Schedule
from .users import UserAlias

Properties = dict[str, JsonValue]
#: Which of several profiles with one address is meant.
Preference = Literal["identified", "unidentified", "most_recently_updated", "least_recently_updated"]


class Recipient(Request):
    """One person, named in one way. `trigger_properties` win over those of the whole call.

    With `send_to_existing_only=False` and `attributes` the profile is made first.
    """

    external_user_id: Identifier | None = None
    user_alias: UserAlias | None = None
    braze_id: Identifier | None = None
    email: Identifier | None = None
    prioritization: Annotated[Sequence[Preference], Field(min_length=1)] | None = None
    trigger_properties: Properties | None = None
    send_to_existing_only: bool | None = None
    attributes: Properties | None = None

    @model_validator(mode="after")
    def _one_person(self) -> Self:
        if (self.external_user_id, self.user_alias, self.braze_id, self.email).count(None) != 3:  # noqa: PLR2004 - of four
            raise ValueError("give exactly one of external_user_id, user_alias, braze_id and email")
        if self.prioritization and not self.email:
            raise ValueError("prioritization chooses among the profiles of an e-mail address: give one")
        return self

    @model_validator(mode="after")
    def _can_be_made(self) -> Self:
        if self.send_to_existing_only is False and self.user_alias:
            raise ValueError("a profile cannot be made from an alias: leave send_to_existing_only out")
        if self.send_to_existing_only is False and not self.attributes:
            raise ValueError("send_to_existing_only=False makes profiles from attributes: give some")
        return self


class TriggerCampaign(Request):
    """Who gets an API-triggered campaign: up to 50 recipients, or a broadcast to its segments or an audience."""

    campaign_id: Identifier
    send_id: SendIdText | None = None
    trigger_properties: Properties | None = None
    broadcast: bool | None = None
    audience: AudienceField | None = None
    recipients: Sequence[Recipient] | None = None
    attachments: Sequence[Attachment] | None = None

    @model_validator(mode="after")
    def _recipients_fit(self) -> Self:
        # A broadcast without an audience goes to the segments set in the dashboard.
        widely = bool(self.audience or self.broadcast)
        check_recipients(len(self.recipients or ()), broadcast=self.broadcast, widely=widely)
        if self.broadcast and self.attachments:
            raise ValueError("a broadcast cannot carry attachments")
        return self


class ScheduleTrigger(TriggerCampaign):
    """The same at a time."""

    schedule: Schedule


class UpdateTriggerSchedule(Request):
    """A new time for a booked campaign; it replaces the old one whole."""

    campaign_id: Identifier
    schedule_id: Identifier
    schedule: Schedule


class DeleteTriggerSchedule(Request):
    """The booked campaign to cancel."""

    campaign_id: Identifier
    schedule_id: Identifier


class SendTransactional(Request):
    """A mail to one person. `external_send_id` is by which Braze drops doubles for 24 hours."""

    recipient: Recipient
    external_send_id: Annotated[str, Field(pattern=r"^[a-zA-Z0-9\-_+/=]+$")] | None = None
    trigger_properties: Properties | None = None

    @property
    def repeat(self) -> Repeat:
        """Without an id a repeated call is a second mail."""
        return Repeat.HARMLESS if self.external_send_id else Repeat.HARMFUL
