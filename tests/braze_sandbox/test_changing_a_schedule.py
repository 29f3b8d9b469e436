"""Updates and deletes: replaced whole, refused when it is over, partly too late at the last moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.braze_sandbox.conftest import NOON, message


def change(braze, schedule_id, **changes):
    return braze.post("/messages/schedule/update", {"schedule_id": schedule_id, **changes})


def delete(braze, schedule_id):
    return braze.post("/messages/schedule/delete", {"schedule_id": schedule_id})


def test_a_new_time_replaces_the_old(braze):
    schedule_id = braze.booked()
    answer = change(braze, schedule_id, schedule={"time": (NOON + timedelta(hours=5)).isoformat()})
    assert (answer.status_code, answer.json()) == (201, {"message": "success"})
    braze.later(hours=4)
    assert braze.receivers(schedule_id) == set()
    braze.later(hours=1)
    assert braze.receivers(schedule_id) == {"ada", "bob", "eve"}


def test_new_contents_replace_the_old(braze):
    schedule_id = braze.booked()
    change(braze, schedule_id, messages=message(email={"subject": "Changed"})["messages"])
    braze.later(hours=1)
    assert {one["subject"] for one in braze.deliveries(schedule_id)} == {"Changed"}


def test_contents_are_checked_again(braze):
    schedule_id = braze.booked()
    answer = change(braze, schedule_id, messages={"email": {"body": "x"}})
    assert (answer.status_code, answer.json()["message"]) == (400, "Message Variant Unspecified")


def test_an_update_needs_something_to_change(braze):
    assert change(braze, braze.booked()).status_code == 400


def test_a_deleted_message_goes_to_nobody(braze):
    schedule_id = braze.booked()
    assert delete(braze, schedule_id).status_code == 201
    braze.later(hours=2)
    assert braze.receivers(schedule_id) == set()


@pytest.mark.parametrize("over", ["sent", "deleted", "unknown"])
def test_what_is_over_cannot_be_changed_or_deleted(braze, over):
    schedule_id = "unknown" if over == "unknown" else braze.booked()
    if over == "sent":
        braze.later(hours=1)
    elif over == "deleted":
        delete(braze, schedule_id)
    assert delete(braze, schedule_id).status_code == 400
    assert change(braze, schedule_id, schedule={"time": "2026-12-24T09:00:00Z"}).status_code == 400


def test_a_repeated_delete_can_be_let_pass(braze):
    schedule_id = braze.booked()
    braze.choose(repeated_delete="accept")
    assert [delete(braze, schedule_id).status_code for _ in range(2)] == [201, 201]


def many(braze):
    people = [{"external_id": f"m{n}", "email": f"m{n}@example.org", "store_id": "99"} for n in range(200)]
    braze.post("/sandbox/profiles", {"workspace": "bluebird", "profiles": people})


def test_a_delete_at_the_last_moment_spares_only_some(braze):
    many(braze)
    schedule_id = braze.booked()
    braze.later(minutes=59, seconds=59)
    assert delete(braze, schedule_id).status_code == 201
    braze.later(seconds=1)
    assert 50 < len(braze.deliveries(schedule_id)) < 150


def test_a_delete_at_the_last_moment_can_spare_all(braze):
    braze.choose(late_change="wholly")
    schedule_id = braze.booked()
    braze.later(minutes=59, seconds=59)
    delete(braze, schedule_id)
    braze.later(seconds=1)
    assert braze.receivers(schedule_id) == set()


def test_an_update_at_the_last_moment_reaches_only_some(braze):
    many(braze)
    schedule_id = braze.booked(email={"subject": "Before"})
    braze.later(minutes=59, seconds=59)
    change(braze, schedule_id, messages=message(email={"subject": "Changed"})["messages"])
    braze.later(seconds=1)
    told = [(one["id"], one["subject"]) for one in braze.deliveries(schedule_id)]
    assert 50 < sum(subject == "Changed" for _, subject in told) < 150
    assert len(told) == 203
    # The inbox shows each of them what they got.
    for number, subject in told[:5]:
        assert f"<h1>{subject}</h1>" in braze.get(f"/inbox/{number}").text


def test_an_update_at_the_last_moment_can_reach_all(braze):
    braze.choose(late_change="wholly")
    schedule_id = braze.booked()
    braze.later(minutes=59, seconds=59)
    change(braze, schedule_id, messages=message(email={"subject": "Changed"})["messages"])
    braze.later(seconds=1)
    assert {one["subject"] for one in braze.deliveries(schedule_id)} == {"Changed"}


def test_another_workspace_cannot_touch_it(braze):
    schedule_id = braze.booked()
    braze.post("/sandbox/workspaces", {"name": "brightwater", "keys": [{"key": "other"}]})
    answer = braze.client("other").post("/messages/schedule/delete", json={"schedule_id": schedule_id})
    assert answer.status_code == 400
    braze.later(hours=1)
    assert braze.receivers(schedule_id) == {"ada", "bob", "eve"}
