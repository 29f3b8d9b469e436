"""SMS and push: their rules, and what becomes of them."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.brand import define, track

SMS = {
    "app_id": "app-1",
    "subscription_group_id": "group-sms",
    "body": "Hi {{${first_name}}}",
    "message_variation_id": "sms",
}
IOS = {"alert": {"title": "Open day", "body": "Hello {{${first_name}}}"}, "message_variation_id": "ios"}
ANDROID = {"alert": "Hello {{${first_name}}}", "title": "Open day", "message_variation_id": "android"}


@pytest.fixture(autouse=True)
def _brand(braze):
    define(braze)
    track(
        braze,
        external_id="ada",
        phone="+441311234567",
        push_tokens=[{"app_id": "app-1", "token": "token-of-ada"}],
        subscription_groups=[{"subscription_group_id": "group-sms", "subscription_state": "subscribed"}],
    )
    track(braze, external_id="bob", phone="+33123456789")


def sent(braze, **messages):
    braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": "d1"})
    schedule_id = braze.booked(messages=messages, send_id="d1")
    braze.later(hours=1)
    return schedule_id


def test_an_sms_reaches_the_subscribers_of_its_group(braze):
    schedule_id = sent(braze, sms=SMS)
    [text] = braze.deliveries(schedule_id)
    assert (text["channel"], text["email"], text["subject"]) == ("sms", "+441311234567", "Hi Ada")
    assert braze.drops(schedule_id) == {"bob": "not subscribed to the SMS group", "eve": "no phone number"}


@pytest.mark.parametrize(
    ("channel", "push", "stats"), [("apple_push", IOS, "ios_push"), ("android_push", ANDROID, "android_push")]
)
def test_a_push_reaches_devices_and_is_counted_under_its_channel(braze, channel, push, stats):
    schedule_id = sent(braze, **{channel: push})
    [delivery] = braze.deliveries(schedule_id)
    assert (delivery["channel"], delivery["email"]) == (channel, "token-of-ada")
    assert delivery["subject"] == "Open day"
    assert set(braze.drops(schedule_id).values()) == {"no push token"}
    [day] = braze.get("/sends/data_series", campaign_id="campaign-1", send_id="d1", length=1).json()["data"]
    assert day["messages"].keys() == {stats}
    assert day["messages"][stats][0].keys() >= {
        "sent",
        "direct_opens",
        "total_opens",
        "bounces",
        "body_clicks",
    }
    assert day["messages"][stats][0]["sent"] == 1


def test_who_left_push_gets_none(braze):
    track(braze, external_id="ada", push_subscribe="unsubscribed")
    assert braze.drops(sent(braze, apple_push=IOS))["ada"] == "unsubscribed from push"


def test_several_channels_of_one_call_are_counted_apart(braze):
    mail = {
        "app_id": "app-1",
        "from": "B <b@bluebird.example>",
        "subject": "S",
        "body": "<p>B</p>",
        "message_variation_id": "leith",
    }
    sent(braze, email=mail, sms=SMS)
    [day] = braze.get("/sends/data_series", campaign_id="campaign-1", send_id="d1", length=1).json()["data"]
    [email], [sms] = day["messages"]["email"], day["messages"]["sms"]
    assert (email["sent"], sms["sent"], sms["delivered"]) == (3, 1, 1)
    assert sms.keys() >= {"sent_to_carrier", "rejected", "delivery_failed", "clicks", "opt_out", "help"}


def test_a_text_can_be_read_in_the_inbox(braze):
    [text] = braze.deliveries(sent(braze, sms=SMS))
    assert "Hi Ada" in braze.get(f"/inbox/{text['id']}").text
    assert "<p>Hi Ada</p>" in braze.get(f"/inbox/{text['id']}/html").text


@pytest.mark.parametrize(
    ("channel", "base", "changes", "words"),
    [
        ("sms", SMS, {"subscription_group_id": "group-mail"}, "Invalid subscription group ID"),
        ("sms", SMS, {"app_id": "x"}, "app_id is not an app"),
        ("sms", SMS, {"body": ""}, "No message to send"),
        ("sms", SMS, {"media_items": "x"}, "media_items"),
        ("apple_push", IOS, {"alert": None}, "No message to send"),
        ("apple_push", IOS, {"alert": 5}, "alert must be"),
        ("apple_push", IOS, {"extra": "x"}, "Invalid Extra Push Payload"),
        ("apple_push", IOS, {"extra": {"aps": 1}}, "Invalid Extra Push Payload"),
        ("apple_push", IOS, {"interruption_level": "loud"}, "interruption_level"),
        ("apple_push", IOS, {"relevance_score": 2}, "relevance_score"),
        ("apple_push", IOS, {"alert": "x" * 1_912}, "Apple Push Length Exceeded"),
        ("android_push", ANDROID, {"title": None}, "title is required"),
        ("android_push", ANDROID, {"priority": 3}, "priority"),
        ("android_push", ANDROID, {"time_to_live": 2_419_201}, "time_to_live"),
        ("android_push", ANDROID, {"alert": "x" * 4_000}, "Android Push Length Exceeded"),
        ("android_push", ANDROID, {"extra": []}, "Invalid Extra Push Payload"),
        ("android_push", ANDROID, {"message_variation_id": "ios"}, "Mismatched Message Type"),
        ("android_push", ANDROID, {"message_variation_id": None}, "Message Variant Unspecified"),
    ],
)
def test_each_channel_has_its_rules(braze, channel, base, changes, words):
    push = {name: value for name, value in {**base, **changes}.items() if value is not None}
    answer = braze.create(messages={channel: push})
    assert answer.status_code == 400
    assert words in answer.json()["message"]
