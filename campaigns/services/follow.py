"""Campaigns follow their dispatches: sent, not sent, a draft again, back to what Braze has, or alive once more."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.services.changing import come_to_rest
from campaigns.services.sending import held
from delivery.models import Dispatch

State, Status = Dispatch.State, Campaign.Status

AT_ONCE = 500


def behind() -> list[tuple[int, int]]:
    """(brand, campaign) of those whose dispatch has gone on. Asked across brands."""
    under_way = Campaign.objects.filter(status=Status.SCHEDULED)
    given_up = [State.REFUSED, State.CANCELLED]
    return [
        *_ids(under_way.filter(dispatch__state__in=[State.DONE, *given_up])),
        *_ids(under_way.filter(change_undo__isnull=False).exclude(dispatch__state__in=Dispatch.AT_WORK)),
        *_ids(
            Campaign.objects.filter(status=Status.NOT_SENT, dispatch__isnull=False).exclude(
                dispatch__state__in=given_up
            )
        ),
    ]


def _ids(rows: QuerySet[Campaign]) -> list[tuple[int, int]]:
    return list(rows.order_by().values_list("brand_id", "pk")[:AT_ONCE])


@transaction.atomic
def follow(campaign_id: int) -> None:
    """Move one campaign to where its dispatch has gone. Safe to run twice."""
    campaign = held(Campaign(pk=campaign_id))
    if campaign.dispatch is None:
        return
    if campaign.status == Status.NOT_SENT and campaign.dispatch.state not in {State.REFUSED, State.CANCELLED}:
        campaign.lives_again(_("The hand-over is tried again."))
    if campaign.status != Status.SCHEDULED:
        return
    come_to_rest(campaign)
    if campaign.dispatch.state == State.DONE:
        campaign.has_gone()
    elif campaign.dispatch.state == State.REFUSED:
        campaign.has_failed(campaign.dispatch.outcome)
    elif campaign.dispatch.state == State.CANCELLED:
        campaign.back_to_draft(by=None, note=_("Braze has cancelled it; nothing was sent."))
