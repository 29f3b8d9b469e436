"""Each endpoint: what is sent, and the documented answer as it comes back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import respx

from braze_client import Braze, CreateSchedule, ExportUsers, Schedule, UpdateSchedule

HEADERS = {"X-Request-Id": "3f2b7f1e", "X-RateLimit-Limit": "250000", "X-RateLimit-Remaining": "249999"}


def sent(api: respx.MockRouter) -> dict[str, object]:
    body: dict[str, object] = json.loads(api.calls.last.request.content)
    return body


def test_a_booking_is_sent_as_documented_and_its_id_comes_back(
    api: respx.MockRouter, braze: Braze, booking: CreateSchedule
) -> None:
    api.post("/messages/schedule/create").respond(
        201,
        json={"dispatch_id": "09d7ff", "schedule_id": "886a0a5a-75fb", "message": "success"},
        headers=HEADERS,
    )

    booked = braze.create_schedule(booking)

    assert (booked.schedule_id, booked.dispatch_id) == ("886a0a5a-75fb", "09d7ff")
    assert sent(api) == {
        "broadcast": True,
        "audience": {
            "custom_attribute": {
                "custom_attribute_name": "store_id",
                "comparison": "equals",
                "value": "12",
            }
        },
        "campaign_id": "campaign-1",
        "send_id": "portal-8841",
        "schedule": {"time": "2026-12-01T09:00:00Z"},
        "messages": {
            "email": {
                "app_id": "app-1",
                "from": "Store 12 <store12@example.org>",
                "subject": "Hello",
                "body": "<html><body>Hello</body></html>",
                "message_variation_id": "variation-12",
            }
        },
    }


def test_the_key_goes_into_the_header_and_json_is_asked_for(
    api: respx.MockRouter, braze: Braze, booking: CreateSchedule, key: str
) -> None:
    api.post("/messages/schedule/create").respond(201, json={"schedule_id": "s"})

    braze.create_schedule(booking)

    headers = api.calls.last.request.headers
    assert headers["authorization"] == f"Bearer {key}"
    assert headers["content-type"] == "application/json"
    assert headers["accept"] == "application/json"


def test_an_answer_says_how_its_call_went(
    api: respx.MockRouter, braze: Braze, booking: CreateSchedule
) -> None:
    api.post("/messages/schedule/create").respond(201, json={"schedule_id": "s"}, headers=HEADERS)

    call = braze.create_schedule(booking).call

    assert (call.method, call.path, call.status) == ("POST", "/messages/schedule/create", 201)
    assert (call.request_id, call.allowance.limit, call.allowance.remaining) == ("3f2b7f1e", 250000, 249999)


def test_an_update_sends_only_what_changes(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/messages/schedule/update").respond(201, json={"message": "success"})
    later = Schedule.at(datetime(2026, 12, 2, 9, tzinfo=UTC))

    braze.update_schedule(UpdateSchedule(schedule_id="s-1", schedule=later))

    assert sent(api) == {"schedule_id": "s-1", "schedule": {"time": "2026-12-02T09:00:00Z"}}


@pytest.mark.parametrize("answer", [{"json": {"message": "success"}}, {"content": b""}, {"json": {}}])
def test_a_cancellation_is_accepted_whatever_its_undocumented_answer_holds(
    api: respx.MockRouter, braze: Braze, answer: dict[str, Any]
) -> None:
    api.post("/messages/schedule/delete").respond(200, **answer)

    assert braze.delete_schedule("s-1").call.status == 200
    assert sent(api) == {"schedule_id": "s-1"}


def test_a_send_id_is_made_with_or_without_a_name(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/sends/id/create").respond(201, json={"message": "success", "send_id": "portal-8841"})

    assert braze.create_send_id("campaign-1", "portal-8841").send_id == "portal-8841"
    assert sent(api) == {"campaign_id": "campaign-1", "send_id": "portal-8841"}
    braze.create_send_id("campaign-1")
    assert sent(api) == {"campaign_id": "campaign-1"}


def test_exported_profiles_come_typed_and_with_what_braze_adds(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/users/export/ids").respond(
        201,
        json={
            "users": [
                {
                    "external_id": "u-1",
                    "email_subscribe": "opted_in",
                    "custom_attributes": {"tier": "gold"},
                    "campaigns_received": [{"name": "Portal", "variation_api_id": "v", "converted": False}],
                    "random_bucket": 5445,
                }
            ],
            "invalid_user_ids": ["nobody"],
            "message": "success",
        },
    )

    found = braze.export_users(ExportUsers(external_ids=["u-1", "nobody"], fields_to_export=["email"]))

    [profile] = found.users
    assert (profile.external_id, profile.email_subscribe, profile.email) == ("u-1", "opted_in", None)
    assert profile.custom_attributes == {"tier": "gold"}
    assert profile.campaigns_received[0].variation_api_id == "v"
    assert profile.model_extra == {"random_bucket": 5445}
    assert found.invalid_user_ids == ["nobody"]
    assert sent(api) == {"external_ids": ["u-1", "nobody"], "fields_to_export": ["email"]}


def test_a_look_up_without_result_is_an_empty_answer(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/users/export/ids").respond(200, json={"users": None, "message": "success"})

    found = braze.export_users(ExportUsers(email_address="a@example.org", fields_to_export=["email"]))

    assert (found.users, found.invalid_user_ids) == ([], [])
