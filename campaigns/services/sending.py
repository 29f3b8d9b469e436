"""Booking the send, and taking it back. The move, its trace and the promise to Braze stand or fall together."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import delivery.services as delivery
from accounts.models import User
from accounts.permissions import Permission
from campaigns.content import fingerprint, seal
from campaigns.errors import CampaignError, NotReady
from campaigns.findings import findings
from campaigns.models import Campaign, Event
from delivery.errors import DeliveryError
from delivery.models import Dispatch
from groups.access import access_of
from workspace.services import connected

Status = Campaign.Status


@transaction.atomic
def schedule(campaign: Campaign, *, by: User) -> Campaign:
    """Book the send of a draft without approval, by somebody who may; or of what was approved, unchanged."""
    locked = held(campaign)
    if locked.status == Status.DRAFT and not access_of(by).can(
        Permission.SEND_WITHOUT_APPROVAL, locked.group
    ):
        raise CampaignError(_("Your campaigns need an approval. Submit it for review."))
    return book(locked, by=by)


def book(locked: Campaign, *, by: User) -> Campaign:
    """The only way to Braze: every path, approval included, ends here."""
    if locked.status == Status.APPROVED and locked.approved_hash != fingerprint(locked):
        raise CampaignError(_("This campaign has changed since it was approved. Submit it again."))
    if found := findings(locked):
        raise NotReady(found)
    dispatch = delivery.promise(
        seal(locked, connected()),
        group=locked.group,
        template=locked.template_version.template,
        label=locked.name,
        planned_at=_planned(locked),
    )
    locked.book(dispatch, by=by)
    return locked


def _planned(campaign: Campaign) -> datetime:
    return campaign.send_at or timezone.now() + timedelta(seconds=settings.SEND_NOW_SECONDS)


@transaction.atomic
def cancel(campaign: Campaign, *, by: User, note: str = "") -> Campaign:
    """Take it back until it is sent. It becomes a draft again as soon as nothing can go out any more."""
    locked = held(campaign)
    if locked.dispatch is None or locked.status != Status.SCHEDULED:
        raise CampaignError(
            _("Only a scheduled campaign can be cancelled; this one is “%(now)s”.")
            % {"now": locked.get_status_display()}
        )
    try:
        state = delivery.cancel(locked.dispatch)
    except DeliveryError as error:
        raise CampaignError(str(error)) from error
    locked.events.create(kind=Event.Kind.CANCEL_WANTED, by=by, before=locked.status, note=note)
    if state == Dispatch.State.CANCELLED:
        locked.back_to_draft(by=by, note=_("Cancelled before it reached Braze."))
    return locked


@transaction.atomic
def revise(campaign: Campaign, *, by: User) -> Campaign:
    """Open what was not sent, or what is approved and not booked, for changes again."""
    locked = held(campaign)
    locked.back_to_draft(by=by)
    return locked


@transaction.atomic
def settle_unknown(campaign: Campaign, *, was_sent: bool, by: User) -> Campaign:
    """A person has looked in Braze and says how it ended; the trace keeps who."""
    locked = held(campaign)
    if locked.dispatch is None or not access_of(by).can(Permission.SEND_WITHOUT_APPROVAL, locked.group):
        raise CampaignError(_("Somebody who may send without approval has to settle this."))
    note = (
        _("%(person)s looked it up in Braze: it was sent.")
        if was_sent
        else _("%(person)s looked it up in Braze: it was not sent.")
    )
    if not delivery.settle_unknown(locked.dispatch, was_sent=was_sent, because=note % {"person": by}):
        raise CampaignError(_("This was settled in the meantime. Load the page again."))
    locked.events.create(kind=Event.Kind.RESOLVED, by=by, before=locked.status, note=note % {"person": by})
    if was_sent:
        locked.has_gone()
    else:
        locked.has_failed(note % {"person": by})
    return locked


def held(campaign: Campaign) -> Campaign:
    """The row, held until the transaction ends: the second of two clicks waits here and then finds it moved."""
    rows = Campaign.objects.select_for_update(of=("self",))
    found: Campaign = rows.select_related("template_version__template", "group", "segment", "dispatch").get(
        pk=campaign.pk
    )
    return found
