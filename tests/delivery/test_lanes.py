"""Who works for a brand: one lane in a process, and helpers as soon as there is too much for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from delivery import lane
from delivery.models import Dispatch
from tests.conftest import fresh, home
from tests.sandboxed import CREATE, meanwhile
from workspace import governor
from workspace.models import Workspace

State = Dispatch.State


def test_a_process_runs_one_lane_of_a_brand_at_a_time(braze, dispatch):
    second: list[bool] = []
    braze.will(CREATE, meanwhile(lambda: second.append(lane.work(dispatch.brand_id))))

    lane.work(dispatch.brand_id)

    assert second == [False]
    assert braze.count() == 1


def test_a_lane_that_was_asked_meanwhile_says_that_there_may_be_more(braze, dispatch):
    braze.will(CREATE, meanwhile(lambda: lane.work(dispatch.brand_id)))

    assert lane.work(dispatch.brand_id)
    assert not lane.work(dispatch.brand_id)


def test_a_lane_that_breaks_off_does_not_keep_the_next_one_out(braze, dispatch, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("delivery.lane.desk_of", _breaks)
        with pytest.raises(ZeroDivisionError):
            lane.work(dispatch.brand_id)

    lane.work(dispatch.brand_id)

    assert fresh(dispatch).state == State.SCHEDULED


def _breaks(_brand_id: int) -> None:
    raise ZeroDivisionError


def test_help_is_called_once_when_there_is_more_than_the_process_can_take_on(braze, promise, settings):
    settings.BRAZE_CALLS_AT_ONCE = 1
    brand_id, *_others = [promise(place).brand_id for place in ("Leith", "Portobello", "Leith")]
    calls: list[str] = []

    lane.work(brand_id, call_help=lambda: calls.append("help"))

    assert calls == ["help"]
    assert braze.count() == 3


def test_nobody_is_called_for_a_single_campaign(braze, dispatch):
    calls: list[str] = []
    lane.work(dispatch.brand_id, call_help=lambda: calls.append("help"))
    assert calls == []


def test_a_mail_is_read_only_once_there_is_leave_for_its_call(braze, dispatch):
    with home(dispatch):
        governor.close(Workspace.objects.get().pk, CREATE, timezone.now() + timedelta(minutes=5))

    with CaptureQueriesContext(connection) as asked:
        lane.work(dispatch.brand_id)

    assert not [query for query in asked if '"content"' in query["sql"]]
    assert fresh(dispatch).state == State.PENDING
