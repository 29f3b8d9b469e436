"""Changing what is scheduled: its time, its audience, or the mail made anew. Braze may say no, and then all is as before.

Who may send without approval decides here too, also over what others have approved: the change is a decision of its
own, and its trace says whose. Everybody else cancels, edits and submits again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.translation import gettext as _

import delivery.services as delivery
from accounts.models import User
from accounts.permissions import Permission
from audiences.errors import AudienceError
from audiences.models import Segment
from audiences.services import rule_for
from campaigns.content import fingerprint, seal
from campaigns.errors import CampaignError, NotReady
from campaigns.findings import findings
from campaigns.models import Campaign, Event
from campaigns.services.sending import held
from delivery.errors import DeliveryError
from delivery.message import Sealed
from delivery.models import Dispatch
from groups.access import access_of
from library.models import TemplateVersion
from workspace.errors import NotConnected
from workspace.services import connected

Kind = Event.Kind
#: What goes back to an older version of the template with a campaign.
_OF_A_VERSION = ("template_version_id", "values", "approved_hash")


@transaction.atomic
def move(campaign: Campaign, send_at: datetime | None, *, by: User) -> Campaign:
    """Another time; None is about a minute from now. What Braze has holds until it has agreed."""
    locked, dispatch = _open(campaign, by)
    undo = {"send_at": locked.send_at.isoformat() if locked.send_at else None}
    wanted = send_at or timezone.now() + timedelta(seconds=settings.SEND_NOW_SECONDS)
    if wanted == dispatch.planned_at:
        raise CampaignError(_("That is its time already."))
    note = f"{_clock(locked, dispatch.planned_at)} → {_clock(locked, wanted)}"
    locked.send_at = wanted
    _change(locked, dispatch, planned_at=wanted, undo={**undo, "planned_at": wanted.isoformat()})
    return _traced(locked, Kind.RESCHEDULED, note, by)


@transaction.atomic
def retarget(campaign: Campaign, segment: Segment | None, *, by: User) -> Campaign:
    """Another audience for the very same mail. Braze gives the schedule back first, so never are two of them alive."""
    locked, dispatch = _open(campaign, by)
    if segment == locked.segment:
        raise CampaignError(_("That is its audience already."))
    note = f"{_audience(locked.segment)} → {_audience(segment)}"
    undo = {"segment": locked.segment_id}
    locked.segment = segment
    try:
        rule = rule_for(locked.group, segment, connected())
    except (AudienceError, NotConnected) as error:
        raise CampaignError(str(error)) from error
    sealed = Sealed.model_validate(dispatch.message.content).model_copy(update={"audience": rule})
    _change(locked, dispatch, sealed=sealed, undo=undo)
    return _traced(locked, Kind.RETARGETED, note, by)


@transaction.atomic
def refresh(campaign: Campaign, *, by: User) -> Campaign:
    """The mail made anew from what the group and the brand tell about themselves today."""
    locked, dispatch = _open(campaign, by)
    try:
        sealed = seal(locked, connected())
    except (AudienceError, NotConnected) as error:
        raise CampaignError(str(error)) from error
    _change(locked, dispatch, sealed=sealed, undo={})
    return _traced(locked, Kind.REFRESHED, "", by)


@transaction.atomic
def renew(
    campaign: Campaign, version: TemplateVersion, values: dict[str, Any], *, note: str, by: User
) -> Campaign:
    """The mail made anew from another version of its template. If Braze says no, it is on its old one again.

    An approval goes on holding: whoever calls has made sure that nothing of what was approved is another.
    """
    locked, dispatch = _open(campaign, by)
    undo = {
        "template_version_id": locked.template_version_id,
        "values": locked.values,
        "approved_hash": locked.approved_hash,
    }
    locked.template_version, locked.values = version, values
    if locked.approved_hash:
        locked.approved_hash = fingerprint(locked)
    try:
        sealed = seal(locked, connected())
    except (AudienceError, NotConnected) as error:
        raise CampaignError(str(error)) from error
    _change(locked, dispatch, sealed=sealed, undo=undo)
    locked.changed_by = by
    locked.save()
    locked.events.create(kind=Kind.MERGED, by=by, before=locked.status, note=note, dispatch=dispatch)
    return locked


def would_differ(campaign: Campaign) -> bool:
    """Whether a mail made today is another than the one that was sealed."""
    sealed = Dispatch.objects.filter(campaign=campaign).values_list("message__content_hash", flat=True)
    try:
        return seal(campaign, connected()).fingerprint() != sealed.get()
    except (AudienceError, NotConnected):
        return False


def come_to_rest(campaign: Campaign) -> None:
    """Once Braze has answered a change: what it did not take is as before, and people read why."""
    undo, dispatch = campaign.change_undo, campaign.dispatch
    if undo is None or dispatch is None or dispatch.state in Dispatch.AT_WORK:
        return
    changes: dict[str, Any] = {"change_undo": None}
    if not _was_taken(undo, dispatch):
        if "send_at" in undo:
            changes["send_at"] = datetime.fromisoformat(undo["send_at"]) if undo["send_at"] else None
        if "segment" in undo:
            changes["segment_id"] = undo["segment"]
        changes |= {name: undo[name] for name in _OF_A_VERSION if name in undo}
        campaign.events.create(
            kind=Kind.CHANGE_REFUSED, before=campaign.status, note=dispatch.outcome, dispatch=dispatch
        )
    Campaign.objects.filter(pk=campaign.pk).update(**changes)
    campaign.refresh_from_db(fields=["change_undo", "send_at", "segment", *_OF_A_VERSION])


def _was_taken(undo: dict[str, Any], dispatch: Dispatch) -> bool:
    if "planned_at" in undo:
        return dispatch.planned_at == datetime.fromisoformat(undo["planned_at"])
    return bool(dispatch.message.content_hash == undo["content_hash"])


def _open(campaign: Campaign, by: User) -> tuple[Campaign, Dispatch]:
    """The row, held, with its promise; CampaignError with what can still be done."""
    locked = held(campaign)
    if not access_of(by).can(Permission.SEND_WITHOUT_APPROVAL, locked.group):
        raise CampaignError(
            _("Your campaigns need an approval. Cancel this one, change it, and submit it again.")
        )
    come_to_rest(locked)
    if locked.status != Campaign.Status.SCHEDULED or locked.dispatch is None:
        raise CampaignError(
            _("Only a scheduled campaign can be changed here; this one is “%(now)s”.")
            % {"now": locked.get_status_display()}
        )
    return locked, locked.dispatch


def _change(
    locked: Campaign,
    dispatch: Dispatch,
    *,
    undo: dict[str, Any],
    planned_at: datetime | None = None,
    sealed: Sealed | None = None,
) -> None:
    if found := findings(locked):
        raise NotReady(found)
    try:
        state = delivery.change(dispatch, planned_at=planned_at, sealed=sealed)
    except DeliveryError as error:
        raise CampaignError(str(error)) from error
    if sealed is not None:
        undo = {**undo, "content_hash": sealed.fingerprint()}
    locked.change_undo = undo if state in Dispatch.AT_WORK else None


def _traced(locked: Campaign, kind: str, note: str, by: User) -> Campaign:
    if locked.approved_hash:
        who = _("Decided without a new approval, by somebody who may send without one.")
        note = f"{note} {who}".strip()
    locked.changed_by = by
    locked.save(update_fields=["send_at", "segment", "change_undo", "changed_by", "updated_at"])
    locked.events.create(kind=kind, by=by, before=locked.status, note=note, dispatch=locked.dispatch)
    return locked


def _clock(campaign: Campaign, moment: datetime) -> str:
    return date(moment.astimezone(campaign.group.zone), "D j M Y, H:i")


def _audience(segment: Segment | None) -> str:
    return segment.name if segment else _("everyone")
