"""Invariant 4: what needs an approval cannot reach Braze without one, and only as it was approved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from branding.scope import brand_scope
from campaigns import services
from campaigns.content import fingerprint
from campaigns.errors import CampaignError, NotReady
from campaigns.models import Campaign
from delivery.models import Dispatch
from tests import factories
from tests.conftest import fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_bluebird")]

Status = Campaign.Status


@pytest.fixture
def submitted(house, ben) -> Campaign:
    """Ben's, waiting for somebody else."""
    return services.submit(factories.draft_of(house, "Leith", ben), by=ben)


def seen(campaign: Campaign) -> str:
    return fingerprint(fresh(campaign, "group", "template_version"))


def test_an_approved_campaign_is_booked(submitted, rita):
    booked = services.approve(submitted, seen=seen(submitted), by=rita)

    assert booked.status == Status.SCHEDULED
    assert Dispatch.objects.count() == 1
    assert [event.after for event in booked.events.all()] == ["draft", "in_review", "approved", "scheduled"]


def test_nobody_approves_what_they_submitted(submitted, ben, house):
    with_all_rights(house, ben)

    with pytest.raises(CampaignError, match="their own"):
        services.approve(submitted, seen=seen(submitted), by=ben)


def test_nor_what_they_started_and_had_a_colleague_submit(house, alice, ben):
    campaign = services.submit(factories.draft_of(house, "Leith", alice), by=ben)

    with pytest.raises(CampaignError, match="their own"):
        services.approve(campaign, seen=seen(campaign), by=alice)


def with_all_rights(house, person) -> None:
    from groups.models import Membership

    Membership.objects.create(person=person, group=house.root, role=house.roles["brand_admin"])
    person._access = None


@pytest.mark.parametrize("who", ["bob", "ben", "carol"])
def test_whoever_does_not_approve_there_does_not(request, submitted, who):
    with pytest.raises(CampaignError):
        services.approve(submitted, seen=seen(submitted), by=request.getfixturevalue(who))

    assert fresh(submitted).status == Status.IN_REVIEW


def test_an_approval_is_of_what_was_seen(submitted, rita):
    before = seen(submitted)
    Campaign.objects.filter(pk=submitted.pk).update(values={"envelope": {"subject": "Other words"}})

    with pytest.raises(CampaignError, match="changed"):
        services.approve(submitted, seen=before, by=rita)

    assert fresh(submitted).status == Status.IN_REVIEW


@pytest.mark.parametrize("forged", ["", "0" * 64, "approved"])
def test_an_invented_fingerprint_approves_nothing(submitted, rita, forged):
    with pytest.raises(CampaignError, match="changed"):
        services.approve(submitted, seen=forged, by=rita)


@pytest.mark.parametrize(
    "change",
    [{"values": {"hero": {"headline": "x"}}}, {"send_at": timezone.now() + timedelta(days=9)}],
    ids=["words", "time"],
)
def test_what_changes_after_approval_does_not_go(submitted, rita, alice, change):
    approved = waiting_for_a_time(submitted, rita)
    Campaign.objects.filter(pk=approved.pk).update(**change)

    with pytest.raises(CampaignError, match="changed since it was approved"):
        services.schedule(approved, by=alice)
    assert Dispatch.objects.count() == 0


def waiting_for_a_time(campaign: Campaign, by) -> Campaign:
    """Approved after its time had passed: waits for a new one."""
    Campaign.objects.filter(pk=campaign.pk).update(send_at=timezone.now() - timedelta(hours=1))
    approved = services.approve(campaign, seen=seen(campaign), by=by)
    assert approved.status == Status.APPROVED
    return approved


def test_a_time_that_passed_while_waiting_is_not_sent_late(submitted, rita):
    waiting_for_a_time(submitted, rita)

    assert Dispatch.objects.count() == 0


def test_a_composer_cannot_schedule_what_is_in_review(submitted, ben):
    with pytest.raises(CampaignError):
        services.schedule(submitted, by=ben)


def test_nor_can_anybody_else(submitted, erin):
    """It is out of the writer's hands, and nobody has approved it."""
    with pytest.raises(CampaignError):
        services.schedule(submitted, by=erin)
    assert Dispatch.objects.count() == 0


def test_what_is_in_review_cannot_be_edited(submitted, ben):
    with pytest.raises(CampaignError, match="no longer be changed"):
        services.save(submitted, [services.Change("hero.headline", "x", None)], by=ben)


def test_the_second_of_two_approvers_finds_it_done(submitted, rita, alice):
    before = seen(submitted)
    services.approve(submitted, seen=before, by=rita)

    with pytest.raises(CampaignError):
        services.approve(submitted, seen=before, by=alice)
    assert Dispatch.objects.count() == 1


def test_changes_are_asked_for_with_a_reason(submitted, rita):
    with pytest.raises(CampaignError, match="Say what"):
        services.ask_for_changes(submitted, "  ", by=rita)

    back = services.ask_for_changes(submitted, "Shorter, please", by=rita)

    assert back.status == Status.DRAFT
    assert back.events.last().note == "Shorter, please"


def test_what_is_not_ready_is_not_submitted(house, ben):
    campaign = factories.draft_of(house, "Leith", ben)
    services.save(campaign, [services.Change("hero.headline", "", 0)], by=ben)

    with pytest.raises(NotReady):
        services.submit(campaign, by=ben)


def test_an_approval_does_not_outlive_a_new_draft(submitted, rita, ben):
    approved = waiting_for_a_time(submitted, rita)
    again = services.revise(approved, by=ben)

    assert (again.approved_hash, again.submitted_by_id) == ("", None)
    with pytest.raises(CampaignError):
        services.schedule(again, by=ben)


@pytest.mark.parametrize("who", ["ben", "alice"])
def test_approving_by_page_takes_the_fingerprint_of_the_page(request, submitted, client_of, who, bluebird):
    answer = client_of(request.getfixturevalue(who)).post(
        f"/campaigns/{submitted.pk}/approve/", {"seen": "x"}
    )

    assert answer.status_code in {302, 403}
    with brand_scope(bluebird.pk):
        assert Dispatch.objects.count() == 0
