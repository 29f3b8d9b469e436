"""POST /messages/schedule/create: every documented rule, and what a booking answers."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.conftest import EVERYBODY

ATTRIBUTE = {"custom_attribute_name": "store_id", "comparison": "equals", "value": "12"}


def refusal(braze, **changes):
    answer = braze.create(**changes)
    assert answer.status_code == 400, answer.text
    return answer.json()["message"]


def test_a_booking_answers_with_its_only_handle(braze):
    answer = braze.create()
    assert answer.status_code == 201
    assert set(answer.json()) == {"dispatch_id", "schedule_id", "message"}
    assert len(answer.json()["schedule_id"]) == 36
    assert len(answer.json()["dispatch_id"]) == 32


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"audience": None}, "No Recipients"),
        ({"audience": None, "broadcast": None}, "No Recipients"),
        ({"broadcast": False}, "broadcast must be true"),
        ({"external_user_ids": ["ada"]}, "may not be listed"),
        (
            {"broadcast": False, "external_user_ids": [str(n) for n in range(51)]},
            "max number of external_ids and aliases",
        ),
        ({"broadcast": False, "user_aliases": [{"alias_name": "x"}]}, "alias_label"),
        ({"segment_id": "unknown"}, "segment_id must be a string"),
        ({"campaign_id": "unknown"}, "Invalid Campaign ID"),
        ({"email": {"message_variation_id": None}}, "Message Variant Unspecified"),
        ({"email": {"message_variation_id": "unknown"}}, "Invalid Message Variant"),
        ({"email": {"message_variation_id": "sms"}}, "Mismatched Message Type"),
        ({"send_id": "never-made"}, "Invalid send_id"),
        ({"send_id": "x", "campaign_id": None}, "needs a campaign_id"),
        ({"messages": None}, "No message to send"),
        ({"messages": {}}, "No message to send"),
        ({"messages": {"email": {}}}, "No message to send"),
        ({"messages": {"pigeon": {"body": "x"}}}, "unknown message type"),
        ({"email": {"body": None}}, "No message to send"),
        ({"email": {"app_id": "other"}}, "app_id"),
        ({"email": {"from": "leith@bluebird.example"}}, "from must be"),
        ({"email": {"headers": {"X": 1}}}, "headers must be"),
        ({"schedule": None}, "schedule"),
        ({"schedule": {"time": "tomorrow"}}, "cannot parse"),
        ({"schedule": {"time": "2026-12-01T09:00:00Z", "in_local_time": True}}, "has no zone"),
        ({"schedule": {"time": "2026-11-22T09:00:00", "in_local_time": True}}, "has passed"),
        ({"recipient_subscription_state": "everyone"}, "recipient_subscription_state"),
        ({"nonsense": 1}, "unknown field"),
    ],
)
def test_it_refuses_what_breaks_a_rule(braze, changes, words):
    assert words in refusal(braze, **changes)


@pytest.mark.parametrize(
    "audience",
    [
        {},
        {"AND": []},
        {"AND": EVERYBODY},
        {**EVERYBODY, "OR": [EVERYBODY]},
        {"country": "GB"},
        {"attribute": {"name": "country", "comparison": "equals", "value": "GB"}},
        {"custom_attribute": {**ATTRIBUTE, "comparison": "is"}},
        {"custom_attribute": {"custom_attribute_name": "store_id", "comparison": "equals"}},
        {"custom_attribute": {**ATTRIBUTE, "comparison": "greater_than"}},
        {"custom_attribute": {**ATTRIBUTE, "comparison": "matches_regex", "value": "("}},
        {"custom_attribute": {**ATTRIBUTE, "comparison": "is_any_of", "value": [1]}},
        {"custom_attribute": {**ATTRIBUTE, "comparison": "after", "value": "soon"}},
        {"email_subscription_status": {"comparison": "equals", "value": "subscribed"}},
        {"last_used_app": {"comparison": "after", "value": "soon"}},
    ],
)
def test_it_refuses_an_audience_of_another_shape(braze, audience):
    assert "Invalid Connected Audience" in refusal(braze, audience=audience, segment_id="segment-uk")


def test_listed_people_may_be_narrowed_by_a_segment_without_broadcast(braze):
    assert (
        braze.create(
            broadcast=None, audience=None, segment_id="segment-uk", external_user_ids=["ada"]
        ).status_code
        == 201
    )


def test_without_a_campaign_no_variation_is_needed(braze):
    assert braze.create(campaign_id=None, email={"message_variation_id": None}).status_code == 201


def test_an_unknown_send_id_can_be_let_in(braze):
    braze.choose(unknown_send_id="accept")
    assert braze.create(send_id="never-made").status_code == 201


def test_a_past_time_goes_at_once_or_is_refused(braze):
    past = {"time": "2026-11-01T09:00:00Z"}
    schedule_id = braze.booked(schedule=past)
    braze.later(seconds=0)
    assert braze.receivers(schedule_id) == {"ada", "bob", "eve"}
    braze.choose(past_time="refuse")
    assert "passed" in refusal(braze, schedule=past)


def test_a_local_time_may_be_refused_as_soon_as_the_company_is_past_it(braze):
    passed_here = {"time": "2026-11-23T11:00:00", "in_local_time": True}
    assert braze.create(schedule=passed_here).status_code == 201
    braze.choose(local_time_passed="company_zone")
    assert "has passed" in refusal(braze, schedule=passed_here)
