"""The push objects of a message.

https://www.braze.com/docs/api/objects_filters/messaging/apple_object
https://www.braze.com/docs/api/objects_filters/messaging/android_object
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, JsonValue, field_validator, model_validator

from ..limits import MAX_ANDROID_PUSH_BYTES, MAX_APPLE_PUSH_BYTES, MAX_TIME_TO_LIVE
from .base import Identifier, Instant, Request

Extra = dict[str, JsonValue]


class PushMessage(Request):
    """What Apple and Android push have in common."""

    most_bytes: ClassVar[int]

    extra: Extra | None = None
    message_variation_id: Identifier | None = None
    """Required as soon as a campaign id is given."""
    sound: str | None = None
    custom_uri: str | None = None
    send_to_most_recent_device_only: bool | None = None
    buttons: Sequence[dict[str, JsonValue]] | None = None

    @model_validator(mode="after")
    def _short_enough(self) -> Self:
        """The variation is Braze's own business and does not travel to the device."""
        payload = self.model_dump_json(by_alias=True, exclude_none=True, exclude={"message_variation_id"})
        size = len(payload.encode())
        if size > self.most_bytes:
            raise ValueError(f"{size:,} bytes; a push of this kind has at most {self.most_bytes:,}")
        return self


class AppleAlert(Request):
    """An alert in parts; keys ending in `_loc_key` are looked up in the app."""

    body: str | None = None
    title: str | None = None
    title_loc_key: str | None = None
    title_loc_args: Sequence[str] | None = None
    action_loc_key: str | None = None
    loc_key: str | None = None
    loc_args: Sequence[str] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.body or self.title or self.loc_key or self.title_loc_key):
            raise ValueError("there is nothing to show: give a body, a title, or the key of one")
        return self


class ApplePush(PushMessage):
    """A push to Apple devices: an alert, or `content_available` for a silent one."""

    most_bytes = MAX_APPLE_PUSH_BYTES

    alert: Annotated[str, Field(min_length=1)] | AppleAlert | None = None
    badge: Annotated[int, Field(ge=0)] | None = None
    content_available: bool | None = Field(default=None, alias="content-available")
    interruption_level: Literal["passive", "active", "time-sensitive", "critical"] | None = None
    relevance_score: Annotated[float, Field(ge=0, le=1)] | None = None
    expiry: Instant | None = None
    notification_group_thread_id: str | None = None
    asset_url: str | None = None
    asset_file_type: str | None = None
    collapse_id: str | None = None
    mutable_content: bool | None = None
    category: str | None = None
    apns_priority: Literal[5, 10] | None = None

    @field_validator("extra")
    @classmethod
    def _keys_are_free(cls, extra: Extra | None) -> Extra | None:
        if extra and not {"ab", "aps"}.isdisjoint(extra):
            raise ValueError("the keys ab and aps belong to Braze and to Apple")
        return extra

    @model_validator(mode="after")
    def _has_a_purpose(self) -> Self:
        if not (self.alert or self.content_available):
            raise ValueError(
                "there is nothing to send: give an alert, or content_available for a silent push"
            )
        return self


class AndroidPush(PushMessage):
    """A push to Android devices."""

    most_bytes = MAX_ANDROID_PUSH_BYTES

    alert: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    notification_channel_id: str | None = None
    priority: Annotated[int, Field(ge=-2, le=2)] | None = None
    android_priority: Literal["normal", "high"] | None = None
    send_to_sync: bool | None = None
    collapse_key: str | None = None
    summary_text: str | None = None
    time_to_live: Annotated[int, Field(ge=0, le=MAX_TIME_TO_LIVE)] | None = None
    """Seconds; at most 28 days."""
    notification_id: int | None = None
    push_icon_image_url: str | None = None
    accent_color: int | None = None
    conversation_data: dict[str, JsonValue] | None = None
