"""Bodies that make and change preference centres."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from .base import Request, changing

Page = Annotated[str, Field(min_length=1)]
State = Literal["active", "draft"]


class CreatePreferenceCenter(Request):
    """A preference centre: its page, and the one that confirms."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_\-]+$")]
    preference_center_page_html: Page
    confirmation_page_html: Page
    preference_center_title: str | None = None
    state: State | None = None
    options: dict[str, JsonValue] | None = None


class UpdatePreferenceCenter(Request):
    """New values for some fields of a preference centre. Its name is fixed."""

    preference_center_page_html: Page | None = None
    confirmation_page_html: Page | None = None
    preference_center_title: str | None = None
    state: State | None = None
    options: dict[str, JsonValue] | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        return changing(self, set())
