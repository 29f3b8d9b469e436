"""The ledger: what was truly accepted, whatever the caller heard of it."""

from __future__ import annotations

import hashlib

import httpx2
import pytest

from braze_sandbox.answers import ConnectionCut
from braze_sandbox.app import create_app
from tests.braze_sandbox.conftest import KEY, Setting

CREATE = "/messages/schedule/create"


def ledger(braze, **query):
    return braze.get("/sandbox/ledger", **query).json()["calls"]


def summary(braze, **query):
    return braze.get("/sandbox/ledger/summary", **query).json()


def test_an_entry_says_what_the_call_was_about(braze):
    braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": "d1"})
    answer = braze.create(send_id="d1")
    [entry] = ledger(braze, path=CREATE)
    told = {name: entry[name] for name in ("campaign", "send_id", "variation", "schedule_id", "accepted")}
    assert told == {
        "campaign": "campaign-1",
        "send_id": "d1",
        "variation": "leith",
        "schedule_id": answer.json()["schedule_id"],
        "accepted": True,
    }
    assert entry["digest"] == hashlib.sha256(answer.request.content).hexdigest()
    assert entry["size"] == len(answer.request.content)
    assert "body" not in entry


def test_a_change_is_told_with_what_its_schedule_is_about(braze):
    schedule_id = braze.booked()
    braze.post("/messages/schedule/delete", {"schedule_id": schedule_id})
    [entry] = ledger(braze, path="/messages/schedule/delete")
    assert (entry["campaign"], entry["variation"]) == ("campaign-1", "leith")


def test_what_was_cut_after_performing_is_in_it_and_what_was_cut_before_is_not(braze):
    for cut in ("cut_before", "cut_after"):
        braze.post("/sandbox/faults", {"path": CREATE, cut: True})
        with pytest.raises(ConnectionCut):
            braze.create()
    assert [entry["fault"] for entry in ledger(braze)] == ["cut after"]


def test_it_is_read_in_pages_in_the_order_of_acceptance(braze):
    for _ in range(5):
        braze.create()
        braze.create(campaign_id="unknown")
    seen, after = [], 0
    while page := ledger(braze, path=CREATE, after=after, limit=2):
        seen += page
        after = page[-1]["number"]
    numbers = [entry["number"] for entry in seen]
    assert len(numbers) == 5
    assert numbers == sorted(numbers)


def test_bodies_come_back_byte_for_byte_after_a_restart(braze, tmp_path):
    braze.create(email={"subject": "Ünïcode 🎈"})
    braze.sandbox.close()
    second = Setting(tmp_path)
    [entry] = ledger(second, path=CREATE, bodies=1)
    assert entry["body"]["messages"]["email"]["subject"] == "Ünïcode 🎈"
    braze.sandbox = second.sandbox


def test_the_summary_counts_by_path_and_status(braze):
    braze.choose(calls_per_hour=3)
    braze.create()
    braze.create(campaign_id="unknown")
    braze.create()
    braze.create()
    counts = {(row["path"], row["status"]): row["calls"] for row in summary(braze)["calls"]}
    assert counts == {(CREATE, 201): 2, (CREATE, 400): 1, (CREATE, 429): 1}


def test_the_summary_tells_every_window(braze):
    braze.choose(calls_per_hour=2)
    for _ in range(3):
        braze.create()
    braze.later(hours=1)
    braze.create()
    windows = summary(braze, window="pool")["windows"]
    told = [(one["start"], one["limit"], one["accepted"], one["refused"]) for one in windows]
    assert told == [("2026-11-23T13:00:00.000Z", 2, 1, 0), ("2026-11-23T12:00:00.000Z", 2, 2, 1)]


def test_send_ids_have_a_window_too(braze):
    braze.choose(send_ids_per_day=1)
    for send_id in "aab":
        braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": send_id})
    [day] = summary(braze, window="send_ids")["windows"]
    assert (day["accepted"], day["refused"], day["limit"]) == (1, 1, 1)


def test_windows_are_used_up_over_a_restart(braze, tmp_path):
    braze.choose(calls_per_hour=2)
    braze.create()
    braze.sandbox.close()
    second = Setting(tmp_path)
    assert [second.create().status_code for _ in range(2)] == [201, 429]
    braze.sandbox = second.sandbox


def test_callers_side_by_side_are_all_entered_once(braze):
    from concurrent.futures import ThreadPoolExecutor

    app = create_app(braze.sandbox)

    def call(_number):
        transport = httpx2.WSGITransport(app=app)
        headers = {"Authorization": f"Bearer {KEY}"}
        with httpx2.Client(transport=transport, base_url="http://sandbox.test", headers=headers) as http:
            return http.post("/messages/schedule/delete", json={}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(call, range(100))) == {400}
    assert len(ledger(braze, all=1)) == 100
    [pool_window] = summary(braze, window="pool")["windows"]
    assert pool_window["accepted"] == 100
