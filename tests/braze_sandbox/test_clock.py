"""A clock that can be moved and sped up, and all that follows it."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.braze_sandbox.conftest import NOON, Setting


def turn(braze, **wish):
    answer = braze.post("/sandbox/clock", wish)
    assert answer.status_code == 200, answer.text
    return answer.json()


def wait_told(answer):
    """The seconds a client waits: reset minus Date."""
    date = parsedate_to_datetime(answer.headers["Date"]).timestamp()
    return int(answer.headers["X-RateLimit-Reset"]) - date


def test_it_moves_on_and_is_set(braze):
    assert turn(braze, advance=90)["time"] == "2026-11-23T12:01:30.000Z"
    assert turn(braze, at="2026-12-01T09:00:00Z")["time"] == "2026-12-01T09:00:00.000Z"
    assert braze.get("/sandbox/health").json()["time"] == "2026-12-01T09:00:00.000Z"


def test_a_faster_clock_shows_more_than_has_passed(braze):
    turn(braze, speed=60)
    braze.now += timedelta(seconds=10)
    assert braze.get("/sandbox/clock").json() == {
        "time": "2026-11-23T12:10:00.000Z",
        "speed": 60,
        "ahead_by": 590,
    }


@pytest.mark.parametrize(
    "wish",
    [{}, {"at": "soon"}, {"advance": "x"}, {"speed": 0}, {"speed": True}, {"nonsense": 1}, {"advance": 1e15}],
)
def test_a_wish_that_cannot_be_read_moves_nothing(braze, wish):
    assert braze.post("/sandbox/clock", wish).status_code == 400
    assert braze.get("/sandbox/clock").json()["time"] == "2026-11-23T12:00:00.000Z"


@pytest.mark.parametrize(
    "path", ["/segments/list", "/sandbox/health", "/", "/nowhere", "/segments/details?segment_id=none"]
)
def test_every_answer_is_dated_by_it(braze, path):
    turn(braze, at="2027-03-01T08:00:00Z")
    assert braze.http.get(path).headers["Date"] == "Mon, 01 Mar 2027 08:00:00 GMT"


@pytest.mark.parametrize(("speed", "seconds"), [(1, 1200), (60, 20), (7, 172), (0.5, 2400)])
def test_a_reset_lies_as_far_behind_the_date_as_one_must_really_wait(braze, speed, seconds):
    braze.now = NOON + timedelta(minutes=40, milliseconds=600)
    turn(braze, speed=speed)
    braze.choose(calls_per_hour=1)
    wait = wait_told(braze.get("/segments/list"))
    assert wait - 1 <= seconds <= wait + 1
    assert braze.get("/segments/list").status_code == 429
    braze.now += timedelta(seconds=wait)
    assert braze.get("/segments/list").status_code == 200


def test_send_ids_begin_anew_with_its_day(braze):
    braze.choose(send_ids_per_day=1)
    made = [
        braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": one}).status_code
        for one in "ab"
    ]
    turn(braze, advance=12 * 3600)
    again = braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": "b"})
    assert (made, again.status_code) == ([201, 429], 201)


def test_what_a_jump_passes_over_happens_at_its_own_time(braze):
    braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": "d1"})
    schedule_id = braze.booked(send_id="d1")
    turn(braze, advance=3 * 86_400)
    braze.courier.beat()
    assert {one["time"] for one in braze.deliveries(schedule_id)} == {"2026-11-23T13:00:00.000Z"}
    query = {"campaign_id": "campaign-1", "send_id": "d1", "length": 4}
    rows = braze.get("/sends/data_series", **query).json()["data"]
    sent = {row["time"]: entry["sent"] for row in rows for entry in row["messages"]["email"]}
    assert sent == {"2026-11-23": 3, "2026-11-24": 0, "2026-11-25": 0, "2026-11-26": 0}


def test_it_goes_on_after_a_restart(tmp_path):
    first = Setting(tmp_path)
    turn(first, advance=3600, speed=10)
    first.sandbox.close()
    second = Setting(tmp_path)
    second.now += timedelta(seconds=6)
    assert second.get("/sandbox/clock").json()["time"] == "2026-11-23T13:01:00.000Z"
    second.post("/sandbox/reset", {})
    assert second.get("/sandbox/clock").json() == {
        "time": "2026-11-23T12:00:06.000Z",
        "speed": 1,
        "ahead_by": 0,
    }
    second.sandbox.close()
