"""Where every view of a campaign starts: with what the person may see."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from campaigns.models import Campaign
from groups.access import access_of
from groups.http import PortalRequest


def visible(request: PortalRequest, pk: int) -> Campaign:
    """404 for a campaign of another group or brand: a stranger does not learn that it exists."""
    rows = Campaign.objects.visible_to(request.user).with_progress().select_related("segment", "submitted_by")
    return get_object_or_404(rows, pk=pk)  # type: ignore[no-any-return]  # managers built at run time


def allowed(request: PortalRequest, pk: int, permission: Permission) -> Campaign:
    """As above, and 403 for who may see it but not do this here."""
    campaign = visible(request, pk)
    if not access_of(request.user).can(permission, campaign.group):
        raise PermissionDenied
    return campaign
