"""The control API: for this machine, and clear about what it cannot read."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from braze_sandbox.app import create_app
from braze_sandbox.control import ROUTES
from tests.braze_sandbox.conftest import EVERYBODY, KEY, WORKSPACE


def test_the_ledger_holds_what_was_received_and_answered(braze):
    answer = braze.create()
    braze.create(campaign_id="unknown")
    [call] = braze.get("/sandbox/ledger", path="/messages/schedule/create", bodies=1).json()["calls"]
    assert (call["workspace"], call["key_name"], call["method"], call["status"]) == (
        "bluebird",
        "portal",
        "POST",
        201,
    )
    assert call["body"]["audience"] == EVERYBODY
    assert call["body"]["messages"]["email"]["subject"].startswith("Hello")
    assert call["answer"] == answer.json()
    assert call["request_id"] == answer.headers["X-Request-Id"]
    assert call["time"] == "2026-11-23T12:00:00.000Z"


def test_the_ledger_can_be_followed(braze):
    for _ in range(3):
        braze.create()
    calls = braze.get("/sandbox/ledger", limit=2).json()["calls"]
    rest = braze.get("/sandbox/ledger", after=calls[-1]["number"]).json()["calls"]
    assert (len(calls), len(rest)) == (2, 1)


def test_no_key_is_kept_or_logged(braze, tmp_path):
    braze.create()
    braze.client("another-secret").get("/segments/list")
    braze.sandbox.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"bluebird" in kept
    assert KEY.encode() not in kept


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"name": "x", "keys": [{}]},
        {"name": "x", "campaigns": [{"id": "c", "variations": [{}]}]},
        {"name": "x", "segments": [{"id": "s", "filter": {"AND": []}}]},
        {"name": "x", "keys": "all"},
        {"name": "x", "sends": [{"campaign_id": "none", "send_id": "a", "variation_id": "b", "days": []}]},
    ],
)
def test_a_workspace_that_cannot_be_read_changes_nothing(braze, wish):
    assert braze.post("/sandbox/workspaces", wish).status_code == 400
    assert [one.name for one in braze.sandbox.workspaces] == ["bluebird"]


def test_a_workspace_is_replaced_whole_with_its_keys(braze):
    braze.post("/sandbox/workspaces", {**WORKSPACE, "keys": [{"key": "new"}]})
    assert braze.get("/segments/list").status_code == 401
    assert braze.client("new").get("/segments/list").status_code == 200


def test_profiles_are_checked_before_any_is_taken(braze):
    people = [{"external_id": "new"}, {"external_id": "x", "email": "none"}]
    answer = braze.post("/sandbox/profiles", {"workspace": "bluebird", "profiles": people})
    assert answer.status_code == 400
    assert "profiles[1]" in answer.text
    assert braze.get("/sandbox/health").json()["profiles"] == 3


def test_an_unknown_choice_is_refused_with_those_there_are(braze):
    assert "there are" in braze.post("/sandbox/choices", {"nonsense": 1}).text
    assert "may be 401 or 403" in braze.post("/sandbox/choices", {"missing_permission": 404}).text
    assert braze.post("/sandbox/choices", {"calls_per_hour": -1}).status_code == 400


def test_reset_forgets_everything_or_keeps_the_workspaces(braze):
    braze.create()
    braze.choose(past_time="refuse")
    braze.post("/sandbox/reset", {"keep_workspaces": True})
    health = braze.get("/sandbox/health").json()
    assert (health["workspaces"], health["profiles"], health["scheduled"]) == (1, 3, 0)
    assert braze.get("/sandbox/choices").json()["past_time"] == "send_now"
    braze.post("/sandbox/reset", {})
    assert braze.get("/sandbox/health").json()["profiles"] == 0
    assert braze.get("/segments/list").status_code == 401


def test_callers_from_elsewhere_are_refused(braze):
    transport = httpx2.WSGITransport(app=create_app(braze.sandbox), remote_addr="192.0.2.7")
    with httpx2.Client(transport=transport, base_url="http://sandbox.test") as stranger:
        assert stranger.get("/sandbox/health").status_code == 403


def test_a_web_page_cannot_post_to_it(braze):
    answer = braze.http.post("/sandbox/reset", content="{}", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    assert braze.get("/sandbox/health").json()["profiles"] == 3


def test_every_choice_and_flag_is_described(braze):
    described = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text()
    names = braze.get("/sandbox/choices").json()
    assert [name for name in names if f"`{name}`" not in described] == []
    assert [path for path in ROUTES if path not in described] == []
