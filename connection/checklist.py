"""What has to be right in Braze before mails arrive and count, told from what can be seen or ticked by a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Group
from library.engine.footer import HEADERS
from workspace.models import Workspace

#: Ticked by a person, by key of `Workspace.confirmed`.
BY_HAND: Final = {
    "re_eligibility": gettext_lazy("Re-eligibility is on, with no delay"),
    "sending_domain": gettext_lazy("The sending domain is verified in Braze"),
    "api_campaign": gettext_lazy("The campaign is an API campaign with an e-mail message"),
}
#: A tick speaks of what was set when it was made.
_ABOUT: Final = {
    "re_eligibility": {"campaign_id", "endpoint"},
    "api_campaign": {"campaign_id", "endpoint"},
    "sending_domain": {"sending_domain", "endpoint"},
}


@dataclass(frozen=True)
class Item:
    """One line. `done` is None where nothing can be said yet; `tick` names it where a person ticks it."""

    title: str
    words: str
    done: bool | None
    tick: str = ""
    by: str = ""
    at: datetime | None = None
    url: str = ""
    link: str = ""


def still_true(confirmed: Mapping[str, Any], changed: Iterable[str]) -> dict[str, Any]:
    """The ticks that a change of these details leaves standing."""
    touched = set(changed)
    return {item: tick for item, tick in confirmed.items() if not _ABOUT.get(item, set()) & touched}


def items(workspace: Workspace) -> list[Item]:
    return [
        _campaign(workspace),
        _by_hand(
            workspace,
            "re_eligibility",
            _(
                "On the campaign's Entry settings. Without it each person gets the first mailing and then, "
                "silently, nothing any more."
            ),
        ),
        _by_hand(
            workspace,
            "sending_domain",
            _(
                "Braze sends from addresses of %(domain)s only when it is set up under Settings > Email Preferences."
            )
            % {"domain": workspace.sending_domain},
        ),
        Item(
            _("One-click unsubscribe headers"),
            _("Braze adds none to API campaigns, so every mail from here carries %(names)s.")
            % {"names": ", ".join(HEADERS)},
            done=True,
        ),
        _default_variation(workspace),
        _group_variations(),
        Item(
            _("A fence is set"),
            _("A group reaches only people in whom %(name)s has the group's value.")
            % {"name": workspace.fence_attribute}
            if workspace.fence_attribute
            else _("Without a fence attribute nothing can be sent."),
            done=bool(workspace.fence_attribute),
        ),
    ]


def _by_hand(workspace: Workspace, item: str, words: str) -> Item:
    tick = workspace.confirmed.get(item)
    if tick is None:
        return Item(str(BY_HAND[item]), words, done=False, tick=item)
    at = datetime.fromisoformat(tick["at"])
    return Item(str(BY_HAND[item]), words, done=True, tick=item, by=tick["by"], at=at)


def _campaign(workspace: Workspace) -> Item:
    seen = workspace.campaign_seen
    if not seen:
        words = _(
            "Its page in Braze says “API campaign”. A key that holds campaigns.details can look by itself."
        )
        return _by_hand(workspace, "api_campaign", words)
    title = str(BY_HAND["api_campaign"])
    if seen["is_archived"]:
        return Item(title, _("“%(name)s” is archived in Braze.") % {"name": seen["name"]}, done=False)
    # The value for API campaigns is not published; anything that names an API is one.
    is_api = "api" in seen["schedule_type"].casefold()
    if not seen["variations"]:
        return Item(title, _("“%(name)s” has no e-mail message yet.") % {"name": seen["name"]}, done=False)
    words = _("“%(name)s”, with %(count)d e-mail messages, as Braze told at the last check.") % {
        "name": seen["name"],
        "count": len(seen["variations"]),
    }
    return Item(title, words, done=is_api)


def _default_variation(workspace: Workspace) -> Item:
    title, pk = _("A default variation is set"), workspace.default_variation_id
    if not pk:
        return Item(title, _("Without one, a group that has none of its own cannot send."), done=False)
    known = workspace.campaign_seen.get("variations")
    if known and pk not in known:
        return Item(
            title, _("Braze knows no e-mail message %(id)s in this campaign.") % {"id": pk}, done=False
        )
    return Item(title, workspace.default_variation_name or pk, done=True)


def _group_variations() -> Item:
    own = ~Q(message_variation_id="")
    counts = Group.objects.locations().aggregate(total=Count("pk"), own=Count("pk", filter=own))
    words = _("%(own)d of %(total)d groups have their own; the others share the default one and its numbers.")
    return Item(
        _("A message variation for each group"),
        words % counts if counts["total"] else _("There are no groups yet."),
        done=0 < counts["total"] == counts["own"],
        url=reverse("connection:variations"),
        link=_("Variations"),
    )
