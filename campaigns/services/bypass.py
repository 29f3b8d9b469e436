"""Letting a finding of pre-flight pass for one campaign: a brand admin answers for it, with a reason that is kept."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEntry, User
from accounts.permissions import Permission
from campaigns.errors import CampaignError
from campaigns.findings import Finding, findings
from campaigns.models import Bypass, Campaign, Event
from campaigns.services.sending import held
from groups.access import access_of


@transaction.atomic
def let_pass(campaign: Campaign, rule: str, subject_hash: str, reason: str, *, by: User) -> Bypass:
    """Holds while what the finding is about stays as it is. What the law or all mailbox providers ask stands."""
    if not access_of(by).can_somewhere(Permission.MANAGE_BRAND):
        raise CampaignError(_("Only a brand admin can let a finding pass."))
    if not reason.strip():
        raise CampaignError(_("Say why it may pass: the reason is kept with the campaign."))
    locked = held(campaign)
    found = _found(locked, rule, subject_hash)
    bypass, _new = Bypass.objects.get_or_create(
        campaign=locked, rule=rule, place=found.place[:100], subject_hash=subject_hash,
        defaults={"reason": reason.strip()[:300], "by": by},
    )  # fmt: skip
    note = f"{rule}: {found.message} – {bypass.reason}"
    locked.events.create(kind=Event.Kind.BYPASSED, by=by, before=locked.status, note=note[:1000])
    audit.record(AuditEntry.Action.FINDING_BYPASSED, by=by, target=locked.name, note=note[:1000])
    return bypass


def _found(campaign: Campaign, rule: str, subject_hash: str) -> Finding:
    for each in findings(campaign):
        if each.may_be_let_pass and (each.rule, each.subject_hash) == (rule, subject_hash):
            return each
    raise CampaignError(_("This finding is not there any more, or cannot be let pass."))
