"""Taking campaigns to another version of their template, and settling what that leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from campaigns import three_way
from campaigns.errors import CampaignError
from campaigns.models import Campaign, Event
from campaigns.open_points import OpenPoint, open_points
from campaigns.services.sending import held
from campaigns.three_way import Merged
from library import engine
from library.models import TemplateVersion

MINE, THEIRS = "mine", "theirs"

__all__ = ["MINE", "THEIRS", "OpenPoint", "merge", "merged", "open_points", "settle", "take_newer"]


@transaction.atomic
def merge(campaign: Campaign, version: TemplateVersion, *, by: User) -> Campaign:
    """Take a draft, or what is in review, to this version. A second time changes nothing.

    What is in review becomes a draft again: whoever was to approve it has not seen this. Raises CampaignError for a
    campaign that has gone further.
    """
    locked = held(campaign)
    if locked.template_version_id == version.pk:
        return locked
    if locked.status == Campaign.Status.IN_REVIEW:
        locked.back_to_draft(
            by=by, note=_("Your brand has changed the template. Look it over and submit it again.")
        )
    if not locked.editable or locked.template_version.template_id != version.template_id:
        raise CampaignError(
            _("This campaign is “%(now)s” and stays on its version of the template.")
            % {"now": locked.get_status_display()}
        )
    return put(locked, version, merged(locked, version), by=by)


@transaction.atomic
def take_newer(campaign: Campaign, *, by: User) -> Campaign:
    """The same by whoever composes it: to the version that is published now."""
    current = held(campaign).template_version.template.current
    if current is None:
        raise CampaignError(_("Your brand has retired this template. Start again from another one."))
    return merge(campaign, current, by=by)


def merged(campaign: Campaign, version: TemplateVersion) -> Merged:
    """What the campaign would become. Writes nothing."""
    return three_way.merge(
        campaign.template_version.engine_spec(), version.engine_spec(), campaign.values,
        today=timezone.now().date(),
    )  # fmt: skip


def put(locked: Campaign, version: TemplateVersion, result: Merged, *, by: User) -> Campaign:
    """Write a merge into a row that is held, with its trace."""
    note = told(locked, version, result)
    locked.revisions = _grown(locked.revisions, locked.values, result.values)
    locked.template_version, locked.values = version, result.values
    locked.open_points = [*_older(locked, result), *(point.as_json() for point in result.points)]
    locked.changed_by = by
    locked.save()
    locked.events.create(kind=Event.Kind.MERGED, by=by, before=locked.status, note=note)
    return locked


def told(campaign: Campaign, version: TemplateVersion, result: Merged) -> str:
    """The sentence that the trace keeps."""
    note = _("Version %(old)d → %(new)d of “%(template)s”.") % {
        "old": campaign.template_version.number, "new": version.number, "template": version.template.name,
    }  # fmt: skip
    count = len(result.points)
    if not count:
        return note
    asks = ngettext("%(n)d point needs a decision.", "%(n)d points need a decision.", count) % {"n": count}
    return f"{note} {asks}"


def _older(campaign: Campaign, result: Merged) -> list[dict[str, Any]]:
    """Points of an earlier merge that are still to be decided. A new one about words that stand there replaces its elder."""
    asked = {point.path for point in result.points}
    return [each.__dict__ for each in open_points(campaign) if not (each.keeps_mine and each.path in asked)]


def _grown(
    revisions: Mapping[str, int], before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, int]:
    """Every path whose value is another now counts as saved, so that a tab still open does not overwrite it unseen."""
    old, new = _flat(before), _flat(after)
    changed = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    return {**revisions, **{path: revisions.get(path, 0) + 1 for path in changed}}


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by path."""
    flat: dict[str, Any] = {}
    for place, there in values.items():
        items = enumerate(there) if isinstance(there, list) else [(None, there)]
        for index, item in items:
            at = place if index is None else f"{place}.{index}"
            flat |= {f"{at}.{key}": value for key, value in item.items()} if isinstance(item, Mapping) else {}
    return flat


@transaction.atomic
def settle(campaign: Campaign, path: str, *, by: User, take: str = MINE) -> Campaign:
    """Decide an open point: leave what stands there (`mine`), or take what the template says (`theirs`).

    Words that are only kept to read (see OpenPoint.keeps_mine) go with it. A path without a point changes nothing.
    """
    locked = held(campaign)
    if not locked.editable:
        raise CampaignError(
            _("This campaign is “%(now)s” and can no longer be changed here.")
            % {"now": locked.get_status_display()}
        )
    for point in open_points(locked):
        if point.path == path:
            _decide(locked, point, take)
    locked.open_points = [each for each in locked.open_points if each["path"] != path]
    locked.changed_by = by
    locked.save()
    return locked


def _decide(locked: Campaign, point: OpenPoint, take: str) -> None:
    if not point.keeps_mine:
        return  # the template's stands there already, and mine were kept to be read
    if take == THEIRS:
        after = _taken(locked, point)
        locked.revisions = _grown(locked.revisions, locked.values, after)
        locked.values = after


def _taken(locked: Campaign, point: OpenPoint) -> dict[str, Any]:
    if point.reason == three_way.ITEMS:
        return {**locked.values, point.path: point.theirs}
    held_now: dict[str, Any] = locked.values
    try:
        return engine.set_value(locked.template_version.engine_spec(), held_now, point.path, point.theirs)
    except engine.LockedField:  # the item was taken out since: there is nothing left to exchange
        return held_now
