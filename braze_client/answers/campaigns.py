"""Answers about campaigns. Their numbers have the shape of a send's: see `answers.sends`."""

from __future__ import annotations

from pydantic import JsonValue

from .base import Answer, Listing, Mapped, Part


class ListedCampaign(Part):
    """A campaign of the list."""

    id: str
    name: str = ""
    is_api_campaign: bool | None = None
    last_edited: str | None = None
    tags: Listing[str] = []


class CampaignPage(Answer):
    """A page of campaigns; one with fewer than 100 is the last."""

    campaigns: list[ListedCampaign]


class CampaignMessage(Part):
    """A message of a campaign. Only `channel` and `name` can be relied on where content comes by API."""

    channel: str | None = None
    name: str | None = None
    type: str | None = None
    """`control` for the part of the audience that gets nothing."""


class CampaignDetails(Answer):
    """A campaign; `messages` is keyed by message variation id."""

    messages: Mapped[CampaignMessage] = {}
    name: str | None = None
    description: str | None = None
    archived: bool | None = None
    draft: bool | None = None
    enabled: bool | None = None
    schedule_type: str | None = None
    channels: Listing[str] = []
    tags: Listing[str] = []
    teams: Listing[str] = []
    created_at: str | None = None
    updated_at: str | None = None
    first_sent: str | None = None
    last_sent: str | None = None
    conversion_behaviors: Listing[JsonValue] = []

    def variations(self, channel: str = "email") -> dict[str, str]:
        """Variation id to name of the messages of one channel, control groups left out."""
        return {
            variation_id: message.name or ""
            for variation_id, message in self.messages.items()
            if message.channel == channel and message.type != "control"
        }
