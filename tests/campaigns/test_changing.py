"""Changing what is scheduled: at Braze once it has agreed, and back to what it has when it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audiences.models import Segment, SegmentGrant
from branding.scope import brand_scope
from campaigns import services
from campaigns.content import fingerprint
from campaigns.errors import CampaignError, NotReady
from campaigns.models import Campaign, Event
from campaigns.tasks import follow_dispatches
from delivery.models import Dispatch
from groups.models import Group
from tests.conftest import fresh, home, kept
from tests.sandboxed import CREATE, DELETE, answers, cut_after_accepting, unreachable

pytestmark = pytest.mark.django_db

UPDATE = "/messages/schedule/update"
State, Kind = Dispatch.State, Event.Kind


@pytest.fixture
def tomorrow() -> datetime:
    return (timezone.now() + timedelta(days=1)).replace(microsecond=0)


@pytest.fixture
def booked(braze, promise, tomorrow) -> Campaign:
    """Braze has it for tomorrow, for everyone."""
    return campaign_of(kept(promise(send_at=tomorrow)))


@pytest.fixture
def loyal(house) -> Segment:
    """A segment that Leith may choose."""
    with brand_scope(house.brand.pk):
        segment: Segment = Segment.objects.create(segment_id="segment-loyal", name="Loyal")
        SegmentGrant.objects.create(segment=segment, group=house.places["Leith"])
    return segment


def campaign_of(dispatch: Dispatch) -> Campaign:
    with home(dispatch):
        found: Campaign = Campaign.objects.select_related("group").get(dispatch=dispatch)
    return found


def do(campaign: Campaign, verb: Any, *arguments: Any, by: Any) -> Campaign:
    with home(campaign):
        changed: Campaign = verb(campaign, *arguments, by=by)
    return changed


def worked_off(campaign: Campaign) -> Dispatch:
    """Braze is told, and the campaign follows."""
    dispatch = fresh(campaign, "dispatch").dispatch
    assert dispatch is not None
    done = kept(dispatch)
    follow_dispatches()
    return done


def live(braze) -> list[str]:
    """Schedules that are alive in the sandbox."""
    rows = braze.sandbox.database.rows("SELECT id FROM schedules WHERE state = 'scheduled'")
    return [row["id"] for row in rows]


def kinds(campaign: Campaign) -> list[str]:
    with home(campaign):
        return [each.kind for each in campaign.events.all()]


# Time


def test_another_time_is_an_update_and_not_a_second_schedule(braze, booked, alice, tomorrow):
    later = tomorrow + timedelta(days=2)

    do(booked, services.move, later, by=alice)
    done = worked_off(booked)

    assert (braze.count(CREATE), braze.count(UPDATE), braze.count(DELETE)) == (1, 1, 0)
    assert datetime.fromisoformat(braze.ledger(UPDATE)[0]["schedule"]["time"]).astimezone(UTC) == later
    assert (done.state, done.planned_at, fresh(booked).send_at) == (State.SCHEDULED, later, later)
    assert fresh(booked).change_undo is None


def test_until_braze_has_agreed_the_old_time_holds_and_the_page_says_both(
    braze, booked, alice, tomorrow, client_of
):
    do(booked, services.move, tomorrow + timedelta(days=2), by=alice)

    page = client_of(alice).get(f"/campaigns/{booked.pk}/").content.decode()

    assert fresh(booked, "dispatch").planned_at == tomorrow
    assert "Braze is being told of the new time" in page
    assert "Being changed" in page


def test_what_braze_does_not_have_yet_is_changed_at_once(braze, campaign, alice, tomorrow):
    do(campaign, services.move, tomorrow, by=alice)

    assert fresh(campaign, "dispatch").planned_at == tomorrow
    assert fresh(campaign).change_undo is None
    assert braze.calls == []


def test_a_change_that_braze_refuses_goes_back_and_says_why(braze, booked, alice, tomorrow, client_of):
    braze.will(UPDATE, answers(400, {"message": "Cannot be changed any more"}))

    do(booked, services.move, tomorrow + timedelta(days=2), by=alice)
    worked_off(booked)

    assert fresh(booked).send_at == tomorrow
    assert fresh(booked, "dispatch").planned_at == tomorrow
    assert kinds(booked)[-1] == Kind.CHANGE_REFUSED
    assert "Cannot be changed any more" in client_of(alice).get(f"/campaigns/{booked.pk}/").content.decode()


def test_a_campaign_that_went_as_soon_as_it_was_scheduled_gets_a_time_and_loses_it_again(
    braze, promise, alice, tomorrow, settings
):
    """`send_at` is empty for those; refused, it is empty again."""
    settings.SEND_NOW_SECONDS = 600
    campaign = campaign_of(kept(promise()))
    braze.will(UPDATE, answers(400, {"message": "No"}))

    do(campaign, services.move, tomorrow, by=alice)
    assert fresh(campaign).send_at == tomorrow
    worked_off(campaign)

    assert fresh(campaign).send_at is None


def test_a_change_whose_answer_was_lost_is_told_again(braze, booked, alice, tomorrow, clock):
    braze.will(UPDATE, cut_after_accepting, unreachable)
    do(booked, services.move, tomorrow + timedelta(days=2), by=alice)
    for _try in range(4):
        worked_off(booked)
        clock.move(minutes=3)

    assert fresh(booked, "dispatch").planned_at == tomorrow + timedelta(days=2)
    assert len(live(braze)) == 1


def test_a_refusal_after_a_lost_answer_does_not_claim_that_all_is_as_before(
    braze, booked, alice, tomorrow, clock
):
    """The first call may have been performed, and the mail may have gone at the new time."""
    braze.will(UPDATE, cut_after_accepting, answers(400, {"message": "The schedule has been sent"}))
    do(booked, services.move, None, by=alice)
    worked_off(booked)
    clock.move(minutes=3)
    done = worked_off(booked)

    assert (done.state, done.planned_at) == (State.SCHEDULED, tomorrow)
    assert "never confirmed the change, so it may go, or have gone, with it" in done.outcome


def test_close_to_the_send_it_is_refused_with_what_can_still_be_done(braze, booked, alice, tomorrow, clock):
    clock.move(hours=23, minutes=58, seconds=30)

    with pytest.raises(CampaignError, match="You can still try to cancel it"):
        do(booked, services.move, timezone.now() + timedelta(days=3), by=alice)

    assert fresh(booked).send_at == tomorrow
    assert braze.count(UPDATE) == 0


def test_a_time_that_has_passed_is_a_finding(booked, alice, tomorrow):
    with pytest.raises(NotReady):
        do(booked, services.move, timezone.now() - timedelta(minutes=1), by=alice)

    assert fresh(booked).send_at == tomorrow


# Audience


def test_another_audience_is_taken_back_first_and_never_are_two_alive(braze, booked, alice, loyal):
    do(booked, services.retarget, loyal, by=alice)
    done = worked_off(booked)

    changing = [path for path in braze.calls if path in {CREATE, DELETE, UPDATE}]
    assert changing == [CREATE, DELETE, CREATE]
    assert "segment_id" not in braze.ledger(CREATE)[0]
    assert braze.ledger(CREATE)[1]["segment_id"] == "segment-loyal"
    assert live(braze) == [done.schedule_id]
    assert fresh(booked).segment_id == loyal.pk


def test_the_mail_stays_what_it_was(braze, booked, alice, loyal, leith):
    with brand_scope(leith.brand_id):
        Group.objects.filter(pk=leith.pk).update(phone="+44 20 7946 0000")

    do(booked, services.retarget, loyal, by=alice)
    worked_off(booked)

    first, second = braze.ledger(CREATE)
    assert first["messages"] == second["messages"]


def test_while_braze_has_not_given_it_back_nothing_new_is_handed_over(braze, booked, alice, loyal, clock):
    braze.will(DELETE, *[unreachable] * 4)
    do(booked, services.retarget, loyal, by=alice)
    worked_off(booked)

    assert (braze.count(CREATE), len(live(braze))) == (1, 1)
    for _try in range(4):
        clock.move(minutes=1)
        worked_off(booked)
    assert len(live(braze)) == 1


def test_if_braze_does_not_give_it_back_the_audience_is_as_before(braze, booked, alice, loyal):
    braze.will(DELETE, answers(400, {"message": "Too late"}))

    do(booked, services.retarget, loyal, by=alice)
    done = worked_off(booked)

    assert (done.state, fresh(booked).segment_id) == (State.SCHEDULED, None)
    assert "Too late" in done.outcome
    assert kinds(booked)[-1] == Kind.CHANGE_REFUSED


def test_a_segment_of_somebody_else_is_refused(booked, alice, house):
    with brand_scope(house.brand.pk):
        foreign = Segment.objects.create(segment_id="segment-vip", name="VIP")

    with pytest.raises(CampaignError, match="no longer offered"):
        do(booked, services.retarget, foreign, by=alice)


# The mail made anew


def test_it_is_offered_only_while_the_mail_would_be_another(braze, booked, alice, leith, client_of):
    offer = f"/campaigns/{booked.pk}/refresh/"
    browser = client_of(alice)
    assert offer not in browser.get(f"/campaigns/{booked.pk}/").content.decode()

    with brand_scope(leith.brand_id):
        Group.objects.filter(pk=leith.pk).update(sender_name="Leith by the sea")
    assert offer in browser.get(f"/campaigns/{booked.pk}/").content.decode()

    browser.post(offer)
    worked_off(booked)

    assert "Leith by the sea" in braze.ledger(UPDATE)[0]["messages"]["email"]["from"]
    assert offer not in browser.get(f"/campaigns/{booked.pk}/").content.decode()


# Who


def test_who_needs_an_approval_cannot_change_what_is_scheduled(booked, ben, tomorrow):
    with pytest.raises(CampaignError, match="submit it again"):
        do(booked, services.move, tomorrow + timedelta(days=1), by=ben)


def test_and_the_page_tells_them_what_they_can_do(booked, ben, client_of):
    page = client_of(ben).get(f"/campaigns/{booked.pk}/").content.decode()

    assert "submit it again" in page
    assert f"/campaigns/{booked.pk}/time/" not in page


@pytest.mark.parametrize("who", ["carol", "dave"])
@pytest.mark.parametrize("door", ["time", "for", "refresh", "trace"])
def test_strangers_do_not_learn_that_it_exists(request, booked, client_of, who, door):
    browser = client_of(request.getfixturevalue(who))

    answer = browser.get if door == "trace" else browser.post
    assert answer(f"/campaigns/{booked.pk}/{door}/").status_code == 404


def test_a_change_of_what_was_approved_is_a_decision_of_its_own(draft, ben, rita, alice, braze, tomorrow):
    with home(draft):
        Campaign.objects.filter(pk=draft.pk).update(created_by=ben, send_at=tomorrow)
        submitted = services.submit(fresh(draft, "group"), by=ben)
        services.approve(submitted, seen=fingerprint(submitted), by=rita)
    changed = fresh(draft)

    do(changed, services.move, tomorrow + timedelta(days=1), by=alice)

    with home(changed):
        event = Event.objects.filter(campaign=changed).last()
        assert event is not None
        assert (event.kind, event.by_id) == (Kind.RESCHEDULED, alice.pk)
        assert "without a new approval" in event.note
        assert fresh(changed).approved_hash != fingerprint(fresh(changed))


# The pages


def test_the_dialog_changes_the_time(braze, booked, alice, client_of, tomorrow):
    browser = client_of(alice)
    there = f"/campaigns/{booked.pk}/time/"
    day = (tomorrow + timedelta(days=3)).date()

    dialog = browser.get(there, headers={"hx-request": "true"})
    answer = browser.post(
        there, {"mode": "at", "day": str(day), "time": "09:30"}, headers={"hx-request": "true"}
    )

    assert 'id="change-dialog"' in dialog.content.decode()
    assert answer["HX-Redirect"] == f"/campaigns/{booked.pk}/"
    zone = fresh(booked, "group").group
    with home(booked):
        assert fresh(booked).send_at.astimezone(zone.zone).replace(tzinfo=None) == datetime(
            day.year, day.month, day.day, 9, 30
        )


@pytest.mark.parametrize(
    ("day", "time", "words"),
    [("03-28", "01:30", "skip 01:30"), ("10-31", "01:30", "comes twice")],
    ids=["gap", "fold"],
)
def test_times_that_are_not_there_or_twice_are_asked_about(booked, alice, client_of, clock, day, time, words):
    """London's clocks in 2027."""
    clock.ahead = datetime(2027, int(day[:2]), 1, tzinfo=UTC) - datetime.now(UTC)
    with home(booked):
        Dispatch.objects.filter(campaign=booked).update(planned_at=clock.now() + timedelta(days=1))

    answer = client_of(alice).post(
        f"/campaigns/{booked.pk}/time/", {"mode": "at", "day": f"2027-{day}", "time": time}
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_page_without_scripts_changes_the_audience(braze, booked, alice, client_of, loyal):
    browser = client_of(alice)
    there = f"/campaigns/{booked.pk}/for/"

    assert "<dialog" not in browser.get(there).content.decode().split('id="content"')[1].split("</main>")[0]
    answer = browser.post(there, {"segment": loyal.pk})

    assert answer["Location"] == f"/campaigns/{booked.pk}/"
    assert fresh(booked).segment_id == loyal.pk


def test_a_form_without_the_question_changes_nothing(braze, booked, alice, client_of, loyal):
    do(booked, services.retarget, loyal, by=alice)
    worked_off(booked)

    client_of(alice).post(f"/campaigns/{booked.pk}/for/", {"other": "1"})

    assert fresh(booked).segment_id == loyal.pk
