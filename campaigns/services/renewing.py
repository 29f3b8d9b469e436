"""An urgent change of a template: what is approved or scheduled goes onto the new version, or is taken back.

What people decided stays theirs. Only where all that they filled in stays the same, to the letter, does an approval go on
holding. Where a person has to look again, the campaign is taken back and becomes a draft: late is better than wrong.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.content import fingerprint
from campaigns.errors import CampaignError, NotReady
from campaigns.models import Campaign, Event
from campaigns.services.changing import renew as renewed
from campaigns.services.merging import merge, merged, told
from campaigns.services.sending import cancel, held
from campaigns.three_way import Merged
from delivery.models import Dispatch
from library.models import TemplateVersion

State, Status = Dispatch.State, Campaign.Status


class Outcome(StrEnum):
    RENEWED = "renewed"
    HELD = "held"
    #: Something is under way at Braze; ask again in a moment.
    BUSY = "busy"
    #: Too late, or nobody knows whether it has gone.
    GONE = "gone"


@transaction.atomic
def renew(campaign: Campaign, version: TemplateVersion, *, by: User, last_try: bool = False) -> Outcome:
    """One approved or scheduled campaign. With `last_try`, what Braze did not take is held instead of tried again."""
    locked = held(campaign)
    if locked.template_version_id == version.pk:
        return Outcome.RENEWED
    if waits := _waits(locked):
        return waits
    result = merged(locked, version)
    because = _objection(locked, result)
    if not because and last_try and locked.status == Status.SCHEDULED:
        because = _("Braze did not take the new mail.")
    if not because:
        because = _tried(locked, version, result, by)
    return _held(locked, version, because, by) if because else Outcome.RENEWED


def _waits(locked: Campaign) -> Outcome | None:
    """Whether it can be worked on at this moment."""
    dispatch = locked.dispatch
    if locked.status == Status.APPROVED:
        return None
    if locked.status != Status.SCHEDULED or dispatch is None or dispatch.state in {State.DONE, State.UNKNOWN}:
        return Outcome.GONE
    if dispatch.cancel_wanted or dispatch.state not in {State.PENDING, State.SCHEDULED}:
        return Outcome.BUSY
    return None if dispatch.planned_at > timezone.now() else Outcome.GONE


def _objection(locked: Campaign, result: Merged) -> str:
    """Why people have to look again before it goes; empty when they need not."""
    if result.points:
        return _("Some of what you wrote has no place in the new version as it stands.")
    if locked.approved_hash and result.values != locked.values:
        return _("Words outside what the brand locks have changed, so its approval no longer holds.")
    return ""


def _tried(locked: Campaign, version: TemplateVersion, result: Merged, by: User) -> str:
    """Put it onto the version; why not, if it could not be."""
    note = told(locked, version, result)
    if locked.approved_hash:
        note += " " + _("Only what the brand locks has changed, so the approval goes on holding.")
    try:
        with transaction.atomic():
            _put(locked, version, result, note, by)
    except NotReady as error:
        return " ".join([str(error), *(finding.message for finding in error.findings)])
    except CampaignError as error:
        return str(error)
    return ""


def _put(locked: Campaign, version: TemplateVersion, result: Merged, note: str, by: User) -> None:
    if locked.status == Status.SCHEDULED:
        renewed(locked, version, result.values, note=note, by=by)
        return
    fresh = held(locked)
    fresh.template_version, fresh.values, fresh.changed_by = version, result.values, by
    fresh.approved_hash = fingerprint(fresh)
    fresh.save()
    fresh.events.create(kind=Event.Kind.MERGED, by=by, before=fresh.status, note=note)


def _held(locked: Campaign, version: TemplateVersion, because: str, by: User) -> Outcome:
    """Back to a draft on the new version. What Braze has becomes one as soon as Braze has given it back."""
    note = _("Taken back because the template was changed urgently. %(why)s") % {"why": because}
    if locked.status == Status.APPROVED:
        locked.back_to_draft(by=by, note=note[:1000])
        merge(locked, version, by=by)
        return Outcome.HELD
    try:
        cancelled = cancel(locked, by=by, note=note[:1000])
    except CampaignError:
        return Outcome.GONE
    if cancelled.editable:
        merge(cancelled, version, by=by)
    return Outcome.HELD
