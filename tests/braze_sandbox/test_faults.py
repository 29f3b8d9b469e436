"""Troubles on demand, and a ledger that knows what was done all the same."""

from __future__ import annotations

import pytest

from braze_sandbox.answers import ConnectionCut

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
