"""While Braze may still send it, a campaign is no draft: the only way back is a cancellation that has worked."""

from __future__ import annotations

import pytest
from django.utils import timezone

from campaigns import services
from campaigns.errors import IllegalMove
from campaigns.models import Campaign
from delivery.models import Dispatch
from tests.conftest import fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_bluebird")]

LIVE = ["pending", "calling", "scheduled", "unknown", "cancelling"]


def in_state(campaign: Campaign, state: str) -> None:
    assert campaign.dispatch is not None
    rows = Dispatch.objects.filter(pk=campaign.dispatch.pk)
    rows.update(state=state, schedule_id="a-schedule", lease_until=timezone.now())


@pytest.mark.parametrize("state", LIVE)
def test_it_cannot_be_opened_for_changes(draft, alice, state):
    booked = services.schedule(draft, by=alice)
    in_state(booked, state)

    with pytest.raises(IllegalMove):
        services.revise(booked, by=alice)

    assert fresh(booked).status == Campaign.Status.SCHEDULED
    assert fresh(booked).dispatch_id == booked.dispatch_id


@pytest.mark.parametrize("state", LIVE)
def test_it_cannot_be_sent_back_by_an_approver(draft, alice, rita, state):
    booked = services.schedule(draft, by=alice)
    in_state(booked, state)

    with pytest.raises(IllegalMove):
        services.ask_for_changes(booked, "Shorter, please", by=rita)

    assert fresh(booked).status == Campaign.Status.SCHEDULED
    assert Dispatch.objects.count() == 1


def test_a_cancellation_that_worked_opens_it(draft, alice):
    booked = services.schedule(draft, by=alice)

    assert services.cancel(booked, by=alice).status == Campaign.Status.DRAFT
