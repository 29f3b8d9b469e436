"""What a key must be allowed to do, in Braze's names, and what stops without it.

https://www.braze.com/docs/partners/message_orchestration/templates/smartersends
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Permission:
    """`name` as Braze's dashboard lists it. `without_it` is what people notice."""

    name: str
    purpose: Promise
    without_it: Promise


#: The ten that a key is made with, what matters most first.
NEEDED: Final = (
    Permission(
        "messages.schedule.create", _("Send campaigns"), _("No campaign and no test mail can be sent.")
    ),
    Permission(
        "messages.schedule.update",
        _("Move a scheduled campaign"),
        _("A changed campaign has to be cancelled and scheduled anew."),
    ),
    Permission(
        "messages.schedule.delete",
        _("Cancel a scheduled campaign"),
        _("What has been handed to Braze cannot be stopped from here any more."),
    ),
    Permission(
        "sends.id.create",
        _("Count each mailing by itself"),
        _("Campaigns still go out, but their numbers cannot be told apart."),
    ),
    Permission("sends.data_series", _("Read a mailing's numbers"), _("Campaigns show no opens and clicks.")),
    Permission("segments.list", _("Find segments"), _("No new Braze segments can be offered to groups.")),
    Permission(
        "segments.details", _("Describe segments"), _("Segments show without Braze's description of them.")
    ),
    Permission("segments.data_series", _("Size of segments"), _("Audiences show no size and no trend.")),
    Permission(
        "users.export.ids",
        _("Preview as a real person"),
        _("No preview with a real customer's data, and contacts cannot be looked up."),
    ),
    Permission(
        "users.track",
        _("Write contacts and opt-outs"),
        _("Contacts cannot be uploaded or changed, and opt-outs cannot be passed on."),
    ),
)

#: What a key may hold beyond that; nothing stops without them.
EXTRA: Final = (
    Permission(
        "campaigns.details",
        _("Read the campaign and its variations"),
        _("Message variations are pasted or imported instead of found."),
    ),
    Permission(
        "custom_attributes.get",
        _("List custom attributes"),
        _("Custom attributes are typed in or learned from sample profiles."),
    ),
    Permission(
        "messages.send",
        _("Send at once"),
        _("“Now” is a schedule a minute ahead, which can still be taken back."),
    ),
)

NEEDED_NAMES: Final = frozenset(each.name for each in NEEDED)
#: The one without which nothing is sent.
SENDING: Final = "messages.schedule.create"
