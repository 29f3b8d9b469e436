"""Filling in: every write names its field and the revision it was based on, so nobody overwrites unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audiences.errors import AudienceError
from audiences.models import Segment
from campaigns.errors import CampaignError
from campaigns.models import Campaign, Event
from campaigns.values import carried_over, stored
from groups.models import Group
from library import engine
from library.models import Template


@dataclass(frozen=True)
class Change:
    """One field as typed. `revision` is the one the typist saw; None means "overwrite, I have seen theirs"."""

    path: str
    value: Any
    revision: int | None


@dataclass(frozen=True)
class Conflict:
    """Somebody saved another value of this field since it was shown. Nothing of either is lost."""

    path: str
    mine: Any
    theirs: Any
    shown: int
    """The revision the page held."""


@transaction.atomic
def start(template: Template, group: Group, *, by: User) -> Campaign:
    """A draft with the template's own words, pinned to its published version."""
    version = template.current
    if version is None:
        raise CampaignError(
            _("“%(template)s” was retired. Choose another template.") % {"template": template.name}
        )
    if group.kind != Group.Kind.LOCATION or not group.is_active:
        raise CampaignError(
            _("%(group)s does not send campaigns itself. Choose one of its groups.") % {"group": group.name}
        )
    if not Template.objects.usable().shown_to(group).filter(pk=template.pk).exists():
        raise CampaignError(
            _("“%(template)s” is not offered to %(group)s. Choose another template.")
            % {"template": template.name, "group": group.name}
        )
    values = engine.defaults(version.engine_spec())
    campaign: Campaign = Campaign.objects.create(
        group=group, template_version=version, name=template.name, values=values, created_by=by
    )
    campaign.events.create(kind=Event.Kind.CREATED, by=by, after=campaign.status)
    return campaign


@transaction.atomic
def save(campaign: Campaign, changes: Iterable[Change], *, by: User) -> tuple[Campaign, list[Conflict]]:
    """Keep what was typed, right or wrong, so that nothing is lost; `engine.check` says what is wrong with it.

    What differs from a value saved elsewhere meanwhile is not written but returned. engine.LockedField for a path
    the template does not open.
    """
    locked = _locked(campaign)
    spec = locked.template_version.engine_spec()
    conflicts: list[Conflict] = []
    changed = [change for change in changes if stored(locked.values, change.path) != change.value]
    for change in changed:
        now = locked.revisions.get(change.path, 0)
        if change.revision is not None and change.revision != now:
            theirs = stored(locked.values, change.path)
            conflicts.append(Conflict(change.path, change.value, theirs, change.revision))
            continue
        locked.values = engine.set_value(spec, locked.values, change.path, change.value)
        locked.revisions[change.path] = now + 1
    if len(changed) > len(conflicts):
        _keep(locked, by=by)
    return locked, conflicts


@transaction.atomic
def add_item(campaign: Campaign, place: str, *, by: User, kind: str | None = None) -> Campaign:
    """One more item; in a zone of this kind."""
    return _change_items(campaign, place, partial(engine.add_item, kind=kind), by=by)


@transaction.atomic
def remove_item(campaign: Campaign, place: str, index: int, *, by: User) -> Campaign:
    return _change_items(campaign, place, engine.remove_item, index, by=by)


@transaction.atomic
def move_item(campaign: Campaign, place: str, index: int, to: int, *, by: User) -> Campaign:
    return _change_items(campaign, place, engine.move_item, index, to, by=by)


def _change_items(
    campaign: Campaign, place: str, change: Callable[..., Any], *args: int, by: User
) -> Campaign:
    locked = _locked(campaign)
    spec = locked.template_version.engine_spec()
    try:
        locked.values = change(spec, locked.values, place, *args)
    except engine.ItemLimit as limit:
        raise CampaignError(
            _("This part must keep %(least)d to %(most)d items.") % {"least": limit.least, "most": limit.most}
        ) from limit
    # The items' numbers have shifted: what other tabs save by the old numbers must not land on another item.
    keys = {key for slots in spec.kinds[place].values() for key, slot in slots.items() if slot.open}
    for path in (f"{place}.{index}.{key}" for index in range(len(locked.values[place]) + 1) for key in keys):
        locked.revisions[path] = locked.revisions.get(path, 0) + 1
    return _keep(locked, by=by)


@transaction.atomic
def rename(campaign: Campaign, name: str, *, by: User) -> Campaign:
    locked = _locked(campaign)
    locked.name = name.strip()[:120] or locked.template_version.template.name
    return _keep(locked, by=by)


@transaction.atomic
def choose_audience(campaign: Campaign, segment: Segment | None, *, by: User) -> Campaign:
    locked = _locked(campaign)
    if segment is not None and not Segment.objects.offered_to(locked.group).filter(pk=segment.pk).exists():
        raise AudienceError(_("This audience is not offered to %(group)s.") % {"group": locked.group.name})
    locked.segment = segment
    return _keep(locked, by=by)


@transaction.atomic
def choose_time(campaign: Campaign, send_at: datetime | None, *, by: User) -> Campaign:
    """A time, or None for "as soon as it is scheduled". Whether it is still to come is a finding, asked again later."""
    locked = _locked(campaign)
    locked.send_at = send_at
    return _keep(locked, by=by)


@transaction.atomic
def duplicate(campaign: Campaign, *, by: User) -> Campaign:
    """A new draft with the same words, on the template's version of today."""
    copy = start(campaign.template_version.template, campaign.group, by=by)
    copy.values = carried_over(copy.template_version.engine_spec(), campaign.values)
    copy.name = _("%(name)s (copy)") % {"name": campaign.name[:110]}
    copy.segment = campaign.segment
    return _keep(copy, by=by)


@transaction.atomic
def discard(campaign: Campaign, *, by: User) -> None:  # noqa: ARG001 - every verb names its actor
    """Remove a draft that was never promised to Braze. What was, stays for the record."""
    locked = _locked(campaign)
    if locked.events.filter(dispatch__isnull=False).exists():
        raise CampaignError(_("This campaign was scheduled before, so its record is kept."))
    locked.delete()


def _locked(campaign: Campaign) -> Campaign:
    """The draft's row, held until the transaction ends, with what it needs."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related(
        "template_version__template", "group"
    )
    locked: Campaign = rows.get(pk=campaign.pk)
    if not locked.editable:
        raise CampaignError(
            _("This campaign is “%(now)s” and can no longer be changed here.")
            % {"now": locked.get_status_display()}
        )
    return locked


def _keep(locked: Campaign, *, by: User) -> Campaign:
    locked.changed_by = by
    locked.save()
    return locked
