"""Segments are brought to what Braze says, whatever stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audiences import reading
from audiences.errors import AudienceError
from audiences.models import Reading, Segment, SegmentGrant
from audiences.services import rule_for
from audiences.syncing import read_segments
from branding.scope import brand_scope
from connection import tasks
from tests.sandboxed import answers, unreachable, workspace
from workspace.models import Workspace

pytestmark = pytest.mark.django_db
What, State, Trouble = Reading.What, Reading.State, Reading.Trouble


@pytest.fixture
def read(bluebird, braze) -> Callable[[], Reading]:
    """Ask, and let a worker do it."""

    def read() -> Reading:
        with brand_scope(bluebird.pk):
            reading.ask(What.SEGMENTS, by=None)
        reading.run(bluebird.pk, What.SEGMENTS, read_segments)
        with brand_scope(bluebird.pk):
            ended: Reading = Reading.objects.get()
        return ended

    return read


@pytest.fixture
def segments(bluebird) -> Callable[[], dict[str, Segment]]:
    def segments() -> dict[str, Segment]:
        with brand_scope(bluebird.pk):
            return {each.segment_id: each for each in Segment.objects.all()}

    return segments


def define(braze, *made: dict[str, Any]) -> None:
    braze.sandbox.workspaces.define(workspace("bluebird", "Leith") | {"segments": list(made)})


LOYAL = {"id": "segment-loyal", "name": "Loyal", "description": "Have a card."}


def test_name_description_and_sizes_of_thirty_days_are_kept(braze, read, segments):
    define(braze, LOYAL)
    braze.will(
        "/segments/data_series",
        answers(200, {"data": [{"time": "2026-11-22", "size": 4}, {"time": "2026-11-23", "size": 9}]}),
    )

    assert (read().state, read().trouble) == (State.DONE, "")

    loyal = segments()["segment-loyal"]
    assert (loyal.name, loyal.description, loyal.is_counted) == ("Loyal", "Have a card.", True)
    assert loyal.size_at is not None


@pytest.mark.parametrize("listed", [True, False])
def test_a_segment_without_analytics_has_no_size_whatever_braze_answers(braze, read, segments, listed):
    define(braze, LOYAL | {"analytics": listed})
    braze.will("/segments/data_series", answers(200, {"data": []}))

    read()

    loyal = segments()["segment-loyal"]
    assert (loyal.size, loyal.is_counted, loyal.trend) == (None, False, None)


def test_more_segments_than_a_page_holds_are_all_read(braze, read, segments):
    define(braze, *({"id": f"s{n}", "name": f"S{n}"} for n in range(101)))

    ended = read()

    assert len(segments()) == 101
    assert (ended.done, ended.total) == (101, 101)


def test_one_that_vanished_is_offered_to_nobody_and_drafts_say_so(braze, read, segments, bluebird, leith):
    define(braze, LOYAL)
    read()
    with brand_scope(bluebird.pk):
        SegmentGrant.objects.create(segment=segments()["segment-loyal"], group=leith)
    define(braze)

    read()

    gone = segments()["segment-loyal"]
    assert gone.gone_at is not None
    with brand_scope(bluebird.pk):
        assert not Segment.objects.offered_to(leith).exists()
        with pytest.raises(AudienceError, match="no longer exists in Braze"):
            rule_for(leith, gone, Workspace.objects.get())


def test_one_that_comes_back_is_offered_again(braze, read, segments, bluebird, leith):
    define(braze, LOYAL)
    read()
    with brand_scope(bluebird.pk):
        SegmentGrant.objects.create(segment=segments()["segment-loyal"], group=leith)
    define(braze)
    read()
    define(braze, LOYAL | {"name": "Loyal again"})

    read()

    with brand_scope(bluebird.pk):
        assert [each.name for each in Segment.objects.offered_to(leith)] == ["Loyal again"]


def test_a_key_that_may_only_list_is_told_what_it_lacks(braze, read, segments):
    definition = workspace("bluebird", "Leith")
    definition["keys"][0]["permissions"] = ["segments.list"]
    braze.sandbox.workspaces.define(definition)

    ended = read()

    assert (ended.state, ended.trouble) == (State.DONE, Trouble.PARTLY)
    assert ended.detail == "segments.data_series, segments.details"
    assert set(segments()) == {"segment-loyal"}


@pytest.mark.parametrize(
    ("mishap", "trouble"),
    [
        (answers(401, {"message": "Invalid API key"}), Trouble.NOT_ALLOWED),
        (answers(403, {"message": "no"}), Trouble.NOT_ALLOWED),
        (answers(400, {"message": "page is odd"}), Trouble.REFUSED),
    ],
)
def test_a_refusal_is_said_in_words(braze, read, mishap, trouble):
    braze.will("/segments/list", mishap)

    ended = read()

    assert (ended.state, ended.trouble) == (State.FAILED, trouble)
    assert ended.detail in {"segments.list", "page is odd"}


def test_when_braze_cannot_be_reached_nothing_is_taken_for_gone(braze, read, segments):
    read()
    braze.will("/segments/list", *[unreachable] * 9)

    assert read().trouble == Trouble.NOT_REACHED
    assert segments()["segment-loyal"].gone_at is None


def test_a_used_up_allowance_is_waited_for_and_nothing_is_read_twice(braze, read, bluebird, clock):
    define(braze, LOYAL, {"id": "second", "name": "Second"})
    reset = str(int(timezone.now().timestamp()) + 60)
    full = answers(
        429, {"message": "Rate limit"}, **{"X-RateLimit-Reset": reset, "X-RateLimit-Remaining": "0"}
    )
    braze.will("/segments/details", lambda request, forward: forward(request), full)

    waiting = read()
    before = braze.count("/segments/details")
    clock.move(minutes=62)
    reading.run(bluebird.pk, What.SEGMENTS, read_segments)

    assert (waiting.state, waiting.done) == (State.WAITING, 1)
    with brand_scope(bluebird.pk):
        assert Reading.objects.get().state == State.DONE
    assert braze.count("/segments/details") == before + 1


def test_a_run_that_died_is_taken_up_again(braze, bluebird, celery_here, segments):
    with brand_scope(bluebird.pk):
        reading.ask(What.SEGMENTS, by=None)
        died = timezone.now() - Reading.SILENCE - timedelta(seconds=1)
        Reading.objects.update(state=State.RUNNING, started_at=died, alive_at=died)

    tasks.read_due()

    with brand_scope(bluebird.pk):
        assert Reading.objects.get().state == State.DONE
    assert set(segments()) == {"segment-loyal"}


def test_two_workers_read_once(braze, bluebird):
    with brand_scope(bluebird.pk):
        reading.ask(What.SEGMENTS, by=None)
    reading.run(bluebird.pk, What.SEGMENTS, read_segments)
    reading.run(bluebird.pk, What.SEGMENTS, read_segments)

    assert braze.count("/segments/list") == 1


def test_sizes_are_read_once_a_day_for_brands_that_are_connected(braze, bluebird, celery_here, clock):
    with brand_scope(bluebird.pk):
        Workspace.objects.update(fence_attribute="store_id")
    tasks.refresh_segments()
    tasks.refresh_segments()
    once = braze.count("/segments/list")
    clock.move(hours=25)
    tasks.refresh_segments()

    assert (once, braze.count("/segments/list")) == (1, 2)
