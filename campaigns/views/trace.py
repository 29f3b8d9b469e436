"""A campaign's trace, for everybody who may see the campaign; ids and hashes for those who manage the brand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from campaigns.trace import trace_of
from campaigns.views.fetching import visible
from groups.access import access_of
from groups.http import PortalRequest


@require_safe
def trace(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = visible(request, pk)
    context = {
        "campaign": campaign,
        "trace": trace_of(campaign),
        "zone": campaign.group.zone,
        "sees_all": access_of(request.user).can_somewhere(Permission.MANAGE_BRAND),
    }
    return render(request, "campaigns/trace.html", context)
