"""Taking it back, until it is sent: whatever the dispatch is doing at that moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import services
from campaigns.errors import CampaignError
from campaigns.models import Campaign, Event
from campaigns.tasks import follow_dispatches
from delivery import lane, tasks
from delivery.models import Dispatch
from tests.conftest import fresh, home, kept
from tests.sandboxed import (
    CREATE,
    DELETE,
    Killed,
    answers,
    cut_after_accepting,
    cut_before_accepting,
    killed_after_accepting,
    meanwhile,
    unreachable,
)

pytestmark = pytest.mark.django_db

State, Status = Dispatch.State, Campaign.Status


def cancel(campaign: Campaign, by: object) -> None:
    with home(campaign):
        services.cancel(campaign, by=by)  # type: ignore[arg-type]


def campaign_of(dispatch: Dispatch) -> Campaign:
    with home(dispatch):
        found: Campaign = Campaign.objects.filter(events__dispatch=dispatch).get()
    return found


def test_before_it_reached_braze_it_is_a_draft_at_once(braze, campaign, dispatch, alice):
    cancel(campaign, alice)

    assert (fresh(dispatch).state, fresh(campaign).status) == (State.CANCELLED, Status.DRAFT)
    kept(dispatch)
    assert braze.calls == []


def test_what_is_booked_is_deleted_at_braze(braze, campaign, dispatch, alice):
    kept(dispatch)
    cancel(campaign, alice)
    assert fresh(campaign).status == Status.SCHEDULED  # not before Braze has agreed

    assert kept(dispatch).state == State.CANCELLED
    follow_dispatches()

    assert fresh(campaign).status == Status.DRAFT
    assert [body["schedule_id"] for body in braze.ledger(DELETE)] == [fresh(dispatch).schedule_id]


def test_while_it_is_being_handed_over_it_is_cancelled_right_after(braze, campaign, dispatch, alice):
    braze.will(CREATE, meanwhile(lambda: cancel(campaign, alice)))

    assert kept(dispatch).state == State.CANCELLED
    assert (braze.count(CREATE), braze.count(DELETE)) == (1, 1)


def test_if_the_hand_over_fails_meanwhile_it_is_cancelled_without_a_call(braze, campaign, dispatch, alice):
    def cut(request, forward):
        cancel(campaign, alice)
        return unreachable(request, forward)

    braze.will(CREATE, cut)

    assert kept(dispatch).state == State.CANCELLED
    assert braze.count(DELETE) == 0


def test_a_cancelled_campaign_can_be_scheduled_again_as_a_promise_of_its_own(
    braze, campaign, dispatch, alice
):
    cancel(campaign, alice)
    with home(campaign):
        again = services.schedule(campaign, by=alice).dispatch
    assert again is not None

    assert again.pk != dispatch.pk
    assert kept(again).state == State.SCHEDULED
    assert braze.count(CREATE) == 1


def test_a_second_wish_to_cancel_does_nothing_more(braze, campaign, dispatch, alice):
    kept(dispatch)
    cancel(campaign, alice)
    cancel(campaign, alice)
    kept(dispatch)
    kept(dispatch)

    assert braze.count(DELETE) == 1


@pytest.fixture
def for_tomorrow(promise) -> Dispatch:
    """Booked, with a day in which to change one's mind."""
    return kept(promise(send_at=timezone.now() + timedelta(days=1)))


@pytest.mark.parametrize("silence", [cut_after_accepting, cut_before_accepting], ids=["done", "not done"])
def test_a_delete_without_an_answer_is_tried_again(braze, for_tomorrow, alice, clock, silence):
    cancel(campaign_of(for_tomorrow), alice)
    braze.will(DELETE, *[silence] * 4)
    for _try in range(6):
        kept(for_tomorrow)
        clock.move(minutes=3)

    assert fresh(for_tomorrow).state == State.CANCELLED
    follow_dispatches()
    assert fresh(campaign_of(for_tomorrow)).status == Status.DRAFT


def test_a_full_window_between_does_not_make_the_lost_answer_forgotten(braze, for_tomorrow, alice, clock):
    cancel(campaign_of(for_tomorrow), alice)
    braze.will(DELETE, cut_after_accepting, answers(429, {"message": "full"}))
    for _try in range(3):
        kept(for_tomorrow)
        clock.move(minutes=3)

    assert fresh(for_tomorrow).state == State.CANCELLED


def test_every_call_of_a_dispatch_is_written_down(braze, for_tomorrow, alice):
    cancel(campaign_of(for_tomorrow), alice)
    braze.will(DELETE, cut_after_accepting)
    kept(for_tomorrow)

    with home(for_tomorrow):
        assert braze.count(DELETE) == for_tomorrow.attempts.filter(path=DELETE).count() == 1


def test_so_is_one_whose_run_died(braze, for_tomorrow, alice, clock):
    cancel(campaign_of(for_tomorrow), alice)
    braze.will(DELETE, killed_after_accepting)
    with pytest.raises(Killed):
        lane.work(for_tomorrow.brand_id)

    clock.move(seconds=61)

    assert kept(for_tomorrow).state == State.CANCELLED


def test_the_first_repetition_comes_within_seconds(braze, campaign, dispatch, alice, clock):
    """However often Braze was asked for other things before: the send may be a minute away."""
    kept(dispatch)
    cancel(campaign, alice)
    braze.will(DELETE, unreachable)

    assert kept(dispatch).not_before - clock.now() < timedelta(seconds=11)


def test_a_delete_that_braze_refuses_leaves_it_scheduled_and_says_so(braze, campaign, dispatch, alice):
    kept(dispatch)
    cancel(campaign, alice)
    braze.will(DELETE, answers(400, {"message": "Already sent"}))

    after = kept(dispatch)

    assert after.state == State.SCHEDULED
    assert "Already sent" in after.outcome
    assert fresh(campaign).status == Status.SCHEDULED


def test_then_it_becomes_sent_when_its_time_has_come(braze, campaign, dispatch, alice, clock, celery_here):
    test_a_delete_that_braze_refuses_leaves_it_scheduled_and_says_so(braze, campaign, dispatch, alice)

    clock.move(minutes=2)
    tasks.sweep()
    follow_dispatches()

    assert fresh(campaign).status == Status.SENT


@pytest.mark.parametrize("state", ["done", "unknown", "refused"])
def test_it_is_too_late_when_it_has_ended_or_nobody_knows(braze, campaign, dispatch, alice, state):
    with home(dispatch):
        Dispatch.objects.filter(pk=dispatch.pk).update(state=state)

    with pytest.raises(CampaignError, match="too late"):
        cancel(campaign, alice)

    assert fresh(campaign).status == Status.SCHEDULED
    with home(campaign):
        assert not campaign.events.filter(kind=Event.Kind.CANCEL_WANTED).exists()


def test_the_wish_leaves_a_trace(braze, campaign, dispatch, alice):
    kept(dispatch)
    cancel(campaign, alice)

    with home(campaign):
        wish = campaign.events.get(kind=Event.Kind.CANCEL_WANTED)
    assert wish.by_id == alice.pk
