"""Fixed windows, and what the headers say of them."""

from __future__ import annotations

from datetime import timedelta

from tests.braze_sandbox.conftest import NOON


def left(answer):
    return int(answer.headers["X-RateLimit-Limit"]), int(answer.headers["X-RateLimit-Remaining"])


def test_the_hourly_pool_is_shared_and_ends_with_the_clock_hour(braze):
    braze.now = NOON + timedelta(minutes=40)
    assert left(braze.get("/segments/list")) == (250_000, 249_999)
    answer = braze.post("/messages/schedule/delete", {})
    assert left(answer) == (250_000, 249_998)
    assert int(answer.headers["X-RateLimit-Reset"]) == (NOON + timedelta(hours=1)).timestamp()


def test_an_empty_window_is_a_429_until_it_resets(braze):
    braze.choose(calls_per_hour=2)
    assert [braze.get("/segments/list").status_code for _ in range(3)] == [200, 200, 429]
    braze.later(hours=1)
    assert braze.get("/segments/list").status_code == 200


def test_a_validation_error_counts_but_a_wrong_key_does_not(braze):
    braze.client("wrong").get("/segments/list")
    braze.get("/segments/details")
    assert left(braze.get("/segments/list")) == (250_000, 249_998)


def test_exports_have_a_window_of_a_minute(braze):
    answer = braze.post("/users/export/ids", {})
    assert left(answer) == (250, 249)
    assert int(answer.headers["X-RateLimit-Reset"]) == (NOON + timedelta(minutes=1)).timestamp()


def test_lean_exports_may_have_a_window_of_a_second(braze):
    braze.choose(lean_exports="by_second")
    lean = {"external_ids": ["ada"], "fields_to_export": ["email"]}
    full = {"external_ids": ["ada"], "fields_to_export": ["email", "campaigns_received"]}
    assert left(braze.post("/users/export/ids", lean)) == (40, 39)
    assert left(braze.post("/users/export/ids", full)) == (250, 249)


def test_tracks_have_a_window_of_three_seconds(braze):
    braze.choose(tracks_per_burst=1)
    assert [braze.post("/users/track", {}).status_code for _ in range(2)] == [400, 429]
    braze.later(seconds=3)
    assert braze.post("/users/track", {}).status_code == 400


def test_under_a_mau_contract_the_reset_counts_seconds_and_a_429_has_only_the_wait(braze):
    braze.choose(track_contract="mau", tracks_per_hour=1)
    assert braze.post("/users/track", {}).headers["X-RateLimit-Reset"] == "3600"
    refused = braze.post("/users/track", {})
    assert refused.status_code == 429
    assert refused.headers["X-Ratelimit-Retry-After"] == "3600"
    assert "X-RateLimit-Reset" not in refused.headers


def test_workspaces_do_not_share_windows(braze):
    braze.choose(calls_per_hour=1)
    braze.post("/sandbox/workspaces", {"name": "brightwater", "keys": [{"key": "other"}]})
    assert braze.get("/segments/list").status_code == 200
    assert braze.get("/segments/list").status_code == 429
    assert braze.client("other").get("/segments/list").status_code == 200
