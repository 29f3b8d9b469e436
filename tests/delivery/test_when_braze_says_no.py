"""A definite no, a wait, a silence: each has its own way on, and none leads to a second booking."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from campaigns.models import Campaign
from campaigns.tasks import follow_dispatches
from delivery import lane, tasks
from delivery import waiting as waiting_for
from delivery.models import Attempt, Dispatch
from tests.conftest import fresh, home, kept
from tests.factories import API_KEY
from tests.sandboxed import (
    CREATE,
    SEND_ID,
    Killed,
    accepts_but_answers,
    answers,
    cut_after_accepting,
    cut_before_accepting,
    killed_after_accepting,
    killed_before_accepting,
    unreachable,
)
from workspace.models import Workspace

pytestmark = pytest.mark.django_db

State = Dispatch.State


def workspace_of(dispatch: Dispatch) -> Workspace:
    with home(dispatch):
        return Workspace.objects.get()


def outcomes(dispatch: Dispatch) -> list[str]:
    with home(dispatch):
        return list(dispatch.attempts.filter(path=CREATE).values_list("outcome", flat=True))


def why(dispatch: Dispatch) -> str:
    with home(dispatch):
        return waiting_for.reason(dispatch)


# No


def test_a_refusal_is_final_and_shown_in_brazes_words(braze, dispatch, campaign):
    braze.will(CREATE, answers(400, {"message": "Message variant unspecified"}))

    assert kept(dispatch).state == State.REFUSED
    follow_dispatches()

    assert "Message variant unspecified" in fresh(dispatch).outcome
    assert fresh(campaign).status == Campaign.Status.NOT_SENT
    kept(dispatch)
    assert braze.count(CREATE) == 1


def test_the_sandbox_refuses_a_variation_it_does_not_know(braze, promise):
    dispatch = promise()
    with home(dispatch):
        sealed = dispatch.message
        sealed.content["variation_id"] = "variation-nowhere"
        sealed.save()

    assert kept(dispatch).state == State.REFUSED


def test_what_breaks_a_published_rule_of_braze_is_refused_here_without_a_call(braze, promise):
    dispatch = promise()
    with home(dispatch):
        sealed = dispatch.message
        sealed.content["subject"] = ""
        sealed.content["audience"]["fence_attribute"] = " "
        sealed.save()

    refused = kept(dispatch)

    assert (refused.state, braze.count(CREATE)) == (State.REFUSED, 0)
    assert refused.outcome


# Wait


def test_a_refused_key_pauses_the_workspace_and_loses_nothing(braze, dispatch, campaign):
    with home(dispatch):
        broken = Workspace.objects.get()
        broken.set_api_key("99999999-dead-beef-0000-000000000000")
        broken.save()

    waiting = kept(dispatch)

    assert waiting.state == State.PENDING
    assert "key" in why(waiting)
    assert workspace_of(dispatch).paused_until is not None
    assert fresh(campaign).status == Campaign.Status.SCHEDULED


def test_while_paused_no_call_is_made(braze, dispatch, promise, clock):
    with home(dispatch):
        Workspace.objects.get().pause(clock.now() + timedelta(minutes=2), "Paused.")

    for each in (dispatch, promise("Portobello")):
        assert why(kept(each)) == "Paused."
    assert braze.calls == []


def test_with_the_key_mended_it_goes_on(braze, dispatch, clock, celery_here):
    braze.will(SEND_ID, answers(401, {"message": f"Invalid API key: {API_KEY}"}))
    kept(dispatch)

    clock.move(minutes=3)
    tasks.sweep()

    assert fresh(dispatch).state == State.SCHEDULED
    assert braze.count(CREATE) == 1


def test_so_does_a_key_refused_at_the_booking_itself(braze, dispatch, clock):
    braze.will(CREATE, answers(401, {"message": "Invalid API key"}))
    assert kept(dispatch).state == State.PENDING

    clock.move(minutes=3)

    assert kept(dispatch).state == State.SCHEDULED
    assert outcomes(dispatch) == [Attempt.Outcome.REFUSED, Attempt.Outcome.ACCEPTED]


def test_a_used_up_allowance_waits_until_it_resets(braze, dispatch, clock):
    reset = int(time.time()) + 300
    braze.will(CREATE, answers(429, {"message": "Rate limited"}, **{"X-RateLimit-Reset": str(reset)}))

    waiting = kept(dispatch)

    assert waiting.state == State.PENDING
    assert int(waiting.not_before.timestamp()) == pytest.approx(reset, abs=2)
    clock.move(seconds=290)
    assert kept(dispatch).state == State.PENDING
    assert braze.count(CREATE) == 1
    clock.move(seconds=20)
    assert kept(dispatch).state == State.SCHEDULED


def test_an_unreachable_braze_is_tried_again_more_and_more_rarely(braze, dispatch, clock):
    braze.will(CREATE, *[unreachable] * 20)
    pauses = []
    for _try in range(3):
        waiting = kept(dispatch)
        assert waiting.state == State.PENDING
        pause = waiting.not_before - clock.now()
        pauses.append(pause)
        clock.move(seconds=pause.total_seconds() + 1)

    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[2]


def test_and_goes_as_soon_as_it_can(braze, dispatch, clock):
    braze.will(SEND_ID, unreachable)
    kept(dispatch)

    clock.move(minutes=2)

    assert kept(dispatch).state == State.SCHEDULED


def test_without_a_key_it_waits(braze, dispatch, clock):
    with home(dispatch):
        Workspace.objects.update(api_key_encrypted=b"")

    waiting = kept(dispatch)

    assert (waiting.state, waiting.lease_token) == (State.PENDING, None)
    assert "key" in why(waiting)


# Silence

SILENCES = {
    "cut after accepting": cut_after_accepting,
    "cut before accepting": cut_before_accepting,
    "500": answers(500),
    "502": answers(502, "<html>Bad gateway</html>"),
    "503": answers(503),
    "504 after accepting": accepts_but_answers(504),
    "a page in place of an answer": accepts_but_answers(200, "<html>Hello</html>"),
    "a redirect": answers(302),
}


@pytest.mark.parametrize("silence", SILENCES.values(), ids=SILENCES.keys())
def test_without_a_clear_answer_the_outcome_is_unknown_and_nothing_is_repeated(
    braze, dispatch, campaign, clock, celery_here, silence
):
    braze.will(CREATE, silence)

    assert kept(dispatch).state == State.UNKNOWN
    for _beat in range(3):
        clock.move(minutes=10)
        tasks.sweep()
        follow_dispatches()
        kept(dispatch)

    assert braze.count(CREATE) == 1
    assert fresh(dispatch).state == State.UNKNOWN
    assert fresh(campaign).status == Campaign.Status.SCHEDULED
    assert outcomes(dispatch) == [Attempt.Outcome.UNKNOWN]


@pytest.mark.parametrize("death", [killed_before_accepting, killed_after_accepting])
def test_a_run_that_dies_in_the_call_leaves_an_unknown_outcome(braze, dispatch, clock, celery_here, death):
    braze.will(CREATE, death)
    with pytest.raises(Killed):
        lane.work(dispatch.brand_id)
    assert fresh(dispatch).state == State.CALLING

    clock.move(seconds=30)
    tasks.sweep()
    assert fresh(dispatch).state == State.CALLING  # its lease still runs: it may only be slow
    clock.move(seconds=31)
    tasks.sweep()

    assert fresh(dispatch).state == State.UNKNOWN
    assert braze.count(CREATE) == 1
    assert outcomes(dispatch) == [Attempt.Outcome.OPEN]


def test_an_answer_that_comes_after_the_run_was_given_up_still_counts(braze, dispatch, clock, celery_here):
    from tests.sandboxed import meanwhile

    def given_up() -> None:
        clock.move(seconds=61)
        tasks.sweep()
        assert fresh(dispatch).state == State.UNKNOWN

    braze.will(CREATE, meanwhile(given_up))

    assert kept(dispatch).state == State.SCHEDULED
    assert braze.count(CREATE) == 1


def test_a_run_that_dies_before_the_call_is_tried_again(braze, dispatch, clock, celery_here):
    braze.will(SEND_ID, killed_after_accepting)
    with pytest.raises(Killed):
        lane.work(dispatch.brand_id)

    clock.move(seconds=61)
    tasks.sweep()

    assert fresh(dispatch).state == State.SCHEDULED
    assert braze.count(CREATE) == 1


@pytest.mark.parametrize("silence", [cut_after_accepting, cut_before_accepting], ids=["made", "not made"])
def test_a_send_id_without_an_answer_is_asked_for_again(braze, dispatch, clock, silence):
    braze.will(SEND_ID, silence)
    assert kept(dispatch).state == State.PENDING

    clock.move(minutes=1)
    done = kept(dispatch)

    assert done.state == State.SCHEDULED
    assert done.send_id is not None
    assert braze.ledger(CREATE)[0]["send_id"] == done.send_id.value
