"""A campaign's page: where it stands, what can be done, what happened, what came of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from campaigns import content, services
from campaigns.models import Campaign
from campaigns.review import differences
from campaigns.standing import mark_stopped, standing
from campaigns.timeline import timeline
from campaigns.views.fetching import visible
from groups.access import access_of
from groups.http import PortalRequest
from library.sample import as_sample_person


@require_safe
def campaign(request: PortalRequest, pk: int) -> HttpResponse:
    return render(request, "campaigns/detail.html", _context(request, visible(request, pk)))


@require_safe
def progress(request: PortalRequest, pk: int) -> HttpResponse:
    """Status, timeline and numbers, asked for again while something is under way."""
    return render(request, "campaigns/detail.html#progress", _context(request, visible(request, pk)))


def _context(request: PortalRequest, campaign: Campaign) -> dict[str, Any]:
    access, group = access_of(request.user), campaign.group
    mark_stopped([campaign])
    own = request.user.pk in {campaign.submitted_by_id, campaign.created_by_id}
    may_send = access.can(Permission.SEND_WITHOUT_APPROVAL, group)
    in_review = campaign.status == Campaign.Status.IN_REVIEW
    return {
        "campaign": campaign,
        "zone": group.zone,
        "inbox": as_sample_person(content.mail(campaign)),
        "timeline": timeline(campaign),
        "may_edit": access.can(Permission.CREATE_CAMPAIGNS, group),
        "may_send": may_send,
        "standing": standing(campaign),
        "may_renew": may_send and campaign.changeable and services.would_differ(campaign),
        "may_decide": in_review and access.can(Permission.APPROVE, group) and not own,
        "seen": content.fingerprint(campaign),
        "differences": differences(campaign) if in_review else [],
        "is_moving": campaign.is_moving,
    }
