"""The e-mail object of a message. https://www.braze.com/docs/api/objects_filters/messaging/email_object"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from .base import Identifier, OneLine, Request

HeaderName = Annotated[
    str, Field(pattern=r"^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$")
]  # RFC 5322, narrowed to RFC 9110 tokens


class Attachment(Request):
    """A file that Braze fetches when it sends: at most 2 MB, answered within two minutes."""

    file_name: Annotated[OneLine, Field(min_length=1)]
    """Without extension: Braze takes that from the type the URL answers with."""
    url: Annotated[str, Field(pattern=r"^https?://")]
    basic_auth_credential: str | None = None


class EmailMessage(Request):
    """A mail. Braze runs every text in it through Liquid for each recipient."""

    app_id: Identifier
    from_: Annotated[OneLine, Field(alias="from", pattern=r"^[^\r\n\x00]+<[^\r\n\x00<>]+>$")]
    """`Display Name <local@domain>`, the domain set up for sending in Braze."""
    subject: OneLine | None = None
    body: str | None = None
    """HTML. Required unless email_template_id is given."""
    plaintext_body: str | None = None
    preheader: OneLine | None = None
    reply_to: OneLine | None = None
    """A bare address, or NO_REPLY_TO for none; absent means the workspace's."""
    bcc: OneLine | None = None
    email_template_id: Identifier | None = None
    message_variation_id: Identifier | None = None
    """Required as soon as a campaign id is given."""
    headers: dict[HeaderName, OneLine] | None = None
    extras: dict[str, str] | None = None
    should_inline_css: bool | None = None
    attachments: Sequence[Attachment] | None = None

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if not (self.body or self.email_template_id):
            raise ValueError("there is nothing to send: give a body or an email_template_id")
        return self
