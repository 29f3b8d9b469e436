"""The database goes away in mid-run: what Braze has answered is still written down once it is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from delivery import claims, lane, records
from delivery.models import Dispatch
from tests.conftest import fresh
from tests.sandboxed import CREATE

pytestmark = pytest.mark.django_db(transaction=True)

State = Dispatch.State


@pytest.fixture
def tomorrow(braze, promise):
    return promise(send_at=timezone.now() + timedelta(days=1))


def once(real, *, after: int = 0):
    """The real function, but for one call that meets a database that is away."""
    calls: list[int] = []

    def sometimes(*args):
        calls.append(1)
        if len(calls) == after + 1:
            raise OperationalError("the connection is closed")
        return real(*args)

    return sometimes


def test_answers_wait_for_it(braze, tomorrow, monkeypatch):
    monkeypatch.setattr("delivery.lane.time.sleep", lambda _seconds: None)
    monkeypatch.setattr(records, "record", once(records.record))

    lane.work(tomorrow.brand_id)

    assert fresh(tomorrow).state == State.SCHEDULED
    assert braze.count(CREATE) == 1


def test_so_they_do_when_it_goes_while_more_is_claimed(braze, tomorrow, monkeypatch):
    """The first claim asks for a send id, the second one takes the campaign, the third one fails."""
    monkeypatch.setattr(claims, "claim", once(claims.claim, after=2))

    lane.work(tomorrow.brand_id)

    assert not connection.in_atomic_block
    assert fresh(tomorrow).state == State.SCHEDULED
