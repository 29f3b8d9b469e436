"""E-mail, SMS and push: what each channel needs, how long it may be, and how it is written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from braze_client import (
    AndroidPush,
    AppleAlert,
    ApplePush,
    CreateSchedule,
    EmailMessage,
    InvalidRequest,
    Messages,
    Schedule,
    SendMessage,
    SmsMessage,
    TriggerCampaign,
    UpdateSchedule,
)

AT = Schedule.at(datetime(2026, 12, 1, 9, tzinfo=UTC))
MAIL = EmailMessage(app_id="app-1", from_="Store <s@example.org>", body="<p>Hi</p>")
SMS = SmsMessage(app_id="app-1", subscription_group_id="g", body="Hi")
APPLE = ApplePush(alert="Hi")
ANDROID = AndroidPush(alert="Hi", title="Hello")
CHANNELS = {"email": MAIL, "sms": SMS, "apple_push": APPLE, "android_push": ANDROID}


def written(messages: Messages) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(UpdateSchedule(schedule_id="s", messages=messages).to_json())
    return body["messages"]  # type: ignore[no-any-return]


def test_a_message_needs_a_channel() -> None:
    with pytest.raises(InvalidRequest, match="at least one of email, sms, apple_push and android_push"):
        Messages()


@pytest.mark.parametrize("channel", CHANNELS)
def test_each_channel_can_go_alone(channel: str) -> None:
    assert set(written(Messages(**{channel: CHANNELS[channel]}))) == {channel}


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", [CreateSchedule, SendMessage])
def test_with_a_campaign_every_channel_names_its_variation(
    kind: type[CreateSchedule | SendMessage], channel: str
) -> None:
    counted = {name: each.model_copy(update={"message_variation_id": "v"}) for name, each in CHANNELS.items()}
    when = {"schedule": AT} if kind is CreateSchedule else {}
    fields: dict[str, Any] = {"external_user_ids": ["u"], "campaign_id": "c", **when}

    assert kind(messages=Messages(**counted), **fields)
    with pytest.raises(InvalidRequest, match=f"to be counted under: {channel}$"):
        kind(messages=Messages(**(counted | {channel: CHANNELS[channel]})), **fields)


def test_a_push_is_written_in_brazes_words() -> None:
    push = ApplePush(
        alert=AppleAlert(title="Hi", body="There"),
        content_available=True,
        relevance_score=0.5,
        expiry=AT.time,
    )

    assert written(Messages(apple_push=push))["apple_push"] == {
        "alert": {"title": "Hi", "body": "There"},
        "content-available": True,
        "relevance_score": 0.5,
        "expiry": "2026-12-01T09:00:00Z",
    }


@pytest.mark.parametrize(("kind", "most"), [(ApplePush, 1_912), (AndroidPush, 4_000)])
def test_a_push_has_an_end(kind: type[ApplePush | AndroidPush], most: int) -> None:
    title = {"title": "t"} if kind is AndroidPush else {}
    empty = len(json.dumps({"alert": "", **title}, separators=(",", ":")))
    fits: Any = {"alert": "x" * (most - empty), **title}

    assert kind(**fits, message_variation_id="not part of what travels")
    with pytest.raises(InvalidRequest, match=f"at most {most:,}"):
        kind(**fits | {"alert": fits["alert"] + "x"})
    with pytest.raises(InvalidRequest, match=f"at most {most:,}"):
        kind(**fits | {"alert": fits["alert"][:-1] + "é"})


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (ApplePush, {}, "nothing to send"),
        (ApplePush, {"alert": "Hi", "extra": {"aps": 1}}, "ab and aps"),
        (ApplePush, {"alert": "Hi", "extra": {"ab": {}}}, "ab and aps"),
        (ApplePush, {"alert": "Hi", "extra": "text"}, "extra"),
        (ApplePush, {"alert": "Hi", "interruption_level": "loud"}, "interruption_level"),
        (ApplePush, {"alert": "Hi", "relevance_score": 1.1}, "relevance_score"),
        (ApplePush, {"alert": "Hi", "expiry": datetime(2026, 12, 1)}, "expiry"),
        (ApplePush, {"alert": {"title_loc_args": ["x"]}}, "nothing to show"),
        (AndroidPush, {"alert": "Hi"}, "title"),
        (AndroidPush, {"title": "Hi"}, "alert"),
        (AndroidPush, {"alert": "Hi", "title": "Hi", "priority": 3}, "priority"),
        (AndroidPush, {"alert": "Hi", "title": "Hi", "time_to_live": 2_419_201}, "time_to_live"),
        (SmsMessage, {"app_id": "a", "subscription_group_id": "g"}, "body"),
        (SmsMessage, {"app_id": "a", "body": "Hi"}, "subscription_group_id"),
        (SmsMessage, {"app_id": "a", "subscription_group_id": "g", "body": "Hi", "media_items": ["file:///x"]}, "media_items"),
    ],
)  # fmt: skip
def test_what_a_channel_refuses(kind: type[Any], fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidRequest, match=words):
        kind(**fields)


def test_four_weeks_is_the_longest_that_an_android_push_waits() -> None:
    assert AndroidPush(alert="Hi", title="Hi", time_to_live=2_419_200).time_to_live == 2_419_200


def test_a_frequency_cap_is_overridden_by_the_word_of_each_endpoint() -> None:
    fields: dict[str, Any] = {"external_user_ids": ["u"], "messages": Messages(sms=SMS)}

    assert (
        b'"override_frequency_capping":true'
        in SendMessage(**fields, override_frequency_capping=True).to_json()
    )
    with pytest.raises(InvalidRequest):
        SendMessage(**fields, override_messaging_limits=True)  # type: ignore[call-arg]


def test_an_api_triggered_campaign_takes_no_segment() -> None:
    with pytest.raises(InvalidRequest, match="segment_id"):
        TriggerCampaign(campaign_id="c", broadcast=True, segment_id="s")  # type: ignore[call-arg]
