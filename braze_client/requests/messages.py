"""A message in its channels, and whom it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import InstanceOf, PlainSerializer, model_validator

from ..audience import Audience, Json
from ..limits import MAX_IDS
from .base import Identifier, Request, SendIdText
from .email import EmailMessage
from .push import AndroidPush, ApplePush
from .sms import SmsMessage
from .users import UserAlias

RecipientState = Literal["opted_in", "subscribed", "all"]


class Messages(Request):
    """The message by channel; at least one."""

    email: EmailMessage | None = None
    sms: SmsMessage | None = None
    apple_push: ApplePush | None = None
    android_push: AndroidPush | None = None

    @property
    def channels(self) -> dict[str, EmailMessage | SmsMessage | ApplePush | AndroidPush]:
        """Those that are given, by Braze's name."""
        given = {
            "email": self.email,
            "sms": self.sms,
            "apple_push": self.apple_push,
            "android_push": self.android_push,
        }
        return {name: message for name, message in given.items() if message is not None}

    @model_validator(mode="after")
    def _at_least_one(self) -> Self:
        if not self.channels:
            raise ValueError(
                "there is no message: give at least one of email, sms, apple_push and android_push"
            )
        return self


def _audience_json(audience: Audience) -> Json:
    return audience.to_json()


AudienceField = Annotated[InstanceOf[Audience], PlainSerializer(_audience_json)]


def check_recipients(listed: int, *, broadcast: bool | None, widely: bool) -> None:
    """Listed users or a broadcast, never both and never neither. `widely`: a segment or an audience is given."""
    if listed > MAX_IDS:
        raise ValueError(f"{listed} ids and aliases; Braze takes {MAX_IDS} in one call, so split them")
    if not (listed or widely):
        raise ValueError("there are no recipients: give a segment_id, an audience, or users")
    if listed and broadcast:
        raise ValueError("a broadcast cannot list users: leave out broadcast, or the users")
    if not (listed or broadcast):
        raise ValueError("without listed users it is a broadcast: say so with broadcast=True")


class Outgoing(Request):
    """A message and whom it is for.

    For listed users give `external_user_ids` or `user_aliases`; they must exist, and with `segment_id` only
    those of them in the segment get it. For everybody in a segment and/or audience give `broadcast=True`.
    """

    messages: Messages
    broadcast: bool | None = None
    external_user_ids: Sequence[Identifier] | None = None
    user_aliases: Sequence[UserAlias] | None = None
    segment_id: Identifier | None = None
    audience: AudienceField | None = None
    campaign_id: Identifier | None = None
    send_id: SendIdText | None = None
    recipient_subscription_state: RecipientState | None = None

    @model_validator(mode="after")
    def _recipients_fit(self) -> Self:
        listed = len(self.external_user_ids or ()) + len(self.user_aliases or ())
        widely = bool(self.segment_id or self.audience)
        check_recipients(listed, broadcast=self.broadcast, widely=widely)
        return self

    @model_validator(mode="after")
    def _counted_somewhere(self) -> Self:
        lacking = [name for name, each in self.messages.channels.items() if not each.message_variation_id]
        if self.campaign_id and lacking:
            raise ValueError(
                f"with a campaign_id each channel needs the message_variation_id to be counted under: {', '.join(lacking)}"
            )
        if self.send_id and not self.campaign_id:
            raise ValueError("a send_id belongs to a campaign: give its campaign_id")
        return self
