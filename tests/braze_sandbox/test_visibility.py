"""Reading lags behind writing: what /users/track changed is seen a little later."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.conftest import Setting


@pytest.fixture
def slow(braze):
    braze.choose(profile_delay=60)
    return braze


def add_fay(braze):
    fay = {"external_id": "fay", "email": "fay@example.org", "store_id": "12"}
    assert braze.post("/users/track", {"attributes": [fay]}).status_code == 201


def known(braze, external_id="fay"):
    asked = {"external_ids": [external_id], "fields_to_export": ["external_id"]}
    return bool(braze.post("/users/export/ids", asked).json()["users"])


def test_a_new_profile_is_exported_after_the_delay(slow):
    add_fay(slow)
    assert not known(slow)
    slow.later(seconds=60)
    assert known(slow)


def test_without_a_delay_it_is_there_at_once(braze):
    add_fay(braze)
    assert known(braze)


def test_a_message_in_between_misses_the_new_one(slow):
    add_fay(slow)
    early = slow.booked(schedule={"time": "2026-11-23T12:00:30Z"})
    late = slow.booked(schedule={"time": "2026-11-23T12:01:30Z"})
    slow.later(minutes=5)
    assert "fay" not in slow.receivers(early)
    assert "fay" in slow.receivers(late)


def test_changes_are_seen_in_the_order_they_were_made(slow):
    for tier in ("silver", "gold"):
        slow.post("/users/track", {"attributes": [{"external_id": "ada", "tier": tier}]})
    slow.later(seconds=60)
    asked = {"external_ids": ["ada"], "fields_to_export": ["custom_attributes"]}
    [ada] = slow.post("/users/export/ids", asked).json()["users"]
    assert ada["custom_attributes"]["tier"] == "gold"


def test_what_waits_outlasts_a_restart(slow, tmp_path):
    add_fay(slow)
    slow.sandbox.close()
    second = Setting(tmp_path)
    second.later(seconds=60)
    assert known(second)
    slow.sandbox = second.sandbox
