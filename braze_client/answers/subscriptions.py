"""Answers about subscription groups. States are in lower case, however Braze spells them."""

from __future__ import annotations

from .base import Answer, Listing, Lowered, Part


class SubscriptionStatus(Answer):
    """User to state: subscribed, unsubscribed or unknown."""

    status: dict[str, Lowered]


class GroupState(Part):
    """A user's state in one group."""

    id: str
    name: str | None = None
    channel: str | None = None
    status: Lowered | None = None


class UserGroups(Part):
    """A user and the groups."""

    external_id: str | None = None
    email: str | None = None
    phone: str | None = None
    subscription_groups: Listing[GroupState] = []


class UserSubscriptions(Answer):
    """Users with their groups; `total_count` is that of all pages."""

    users: list[UserGroups]
    total_count: int | None = None
    success: bool | None = None
