"""What `braze_questions` has learned about this brand's Braze decides where the strictest reading held before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from delivery import services, waiting
from delivery.models import Dispatch
from tests.conftest import fresh, home, kept
from tests.sandboxed import CREATE, DELETE, SEND_ID, UPDATE, answers, cut_before_accepting
from workspace import questions
from workspace.models import Workspace

pytestmark = pytest.mark.django_db

State = Dispatch.State


@pytest.fixture
def learned(house, braze):
    def learned(key: str, answer: str) -> None:
        from branding.scope import brand_scope

        with brand_scope(house.brand.pk):
            questions.learn(Workspace.objects.get(), key, answer)

    return learned


def in_days(promise, days):
    return promise(send_at=timezone.now() + timedelta(days=days))


def test_braze_gets_the_notice_it_asks_for(learned, promise):
    learned("smallest_lead", "300")

    done = kept(promise())

    assert done.booked_for - timezone.now() > timedelta(seconds=280)


def test_what_is_too_far_ahead_waits_here_until_braze_takes_it(learned, braze, promise, clock):
    learned("furthest_horizon", "30")
    far = in_days(promise, 40)

    assert kept(far).state == State.PENDING
    with home(far):
        assert "30 days" in waiting.reason(fresh(far, "group"))
    clock.move(days=10, minutes=1)
    assert kept(far).state == State.SCHEDULED


def test_where_nothing_can_be_changed_a_new_time_is_a_delete_and_a_create(learned, braze, promise):
    learned("update_of_live", "refused")
    booked = kept(in_days(promise, 1))
    with home(booked):
        services.change(booked, planned_at=booked.planned_at + timedelta(days=1))

    kept(booked)

    assert [path for path in braze.calls if path != SEND_ID] == [CREATE, DELETE, CREATE]
    assert braze.count(UPDATE) == 0


@pytest.mark.parametrize(("answer", "goes_without"), [("refused", False), ("accepted", True)])
def test_a_send_id_refused_after_a_doubt_is_there_only_where_it_cannot_be_made_twice(
    learned, braze, promise, clock, answer, goes_without
):
    learned("repeated_send_id", answer)
    braze.will(SEND_ID, cut_before_accepting, answers(400, {"message": "No"}))
    dispatch = in_days(promise, 1)

    kept(dispatch)
    clock.move(minutes=2)
    kept(dispatch)

    assert fresh(dispatch).goes_without_send_id is goes_without


@pytest.mark.parametrize(("answer", "state"), [("refused", State.CANCELLED), ("accepted", State.SCHEDULED)])
def test_a_delete_refused_after_a_doubt_is_done_only_where_it_cannot_be_made_twice(
    learned, braze, promise, clock, answer, state
):
    learned("delete_of_deleted", answer)
    booked = kept(in_days(promise, 1))
    with home(booked):
        services.cancel(booked)
    braze.will(DELETE, cut_before_accepting, answers(400, {"message": "No such schedule"}))

    kept(booked)
    clock.move(minutes=2)

    assert kept(booked).state == state
