"""Whom a message is rendered for, and what of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """A recipient: ``attributes`` are Braze's own names (first_name, email_address …), ``custom`` the brand's.

    ``trigger`` is what a call that triggers a campaign brings along for this recipient.
    """

    attributes: Mapping[str, Any] = field(default_factory=dict)
    custom: Mapping[str, Any] = field(default_factory=dict)
    subscriptions: Mapping[str, str] = field(default_factory=dict)
    device: Mapping[str, Any] = field(default_factory=dict)
    trigger: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Campaign:
    """What ``campaign.${…}`` knows of the sending."""

    api_id: str = ""
    dispatch_id: str = ""
    name: str = ""
    message_name: str = ""
    message_api_id: str = ""

    def names(self) -> dict[str, str]:
        """The names behind ``campaign.``."""
        return {slot: getattr(self, slot) for slot in self.__slots__}


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses Braze makes for one recipient of one mail."""

    unsubscribe: str = ""
    one_click_unsubscribe: str = ""
    subscribe: str = ""
    opt_in: str = ""
    preference_center: str = ""
    footer: str = ""
    preference_centers: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> dict[str, str]:
        """The names of the tag list on which these addresses appear."""
        return {
            "set_user_to_unsubscribed_url": self.unsubscribe,
            "unsubscribe_url": self.unsubscribe,
            "set_user_to_one_click_list_unsubscribe": self.one_click_unsubscribe,
            "set_user_to_subscribed_url": self.subscribe,
            "set_user_to_opted_in_url": self.opt_in,
            "preference_center_url": self.preference_center,
            "email_footer": self.footer,
        }
