"""One level of approval: somebody else looks before it goes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from campaigns.content import fingerprint
from campaigns.errors import CampaignError, NotReady
from campaigns.findings import findings
from campaigns.models import Campaign
from campaigns.services.sending import book, held
from groups.access import access_of


@transaction.atomic
def submit(campaign: Campaign, *, by: User) -> Campaign:
    """Hand a draft to whoever approves in this group."""
    locked = held(campaign)
    if found := findings(locked):
        raise NotReady(found)
    locked.submit(by=by)
    return locked


@transaction.atomic
def approve(campaign: Campaign, *, seen: str, by: User) -> Campaign:
    """Approve what was seen, and book it. With its time passed meanwhile it waits, approved, for a new one.

    `seen` is the fingerprint of what the approver had before their eyes.
    """
    locked = held(campaign)
    _may_decide(locked, by)
    if seen != fingerprint(locked):
        raise CampaignError(
            _("This campaign has changed since you opened it. Look again before you approve.")
        )
    locked.approve(seen, by=by)
    if locked.send_at is None or locked.send_at > timezone.now():
        return book(locked, by=by)
    return locked


@transaction.atomic
def ask_for_changes(campaign: Campaign, reason: str, *, by: User) -> Campaign:
    locked = held(campaign)
    _may_decide(locked, by)
    if not reason.strip():
        raise CampaignError(_("Say what should change, so that your colleague knows."))
    locked.back_to_draft(by=by, note=reason.strip()[:1000])
    return locked


def _may_decide(campaign: Campaign, by: User) -> None:
    if not access_of(by).can(Permission.APPROVE, campaign.group):
        raise CampaignError(_("You do not approve campaigns of %(group)s.") % {"group": campaign.group.name})
    if by.pk in {campaign.submitted_by_id, campaign.created_by_id}:
        raise CampaignError(_("Nobody approves their own campaign. Ask a colleague."))
