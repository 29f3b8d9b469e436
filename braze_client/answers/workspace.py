"""Answers about what a workspace has: custom attributes, people by the day, preference centres."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from .base import Answer, Listing, Lowered, Mapped, Part


class CustomAttribute(Part):
    """A custom attribute. `data_type` is Braze's word, for instance "String (Automatically Detected)"."""

    name: str
    data_type: str | None = None
    description: str | None = None
    status: Lowered | None = None
    array_length: int | None = None
    tag_names: Listing[str] = []


class AttributePage(Answer):
    """Up to 50 custom attributes."""

    attributes: list[CustomAttribute]

    @property
    def next_cursor(self) -> str | None:
        """Where the list goes on; None on the last page."""
        return self.call.next_cursor


class KpiDay(Part):
    """A day (YYYY-MM-DD); the one number that was asked for is there."""

    time: str
    dau: int | None = None
    mau: int | None = None
    new_users: int | None = None
    uninstalls: int | None = None


class KpiSeries(Answer):
    """A number by the day."""

    data: Listing[KpiDay] = []


class ListedPreferenceCenter(Part):
    """A preference centre of the list."""

    name: str
    preference_center_api_id: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


class PreferenceCenterList(Answer):
    """The preference centres made by API."""

    preference_centers: list[ListedPreferenceCenter]


class PreferenceCenter(Answer):
    """A preference centre with its pages."""

    name: str | None = None
    preference_center_api_id: str | None = None
    preference_center_title: str | None = None
    preference_center_page_html: str | None = None
    confirmation_page_html: str | None = None
    state: Lowered | None = None
    options: Mapped[JsonValue] = {}
    created_at: str | None = None
    updated_at: str | None = None


class PreferenceCenterSaved(Answer):
    """A preference centre made or changed; `liquid_tag` is how a mail links to it."""

    preference_center_api_id: str | None = None
    liquid_tag: str | None = None
    created_at: str | None = None


class PreferenceCenterUrl(Answer):
    """One person's own address of a preference centre."""

    preference_center_url: Annotated[str, Field(min_length=1)]
