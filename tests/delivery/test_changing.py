"""Another time, mail or audience for what is promised: an update where Braze can, else delete and then create."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from delivery import services
from delivery.errors import DeliveryError
from delivery.message import Sealed
from delivery.models import Dispatch
from tests.conftest import fresh, home, kept
from tests.sandboxed import (
    CREATE,
    DELETE,
    SEND_ID,
    UPDATE,
    answers,
    cut_after_accepting,
    cut_before_accepting,
    meanwhile,
    unreachable,
)

pytestmark = pytest.mark.django_db

State = Dispatch.State


@pytest.fixture
def booked(braze, promise) -> Dispatch:
    """At Braze, with a day to go."""
    return kept(promise(send_at=timezone.now() + timedelta(days=1)))


def change(dispatch: Dispatch, **wanted: object) -> str:
    with home(dispatch):
        return services.change(dispatch, **wanted)  # type: ignore[arg-type]


def sealed(dispatch: Dispatch, **changes: object) -> Sealed:
    with home(dispatch):
        return Sealed.model_validate(fresh(dispatch, "message").message.content).model_copy(update=changes)


def elsewhere(dispatch: Dispatch) -> Sealed:
    """The same mail to a part of the audience."""
    now = sealed(dispatch)
    return now.model_copy(
        update={"audience": now.audience.model_copy(update={"segment_id": "segment-loyal"})}
    )


def later(dispatch: Dispatch) -> datetime:
    return dispatch.planned_at + timedelta(days=1)


def live(braze) -> list[str]:
    """What the sandbox would still send."""
    rows = braze.sandbox.database.rows("SELECT id FROM schedules WHERE state = 'scheduled'")
    return [row["id"] for row in rows]


def test_another_time_is_an_update(braze, booked):
    wanted = later(booked)

    assert change(booked, planned_at=wanted) == State.CHANGING
    done = kept(booked)

    assert (done.state, done.planned_at, done.booked_for) == (State.SCHEDULED, wanted, wanted)
    assert done.schedule_id == booked.schedule_id
    [update] = braze.ledger(UPDATE)
    assert update["schedule"]["time"] == f"{wanted:%Y-%m-%dT%H:%M:%S}Z"
    assert (braze.count(CREATE), braze.count(DELETE)) == (1, 0)


def test_so_is_another_content_with_the_time_repeated(braze, booked):
    change(booked, sealed=sealed(booked, subject="Open on Sunday too"))
    done = kept(booked)

    [update] = braze.ledger(UPDATE)
    assert update["messages"]["email"]["subject"] == "Open on Sunday too"
    assert update["messages"]["email"]["message_variation_id"] == "variation-leith"
    assert update["schedule"]["time"] == f"{booked.booked_for:%Y-%m-%dT%H:%M:%S}Z"
    assert done.message.content["subject"] == "Open on Sunday too"


def test_until_braze_agrees_what_it_has_stands(booked):
    change(booked, planned_at=later(booked), sealed=sealed(booked, subject="New"))

    assert fresh(booked).planned_at == booked.planned_at
    assert fresh(booked, "message").message_id == booked.message_id


def test_another_audience_is_taken_back_first_and_handed_over_then(braze, booked):
    assert change(booked, sealed=elsewhere(booked)) == State.RECALLING
    done = kept(booked)

    order = [path for path in braze.calls if path in {CREATE, DELETE}]
    assert order == [CREATE, DELETE, CREATE]
    assert done.state == State.SCHEDULED
    assert braze.ledger(CREATE)[-1]["segment_id"] == "segment-loyal"
    assert live(braze) == [done.schedule_id]


def test_it_is_not_handed_over_anew_before_the_old_one_is_gone(braze, booked):
    change(booked, sealed=elsewhere(booked))
    braze.will(DELETE, *[unreachable] * 3)

    assert kept(booked).state == State.RECALLING
    assert braze.count(CREATE) == 1


@pytest.mark.parametrize("silence", [cut_after_accepting, cut_before_accepting], ids=["done", "not done"])
def test_a_delete_in_doubt_never_leads_to_a_second_mail(braze, booked, clock, silence):
    change(booked, sealed=elsewhere(booked))
    braze.will(DELETE, *[silence] * 4)

    for _try in range(8):
        kept(booked)
        clock.move(minutes=3)

    assert len(live(braze)) <= 1
    if fresh(booked).state == State.SCHEDULED:
        assert live(braze) == [fresh(booked).schedule_id]
    else:
        assert fresh(booked).state == State.UNKNOWN  # a person looks, or the numbers tell


def test_another_variation_counts_under_a_pair_of_its_own(braze, promise, booked):
    other = sealed(booked, variation_id="default-bluebird", variation_name="Default")

    change(booked, sealed=other)
    done = kept(booked)

    assert done.variation_id == "default-bluebird"
    assert braze.ledger(CREATE)[-1]["messages"]["email"]["message_variation_id"] == "default-bluebird"
    assert done.send_id is not None


def test_before_it_reached_braze_it_is_just_another_promise(braze, promise):
    dispatch = promise(send_at=timezone.now() + timedelta(days=1))
    wanted = later(dispatch)

    assert change(dispatch, planned_at=wanted, sealed=sealed(dispatch, subject="New")) == State.PENDING
    kept(dispatch)

    assert braze.calls == [SEND_ID, CREATE]
    [created] = braze.ledger(CREATE)
    assert created["messages"]["email"]["subject"] == "New"
    assert created["schedule"]["time"] == f"{wanted:%Y-%m-%dT%H:%M:%S}Z"


def test_a_refused_change_leaves_it_as_it_was_and_says_so(braze, booked):
    braze.will(UPDATE, answers(400, {"message": "No such schedule"}))
    change(booked, planned_at=later(booked))

    after = kept(booked)

    assert (after.state, after.planned_at, after.next_planned_at) == (
        State.SCHEDULED,
        booked.planned_at,
        None,
    )
    assert "No such schedule" in after.outcome


@pytest.mark.parametrize("silence", [cut_after_accepting, cut_before_accepting], ids=["done", "not done"])
def test_an_update_without_an_answer_is_repeated(braze, booked, clock, silence):
    wanted = later(booked)
    change(booked, planned_at=wanted)
    braze.will(UPDATE, *[silence] * 4)

    for _try in range(6):
        kept(booked)
        clock.move(minutes=3)

    assert (fresh(booked).state, fresh(booked).planned_at) == (State.SCHEDULED, wanted)


def test_a_refusal_after_a_lost_answer_does_not_claim_that_all_is_as_before(braze, booked, clock):
    change(booked, planned_at=later(booked))
    braze.will(UPDATE, cut_after_accepting, *[answers(400, {"message": "No such schedule"})] * 2)

    kept(booked)
    clock.move(minutes=3)
    after = kept(booked)

    assert after.state == State.SCHEDULED
    assert "never confirmed" in after.outcome


def test_shortly_before_the_send_it_is_too_late(braze, promise, clock):
    booked = kept(promise(send_at=timezone.now() + timedelta(minutes=10)))
    clock.move(minutes=9)

    with pytest.raises(DeliveryError, match="less than two minutes"):
        change(booked, planned_at=later(booked))

    assert fresh(booked).state == State.SCHEDULED


def test_while_it_is_handed_over_it_has_to_wait_a_moment(braze, promise):
    dispatch = promise()
    refused: list[str] = []

    def try_it() -> None:
        with pytest.raises(DeliveryError, match="in a moment") as caught:
            change(dispatch, planned_at=later(dispatch))
        refused.append(str(caught.value))

    braze.will(CREATE, meanwhile(try_it))
    kept(dispatch)

    assert len(refused) == 1


def test_the_same_again_changes_nothing(braze, booked):
    change(booked, sealed=sealed(booked))
    kept(booked)

    assert braze.count(UPDATE) == 0


def test_a_cancellation_overtakes_a_change(braze, booked):
    change(booked, planned_at=later(booked))
    with home(booked):
        services.cancel(booked)

    assert kept(booked).state == State.CANCELLED
    assert braze.count(UPDATE) == 0
    assert live(braze) == []
