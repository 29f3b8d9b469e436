"""A run that stood still: what it learns too late counts only where nobody has gone on without it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from delivery import lane, services, tasks
from delivery.claims import LEASE
from delivery.models import Dispatch
from tests.conftest import fresh, home, kept
from tests.sandboxed import CREATE, answers, meanwhile, unreachable

pytestmark = pytest.mark.django_db

State = Dispatch.State


@pytest.fixture
def tomorrow(braze, promise):
    return promise(send_at=timezone.now() + timedelta(days=1))


def given_up(clock):
    """The sweep finds the lease run out while Braze thinks."""

    def give_up() -> None:
        clock.move(seconds=LEASE.total_seconds() + 1)
        tasks.sweep()

    return meanwhile(give_up)


def and_then(first, second):
    def both(request, forward):
        first(request, lambda asked: None)
        return second(request, forward)

    return both


def test_a_late_refusal_is_the_better_knowledge(braze, tomorrow, clock, celery_here):
    braze.will(CREATE, and_then(given_up(clock), answers(400, {"message": "Invalid Campaign ID"})))

    after = kept(tomorrow)

    assert (after.state, after.outcome) == (State.REFUSED, "Invalid Campaign ID")


def test_so_is_the_news_that_nothing_was_sent(braze, tomorrow, clock, celery_here):
    braze.will(CREATE, and_then(given_up(clock), unreachable))

    assert kept(tomorrow).state == State.PENDING


def test_but_not_against_a_person_who_has_looked_meanwhile(braze, tomorrow, clock, celery_here):
    def settle() -> None:
        clock.move(seconds=LEASE.total_seconds() + 1)
        tasks.sweep()
        with home(tomorrow):
            assert services.settle_unknown(tomorrow, was_sent=True, because="Seen in Braze.")

    braze.will(CREATE, and_then(meanwhile(settle), unreachable))

    assert kept(tomorrow).state == State.DONE


def test_a_call_is_not_begun_when_its_lease_is_nearly_over(braze, tomorrow, clock, monkeypatch):
    class Frozen:
        """The process stands still between the claim and the call."""

        def submit(self, deed, *args):
            from tests.sandboxed import Inline

            clock.move(seconds=30)
            return Inline().submit(deed, *args)

    monkeypatch.setattr("delivery.lane._callers", Frozen)
    lane.work(tomorrow.brand_id)

    assert braze.count(CREATE) == 0
    assert fresh(tomorrow).state == State.PENDING
