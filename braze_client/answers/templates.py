"""Answers about e-mail templates and content blocks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from .base import Answer, Listing, Part

Id = Annotated[str, Field(min_length=1)]


class TemplateSaved(Answer):
    """An e-mail template made or changed."""

    email_template_id: str | None = None


class ListedTemplate(Part):
    """An e-mail template of the list."""

    email_template_id: Id
    template_name: str = ""
    created_at: str | None = None
    updated_at: str | None = None
    tags: Listing[str] = []


class TemplateList(Answer):
    """E-mail templates; `count` is how many there are in this answer."""

    templates: list[ListedTemplate]
    count: int | None = None


class TemplateDetails(Answer):
    """An e-mail template."""

    email_template_id: Id
    template_name: str | None = None
    description: str | None = None
    subject: str | None = None
    preheader: str | None = None
    body: str | None = None
    plaintext_body: str | None = None
    should_inline_css: bool | None = None
    tags: Listing[str] = []
    created_at: str | None = None
    updated_at: str | None = None


class BlockSaved(Answer):
    """A content block made or changed; `liquid_tag` is how a message uses it."""

    content_block_id: str | None = None
    liquid_tag: str | None = None
    created_at: str | None = None


class ListedBlock(Part):
    """A content block of the list."""

    content_block_id: Id
    name: str = ""
    content_type: str | None = None
    liquid_tag: str | None = None
    inclusion_count: int | None = None
    created_at: str | None = None
    last_edited: str | None = None
    tags: Listing[str] = []


class BlockList(Answer):
    """Content blocks; `count` is how many there are in this answer."""

    content_blocks: list[ListedBlock]
    count: int | None = None


class BlockDetails(Answer):
    """A content block."""

    content_block_id: Id
    name: str | None = None
    content: str | None = None
    description: str | None = None
    content_type: str | None = None
    liquid_tag: str | None = None
    tags: Listing[str] = []
    created_at: str | None = None
    last_edited: str | None = None
    inclusion_count: int | None = None
    inclusion_data: Listing[JsonValue] = []
