"""The SMS object of a message. https://www.braze.com/docs/api/objects_filters/messaging/sms_object"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from .base import Identifier, Request

Url = Annotated[str, Field(pattern=r"^https?://\S+$")]


class SmsMessage(Request):
    """A text message. Braze bills by segments of 160 GSM-7 or 70 UCS-2 characters and publishes no longest one."""

    app_id: Identifier
    subscription_group_id: Identifier
    body: Annotated[str, Field(min_length=1)]
    message_variation_id: Identifier | None = None
    """Required as soon as a campaign id is given."""
    media_items: Sequence[Url] | None = None
    link_shortening_enabled: bool | None = None
    user_click_tracking_enabled: bool | None = None
