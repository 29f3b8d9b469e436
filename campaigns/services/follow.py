"""Campaigns follow their dispatches: sent, not sent, or a draft again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.services.sending import held
from delivery.models import Dispatch

State = Dispatch.State


def settled() -> list[tuple[int, int]]:
    """(brand, campaign) of scheduled campaigns whose dispatch has ended. Asked across brands."""
    ended = [State.DONE, State.REFUSED, State.CANCELLED]
    rows = Campaign.objects.filter(status=Campaign.Status.SCHEDULED, dispatch__state__in=ended)
    return list(rows.values_list("brand_id", "pk")[:500])


@transaction.atomic
def follow(campaign_id: int) -> None:
    """Move one campaign to where its dispatch has gone. Safe to run twice."""
    campaign = held(Campaign(pk=campaign_id))
    if campaign.status != Campaign.Status.SCHEDULED or campaign.dispatch is None:
        return
    if campaign.dispatch.state == State.DONE:
        campaign.has_gone()
    elif campaign.dispatch.state == State.REFUSED:
        campaign.has_failed(campaign.dispatch.outcome)
    elif campaign.dispatch.state == State.CANCELLED:
        campaign.back_to_draft(by=None, note=_("Braze has cancelled it; nothing was sent."))
