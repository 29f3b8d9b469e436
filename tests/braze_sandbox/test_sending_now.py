"""/messages/send: the same message as a schedule, at once."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.brand import define, mailed, track
from tests.braze_sandbox.conftest import message


def send(braze, **changes):
    return braze.post(
        "/messages/send", {name: one for name, one in message(**changes).items() if name != "schedule"}
    )


def listed(**changes):
    return {"broadcast": None, "audience": None, "external_user_ids": ["ada"], **changes}


def test_it_goes_out_at_once_to_whom_it_names(braze):
    answer = send(braze, **listed())
    assert answer.status_code == 201
    assert answer.json().keys() == {"dispatch_id", "message"}
    [mail] = mailed(braze, "ada@example.org")
    assert (mail["subject"], mail["dispatch_id"]) == ("Hello Ada", answer.json()["dispatch_id"])
    assert mailed(braze, "bob@example.org") == []


def test_a_broadcast_of_a_campaign_is_given_a_send_id_that_has_numbers(braze):
    send_id = send(braze).json()["send_id"]
    braze.later(seconds=1)
    series = braze.get("/sends/data_series", campaign_id="campaign-1", send_id=send_id, length=1).json()[
        "data"
    ]
    assert series[0]["messages"]["email"][0]["sent"] == 3
    assert (
        braze.post("/sends/id/create", {"campaign_id": "campaign-1"}).headers["X-RateLimit-Remaining"] == "99"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"audience": None}, "No Recipients"),
        ({"broadcast": False}, "broadcast must be true"),
        ({"external_user_ids": ["ada"]}, "may not be listed"),
        ({"override_messaging_limits": True}, "unknown field 'override_messaging_limits'"),
        ({"campaign_id": "none"}, "Invalid Campaign ID"),
        ({"messages": None}, "No message to send"),
        (listed(external_user_ids=[str(one) for one in range(51)]), "max number of external_ids and aliases"),
    ],
)
def test_what_is_wrong_is_refused_in_braze_s_words(braze, changes, words):
    answer = send(braze, **changes)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_the_flag_against_frequency_caps_has_another_name_than_in_schedules(braze):
    assert send(braze, override_frequency_capping=True).status_code == 201


def test_only_what_goes_out_at_once_may_be_a_whatsapp_message(braze):
    messages = {"whats_app": {"text": "Hi"}}
    assert send(braze, campaign_id=None, messages=messages).status_code == 201
    assert braze.create(campaign_id=None, messages=messages).status_code == 400


def test_broadcasts_have_windows_of_their_own_and_named_recipients_the_pool(braze):
    assert send(braze).headers["X-RateLimit-Limit"] == "10"
    assert send(braze, **listed()).headers["X-RateLimit-Limit"] == "250000"


def test_one_audience_is_reached_ten_times_a_minute(braze):
    assert [send(braze).status_code for _ in range(11)] == [201] * 10 + [429]
    assert send(braze, segment_id="segment-uk").status_code == 201
    braze.later(minutes=1)
    assert send(braze).status_code == 201


def test_all_audiences_together_are_reached_250_times_a_minute(braze):
    def to_store(number):
        store = {
            "custom_attribute": {"custom_attribute_name": "store_id", "comparison": "equals", "value": number}
        }
        return send(braze, audience=store)

    assert {to_store(f"{number}").status_code for number in range(250)} == {201}
    refused = to_store("one more")
    assert (refused.status_code, refused.headers["X-RateLimit-Limit"]) == (429, "250")


def test_an_unreadable_body_counts_in_the_pool(braze):
    answer = braze.http.post("/messages/send", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["X-RateLimit-Limit"]) == (400, "250000")
    wrong_type = braze.http.post("/messages/send", content=b"{}", headers={"Content-Type": "text/plain"})
    assert wrong_type.status_code == 415


def test_only_the_dashboard_s_own_broadcasts_are_listed(braze):
    define(braze)
    braze.booked()
    assert braze.get("/messages/scheduled_broadcasts").status_code == 400
    listing = braze.get("/messages/scheduled_broadcasts", end_time="2026-11-30").json()
    [canvas] = listing["scheduled_broadcasts"]
    assert (canvas["name"], canvas["type"]) == ("May news", "Canvas")
    assert listing["message"] == "success"


def test_a_template_supplies_what_the_message_leaves_out(braze):
    made = braze.post(
        "/templates/email/create",
        {"template_name": "News", "subject": "From the template", "body": "<p>Dear {{${first_name}}}</p>"},
    )
    template = {"email_template_id": made.json()["email_template_id"], "body": None}
    assert send(braze, **listed(email={**template, "subject": None})).status_code == 201
    assert send(braze, **listed(email=template)).status_code == 201
    assert [one["subject"] for one in mailed(braze, "ada@example.org")] == ["Hello Ada", "From the template"]
    assert send(braze, **listed(email={"email_template_id": "none"})).status_code == 400


def test_people_who_left_get_nothing_unless_everybody_is_meant(braze):
    track(braze, external_id="ada", email_subscribe="unsubscribed")
    send(braze, **listed())
    assert mailed(braze, "ada@example.org") == []
    send(braze, **listed(recipient_subscription_state="all"))
    assert len(mailed(braze, "ada@example.org")) == 1
