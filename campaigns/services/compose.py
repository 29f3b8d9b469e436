"""Filling in: every write names its field and the revision it was based on, so nobody overwrites unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audiences.errors import AudienceError
from audiences.models import Segment
from campaigns.errors import CampaignError, FieldConflict
from campaigns.models import Campaign, Event
from groups.models import Group
from library import engine
from library.models import Template


@transaction.atomic
def start(template: Template, group: Group, *, by: User) -> Campaign:
    """A draft with the template's own words, pinned to its published version."""
    version = template.current
    if version is None:
        raise CampaignError(_("“%(template)s” was retired. Choose another template.") % {"template": template.name})
    if group.kind != Group.Kind.LOCATION or not group.is_active:
        raise CampaignError(_("%(group)s does not send campaigns itself. Choose one of its groups.") % {"group": group.name})
    campaign = Campaign.objects.create(
        group=group, template_version=version, name=template.name, values=engine.defaults(version.engine_spec()), created_by=by
    )
    campaign.events.create(kind=Event.Kind.CREATED, by=by, after=campaign.status)
    return campaign


@transaction.atomic
def save_field(campaign: Campaign, path: str, value: Any, *, revision: int | None, by: User) -> Campaign:
    """Keep what was typed, right or wrong, so that nothing is lost; `check` says what is wrong with it.

    `revision` is the field's revision the typist saw, or None to overwrite knowingly. Raises FieldConflict when
    somebody saved another value since, and engine.LockedField for what the template does not open.
    """
    locked = _locked(campaign)
    now = locked.revisions.get(path, 0)
    theirs = engine.get_value(locked.template_version.engine_spec(), locked.values, path)
    if revision is not None and revision != now and theirs != value:
        raise FieldConflict(path, theirs, now)
    spec = locked.template_version.engine_spec()
    return _keep(locked, engine.set_value(spec, locked.values, path, value), path, by=by)


@transaction.atomic
def add_item(campaign: Campaign, place: str, *, by: User) -> Campaign:
    return _change_items(campaign, place, engine.add_item, by=by)


@transaction.atomic
def remove_item(campaign: Campaign, place: str, index: int, *, by: User) -> Campaign:
    return _change_items(campaign, place, engine.remove_item, index, by=by)


@transaction.atomic
def move_item(campaign: Campaign, place: str, index: int, to: int, *, by: User) -> Campaign:
    return _change_items(campaign, place, engine.move_item, index, to, by=by)


def _change_items(campaign: Campaign, place: str, change: Callable[..., Any], *args: int, by: User) -> Campaign:
    locked = _locked(campaign)
    try:
        values = change(locked.template_version.engine_spec(), locked.values, place, *args)
    except engine.ItemLimit as limit:
        raise CampaignError(
            _("This part must keep %(least)d to %(most)d items.") % {"least": limit.least, "most": limit.most}
        ) from limit
    # The items' numbers have shifted: saves that other tabs based on the old numbering must be refused.
    for path in [path for path in locked.revisions if path.startswith(f"{place}.")]:
        locked.revisions[path] += 1
    return _keep(locked, values, place, by=by)


@transaction.atomic
def rename(campaign: Campaign, name: str, *, by: User) -> Campaign:  # noqa: ARG001 - every write names its actor
    locked = _locked(campaign)
    locked.name = name.strip()[:120] or locked.template_version.template.name
    locked.save(update_fields=["name", "updated_at"])
    return locked


@transaction.atomic
def choose_audience(campaign: Campaign, segment: Segment | None, *, by: User) -> Campaign:  # noqa: ARG001 - as above
    locked = _locked(campaign)
    if segment is not None and not Segment.objects.offered_to(locked.group).filter(pk=segment.pk).exists():
        raise AudienceError(_("This audience is not offered to %(group)s.") % {"group": locked.group.name})
    locked.segment = segment
    locked.save(update_fields=["segment", "updated_at"])
    return locked


@transaction.atomic
def choose_time(campaign: Campaign, send_at: datetime | None, *, by: User) -> Campaign:  # noqa: ARG001 - as above
    """A time in the future, or None for "as soon as it is scheduled"."""
    locked = _locked(campaign)
    locked.send_at = send_at
    locked.save(update_fields=["send_at", "updated_at"])
    return locked


@transaction.atomic
def duplicate(campaign: Campaign, *, by: User) -> Campaign:
    """A new draft with the same words, on the template's version of today."""
    template = campaign.template_version.template
    copy = start(template, campaign.group, by=by)
    copy.values = engine.carry_over(copy.template_version.engine_spec(), campaign.values)
    copy.name = _("%(name)s (copy)") % {"name": campaign.name[:110]}
    copy.segment = campaign.segment
    copy.save()
    return copy


def _locked(campaign: Campaign) -> Campaign:
    """The draft's row, held until the transaction ends, with what it needs."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("template_version__template", "group")
    locked: Campaign = rows.get(pk=campaign.pk)
    if not locked.editable:
        raise CampaignError(
            _("This campaign is “%(now)s” and can no longer be changed here.") % {"now": locked.get_status_display()}
        )
    return locked


def _keep(locked: Campaign, values: Any, path: str, *, by: User) -> Campaign:  # noqa: ARG001 - as above
    locked.values = values
    locked.revisions[path] = locked.revisions.get(path, 0) + 1
    locked.save(update_fields=["values", "revisions", "updated_at"])
    return locked
