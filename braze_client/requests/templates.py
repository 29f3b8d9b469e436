"""Bodies that make and change e-mail templates and content blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from ..limits import MAX_BLOCK_BYTES, MAX_BLOCK_DESCRIPTION, MAX_BLOCK_NAME
from .base import Identifier, OneLine, Request, changing

Text = Annotated[str, Field(min_length=1)]
BlockName = Annotated[str, Field(max_length=MAX_BLOCK_NAME, pattern=r"^[A-Za-z0-9_\-]+$")]
BlockText = Annotated[str, Field(max_length=MAX_BLOCK_DESCRIPTION)]
BlockState = Literal["active", "draft"]


class CreateTemplate(Request):
    """An e-mail template. Tags must exist in Braze."""

    template_name: Text
    subject: Annotated[OneLine, Field(min_length=1)]
    body: Text
    plaintext_body: str | None = None
    preheader: OneLine | None = None
    tags: Sequence[str] | None = None
    should_inline_css: bool | None = None


class UpdateTemplate(Request):
    """New values for some fields of an e-mail template."""

    email_template_id: Identifier
    template_name: Text | None = None
    subject: OneLine | None = None
    body: Text | None = None
    plaintext_body: str | None = None
    preheader: OneLine | None = None
    tags: Sequence[str] | None = None
    should_inline_css: bool | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        return changing(self, {"email_template_id"})


class _Block(Request):
    @field_validator("content", check_fields=False)
    @classmethod
    def _small_enough(cls, content: str | None) -> str | None:
        if content is not None and len(content.encode()) >= MAX_BLOCK_BYTES:
            raise ValueError("a content block must be smaller than 50 KB")
        return content


class CreateBlock(_Block):
    """A content block."""

    name: BlockName
    content: Text
    description: BlockText | None = None
    state: BlockState | None = None
    tags: Sequence[str] | None = None


class UpdateBlock(_Block):
    """New values for some fields of a content block; an active one keeps its name and cannot become a draft."""

    content_block_id: Identifier
    name: BlockName | None = None
    content: Text | None = None
    description: BlockText | None = None
    state: BlockState | None = None
    tags: Sequence[str] | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        return changing(self, {"content_block_id"})
