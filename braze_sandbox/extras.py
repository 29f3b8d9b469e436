"""What a workspace holds beyond keys, apps, campaigns and segments: groups, tags, broadcasts, campaigns' content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from braze_sandbox.audience import BadAudience, validate

CampaignKind = Literal["api", "triggered", "transactional"]
CHANNELS = ("email", "sms")


class BadExtra(ValueError):
    """A part of a definition that cannot be read. The text says where and why."""


@dataclass(frozen=True, slots=True)
class Group:
    """A subscription group; ``channel`` is email or sms."""

    id: str
    name: str
    channel: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the dashboard knows of a campaign.

    ``messages`` are the channel objects a triggered campaign sends, by variation id; ``audience`` narrows to whom.
    """

    kind: CampaignKind = "api"
    description: str = ""
    tags: list[str] = field(default_factory=list)
    archived: bool = False
    created: str = "2026-01-05T09:00:00Z"
    edited: str = "2026-01-05T09:00:00Z"
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    audience: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Extras:
    """``broadcasts`` are the dashboard's own scheduled sends, as /messages/scheduled_broadcasts shows them."""

    groups: dict[str, Group] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    broadcasts: list[dict[str, Any]] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)

    def card(self, campaign: str) -> Card:
        return self.cards.get(campaign, Card())

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> Extras:
        """From what ``read_extras`` made."""
        return cls(
            {one["id"]: Group(**one) for one in kept.get("groups", [])},
            frozenset(kept.get("tags", [])),
            kept.get("broadcasts", []),
            {identity: Card(**one) for identity, one in kept.get("cards", {}).items()},
        )


def read_extras(wish: Mapping[str, Any]) -> dict[str, Any]:
    """The extras of a workspace's definition, complete with defaults. Raises BadExtra."""
    return {
        "groups": [_group(one) for one in wish.get("subscription_groups") or []],
        "tags": [str(one) for one in wish.get("tags") or []],
        "broadcasts": [_broadcast(one) for one in wish.get("scheduled_broadcasts") or []],
        "cards": {one["id"]: _card(one) for one in wish.get("campaigns") or []},
    }


def _group(one: Mapping[str, Any]) -> dict[str, Any]:
    channel = one.get("channel", "email")
    if channel not in CHANNELS or not one.get("id"):
        raise BadExtra("subscription_groups: each has an id and a channel, email or sms.")
    return {"id": str(one["id"]), "name": str(one.get("name", "")), "channel": channel}


def _broadcast(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": str(one["name"]),
        "id": str(one["id"]),
        "type": str(one.get("type", "Campaign")),
        "tags": [str(tag) for tag in one.get("tags") or []],
        "next_send_time": str(one["next_send_time"]),
        "schedule_type": str(one.get("schedule_type", "local_time_zones")),
    }


def _card(one: Mapping[str, Any]) -> dict[str, Any]:
    kind = one.get("kind", "api")
    if kind not in get_args(CampaignKind):
        raise BadExtra(f"campaigns: the kind of {one['id']} may be {', '.join(get_args(CampaignKind))}.")
    if one.get("audience") is not None:
        _check_audience(one)
    made = str(one.get("created", Card().created))
    contents = {each["id"]: each["message"] for each in one.get("variations") or [] if each.get("message")}
    return {
        "kind": kind,
        "description": str(one.get("description", "")),
        "tags": [str(tag) for tag in one.get("tags") or []],
        "archived": one.get("archived") is True,
        "created": made,
        "edited": str(one.get("last_edited", made)),
        "messages": contents,
        "audience": one.get("audience"),
    }


def _check_audience(one: Mapping[str, Any]) -> None:
    try:
        validate(one["audience"], default_attributes=True)
    except BadAudience as error:
        raise BadExtra(f"campaigns: the audience of {one['id']}: {error}") from error
