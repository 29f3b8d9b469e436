"""Troubles on demand, and a ledger that knows what was done all the same."""

from __future__ import annotations

import pytest

from braze_sandbox.answers import ConnectionCut
from tests.braze_sandbox.conftest import WORKSPACE, Setting

CREATE = "/messages/schedule/create"


def order(braze, **fault):
    answer = braze.post("/sandbox/faults", {"path": CREATE, **fault})
    assert answer.status_code == 200, answer.text


def booked(braze):
    return len(braze.get("/sandbox/ledger", path=CREATE).json()["calls"])


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_status_is_answered_without_performing(braze, status):
    order(braze, status=status)
    assert braze.create().status_code == status
    assert booked(braze) == 0
    assert braze.create().status_code == 201


def test_a_429_tells_when_to_come_back_or_nothing(braze):
    order(braze, status=429, reset_in=20)
    order(braze, status=429, reset_in=None)
    assert int(braze.create().headers["X-RateLimit-Reset"]) == braze.now.timestamp() + 20
    assert "X-RateLimit-Reset" not in braze.create().headers


def test_a_body_may_be_html(braze):
    order(braze, status=502, body="html")
    answer = braze.create()
    assert answer.headers["content-type"] == "text/html"
    assert answer.text.startswith("<html>")


def test_a_call_may_be_performed_and_answered_504(braze):
    order(braze, cut_after=True, status=504)
    assert braze.create().status_code == 504
    assert booked(braze) == 1


@pytest.mark.parametrize(("cut", "performed"), [("cut_before", 0), ("cut_after", 1)])
def test_a_connection_may_be_cut_before_or_after(braze, cut, performed):
    order(braze, **{cut: True})
    with pytest.raises(ConnectionCut):
        braze.create()
    assert booked(braze) == performed
    told = braze.get("/sandbox/ledger", path=CREATE, all=1).json()["calls"]
    assert [one["fault"] for one in told] == [cut.replace("_", " ")]


def test_a_fault_counts_down_keeps_to_its_path_and_can_be_taken_back(braze):
    order(braze, status=500, count=2)
    assert braze.get("/segments/list").status_code == 200
    assert [braze.create().status_code for _ in range(3)] == [500, 500, 201]
    order(braze, status=500, count=None)
    assert {braze.create().status_code for _ in range(4)} == {500}
    assert braze.http.delete("/sandbox/faults").json()["faults"] == []
    assert braze.create().status_code == 201


@pytest.mark.parametrize("fault", [{}, {"status": 200}, {"nonsense": 1}])
def test_a_fault_that_is_none_is_refused(braze, fault):
    assert braze.post("/sandbox/faults", {"path": CREATE, **fault}).status_code == 400


# --- What the wire makes of an answer ---


def test_a_401_in_the_middle_of_a_run_repeats_the_key_and_tells_no_limits(braze):
    order(braze, status=401)
    answer = braze.create()
    assert (answer.status_code, answer.json()["message"]) == (401, "Invalid API key: key-of-the-portal")
    assert answer.headers["X-RateLimit-Reset"] == ""


def test_a_429_may_name_a_window_that_is_over(braze):
    order(braze, status=429, reset_in=-30)
    assert int(braze.create().headers["X-RateLimit-Reset"]) == braze.now.timestamp() - 30


def test_a_redirect_names_another_place(braze):
    order(braze, status=307, location="http://127.0.0.1:9/elsewhere")
    answer = braze.create()
    assert (answer.status_code, answer.headers["Location"]) == (307, "http://127.0.0.1:9/elsewhere")
    assert booked(braze) == 0


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        ("empty", lambda text: text == ""),
        ("truncated", lambda text: text.startswith('{"dispatch_id"') and not text.endswith("}")),
        ("wrong_type", lambda text: text == '["success"]'),
        ("huge", lambda text: len(text) > 10_000_000),
        ("html", lambda text: text.startswith("<html>")),
    ],
)
def test_a_performed_call_may_lose_the_sense_of_its_answer(braze, body, holds):
    order(braze, body=body)
    answer = braze.create()
    assert answer.status_code == 201
    assert holds(answer.text)
    assert booked(braze) == 1


def test_an_answer_may_drip_a_byte_a_second(braze):
    waits: list[float] = []
    braze.sandbox.pause = waits.append
    order(braze, drip=True)
    answer = braze.create()
    assert answer.json()["message"] == "success"
    assert waits == [1.0] * len(answer.content)


@pytest.mark.parametrize(("perform", "performed"), [(False, 0), (True, 1)])
def test_a_call_may_stall_until_nobody_waits_any_more(braze, perform, performed):
    waits: list[float] = []
    braze.sandbox.pause = waits.append
    order(braze, stall_s=40, perform=perform)
    with pytest.raises(ConnectionCut):
        braze.create()
    assert (waits, booked(braze)) == ([40], performed)


# --- Chances ---


def outcomes(braze, calls=200):
    return [braze.get("/segments/list").status_code for _ in range(calls)]


def unsettled(braze, seed):
    braze.http.delete("/sandbox/faults")
    several = [
        {"path": "/segments/*", "status": 500, "probability": 0.25},
        {"path": "*", "status": 503, "probability": 0.25},
    ]
    assert braze.post("/sandbox/faults", {"seed": seed, "faults": several}).status_code == 200


def test_faults_may_come_by_chance_several_at_a_time(braze):
    unsettled(braze, 7)
    told = outcomes(braze)
    assert {told.count(status) > 20 for status in (200, 500, 503)} == {True}
    assert told.count(200) < 160


def test_the_same_seed_brings_the_same_weather(braze):
    told = []
    for seed in (7, 7, 8):
        unsettled(braze, seed)
        told.append(outcomes(braze, 50))
    assert told[0] == told[1] != told[2]


def test_delays_add_up_with_what_comes_after_them(braze):
    waits: list[float] = []
    braze.sandbox.pause = waits.append
    braze.choose(latency_ms=200)
    order(braze, delay_ms=300)
    order(braze, status=500, delay_ms=500)
    assert braze.create().status_code == 500
    braze.create()
    assert waits == [1.0, 0.2]


def test_one_fault_can_be_taken_back_by_its_number(braze):
    order(braze, status=500, count=None)
    order(braze, status=503, count=None)
    first = braze.get("/sandbox/faults").json()["faults"][0]["number"]
    braze.http.delete("/sandbox/faults", params={"number": first})
    assert braze.create().status_code == 503


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500, "probability": 2},
        {"status": 500, "count": 0},
        {"status": "500"},
        {"body": "purple"},
        {"stall_s": -1},
        {"faults": "many"},
        {"faults": [7]},
    ],
)
def test_a_number_out_of_reach_is_refused(braze, fault):
    assert braze.post("/sandbox/faults", fault).status_code == 400
    assert braze.get("/sandbox/faults").json()["faults"] == []


def test_faults_outlast_a_restart_with_what_is_left_of_them(tmp_path):
    first = Setting(tmp_path)
    first.post("/sandbox/workspaces", WORKSPACE)
    order(first, status=500, count=2)
    first.create()
    first.sandbox.close()
    second = Setting(tmp_path)
    assert [second.create().status_code for _ in range(2)] == [500, 201]
    second.sandbox.close()
