"""One promise, one booking: broadcast to the fence, under the group's own variation."""

from __future__ import annotations

import pytest

from branding.scope import brand_scope
from campaigns.models import Campaign
from delivery import nudges, tasks
from delivery.models import Attempt, Dispatch
from tests.conftest import fresh, home, kept
from tests.sandboxed import CREATE, SEND_ID

pytestmark = pytest.mark.django_db

State = Dispatch.State


def test_scheduling_reaches_braze_once(draft, alice, braze, after_commit, client_of):
    browser = client_of(alice)

    with after_commit():
        browser.post(f"/campaigns/{draft.pk}/schedule/")
        browser.post(f"/campaigns/{draft.pk}/schedule/")  # the impatient second click

    assert braze.calls == [SEND_ID, CREATE]
    assert fresh(draft).status == Campaign.Status.SCHEDULED


def test_it_is_a_broadcast_to_the_fence_under_the_groups_variation(braze, dispatch):
    done = kept(dispatch)

    [booked] = braze.ledger(CREATE)
    assert booked["broadcast"] is True
    assert booked["campaign_id"] == "campaign-bluebird"
    assert booked["audience"] == {
        "AND": [
            {
                "custom_attribute": {
                    "custom_attribute_name": "store_id",
                    "comparison": "equals",
                    "value": "fence-leith",
                }
            }
        ]
    } or booked["audience"] == {
        "custom_attribute": {
            "custom_attribute_name": "store_id",
            "comparison": "equals",
            "value": "fence-leith",
        }
    }
    assert booked["messages"]["email"]["message_variation_id"] == "variation-leith"
    assert booked["send_id"] == done.send_id.value
    assert booked["recipient_subscription_state"] == "subscribed"
    assert "external_user_ids" not in booked
    assert "recipients" not in booked


def test_what_was_sealed_is_what_goes(braze, dispatch):
    sealed = kept(dispatch).message.content

    [booked] = braze.ledger(CREATE)
    email = booked["messages"]["email"]
    assert (email["subject"], email["body"], email["plaintext_body"], email["from"], email["headers"]) == (
        sealed["subject"], sealed["html"], sealed["text"], sealed["from_"], sealed["headers"],
    )  # fmt: skip


def test_a_change_after_scheduling_does_not_change_what_goes(braze, dispatch, campaign, house):
    with brand_scope(house.brand.pk):
        house.places["Leith"].__class__.objects.filter(pk=house.places["Leith"].pk).update(fence_value="all")
        Campaign.objects.filter(pk=campaign.pk).update(values={"envelope": {"subject": "Other words"}})

    kept(dispatch)

    [booked] = braze.ledger(CREATE)
    assert booked["messages"]["email"]["subject"] == "A warm cup of coffee"
    assert "fence-leith" in str(booked["audience"])


def test_what_braze_said_is_kept(braze, dispatch):
    done = kept(dispatch)

    assert done.state == State.SCHEDULED
    assert done.schedule_id
    assert done.booked_for == done.planned_at
    with home(done):
        assert [(each.path, each.outcome, each.status) for each in done.attempts.all()] == [
            (SEND_ID, Attempt.Outcome.ACCEPTED, 201),
            (CREATE, Attempt.Outcome.ACCEPTED, 201),
        ]


def test_running_twice_books_once(braze, dispatch):
    kept(dispatch)

    assert kept(dispatch).state == State.SCHEDULED
    assert braze.count(CREATE) == 1


def test_the_sweep_keeps_a_promise_whose_nudge_was_lost(braze, dispatch, clock, celery_here):
    clock.move(seconds=20)
    tasks.sweep()

    assert fresh(dispatch).state == State.SCHEDULED


def test_many_promises_of_a_brand_are_one_nudge_until_it_is_taken_up(dispatch, monkeypatch):
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(tasks.deliver, "delay", lambda *args: given.append(args))

    for _promise in range(3):
        nudges.give(dispatch.brand_id)
    nudges.taken_up(dispatch.brand_id, 0)
    nudges.give(dispatch.brand_id)

    assert given == [(dispatch.brand_id, 0)] * 2


def test_a_sweep_does_not_book_what_is_booked(braze, dispatch, clock, celery_here):
    kept(dispatch)
    for _beat in range(3):
        clock.move(seconds=10)
        tasks.sweep()

    assert braze.count(CREATE) == 1


def test_when_its_time_has_come_it_is_sent(braze, dispatch, campaign, clock, celery_here):
    from campaigns.tasks import follow_dispatches

    kept(dispatch)
    clock.move(minutes=2)
    tasks.sweep()
    follow_dispatches()

    assert fresh(dispatch).state == State.DONE
    assert fresh(campaign).status == Campaign.Status.SENT


def test_later_than_a_quarter_of_an_hour_it_is_not_sent(braze, dispatch, clock, celery_here):
    clock.move(minutes=17)

    assert kept(dispatch).state == State.PENDING
    tasks.sweep()
    late = fresh(dispatch)

    assert (late.state, braze.calls) == (State.REFUSED, [])
    assert "new time" in late.outcome


def test_a_little_late_goes_a_little_later(braze, dispatch, clock):
    clock.move(minutes=5)

    done = kept(dispatch)

    assert done.state == State.SCHEDULED
    assert done.booked_for > done.planned_at


def test_a_dispatch_of_another_brand_is_not_found(braze, dispatch, other_house):
    from delivery import lane

    lane.work(other_house.brand.pk)

    assert braze.calls == []
    assert fresh(dispatch).state == State.PENDING
