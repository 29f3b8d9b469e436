"""What Braze would refuse is refused here, before anything is sent, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import respx

from braze_client import (
    Attachment,
    Braze,
    CreateSchedule,
    EmailMessage,
    ExportUsers,
    InvalidRequest,
    Messages,
    Schedule,
    UpdateSchedule,
    UserAlias,
    audience,
)

AT_NINE = Schedule.at(datetime(2026, 12, 1, 9, tzinfo=UTC))
FENCE = audience.custom_attribute("store_id").equals("12")
ALIAS = UserAlias(alias_name="a", alias_label="crm")
MAIL = {"app_id": "app-1", "from_": "Store <s@example.org>", "subject": "Hi", "body": "<p>Hi</p>"}
IDS = [f"u-{n}" for n in range(51)]


def message(**fields: object) -> Messages:
    return Messages(email=EmailMessage(**{**MAIL, **fields}))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "no recipients"),
        ({"broadcast": True}, "no recipients"),
        ({"audience": FENCE}, "broadcast=True"),
        ({"segment_id": "s", "broadcast": False}, "broadcast=True"),
        ({"broadcast": True, "segment_id": "s", "external_user_ids": ["u"]}, "cannot list users"),
        ({"external_user_ids": IDS}, "51 ids and aliases; Braze takes 50"),
        ({"external_user_ids": IDS[:50], "user_aliases": [ALIAS]}, "51 ids and aliases"),
        ({"external_user_ids": ["u"], "campaign_id": "c"}, "message_variation_id"),
        ({"external_user_ids": ["u"], "send_id": "s"}, "belongs to a campaign"),
        ({"external_user_ids": ["u"], "campaign_id": "c", "send_id": "x" * 65}, "send_id"),
        ({"external_user_ids": ["u"], "campaign_id": "c", "send_id": "größe"}, "send_id"),
        (
            {"external_user_ids": ["u"], "recipient_subscription_state": "everyone"},
            "recipient_subscription_state",
        ),
        ({"external_user_ids": ["u"], "override_frequency_capping": True}, "override_frequency_capping"),
        ({"external_user_ids": ["u"], "audience": {"AND": []}}, "audience"),
    ],
)
def test_a_booking_that_cannot_work_cannot_be_made(fields: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidRequest, match=words):
        CreateSchedule(schedule=AT_NINE, messages=message(), **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"broadcast": True, "segment_id": "s"},
        {"broadcast": True, "segment_id": "s", "audience": FENCE},
        {"external_user_ids": IDS[:50]},
        {"external_user_ids": ["u"], "segment_id": "s"},
        {"user_aliases": [ALIAS]},
    ],
)
def test_every_documented_way_to_name_recipients_is_open(fields: dict[str, object]) -> None:
    assert CreateSchedule(schedule=AT_NINE, messages=message(), **fields).to_json()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"from_": "s@example.org"}, "from"),
        ({"from_": "Store <s@example.org>\r\nBcc: x@example.org"}, "from"),
        ({"subject": "Hi\nBcc: x@example.org"}, "subject"),
        ({"reply_to": "a@example.org\r\nX: y"}, "reply_to"),
        ({"headers": {"X-Mailing": "1\r\nBcc: x@example.org"}}, "headers"),
        ({"headers": {"X Mailing": "1"}}, "headers"),
        ({"body": None}, "nothing to send"),
        ({"body": ""}, "nothing to send"),
        ({"app_id": ""}, "app_id"),
        ({"amp_body": "<p>"}, "amp_body"),
        ({"attachments": [{"file_name": "plan", "url": "ftp://example.org/plan.pdf"}]}, "url"),
    ],
)
def test_a_mail_that_cannot_work_cannot_be_made(fields: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidRequest, match=words):
        EmailMessage(**{**MAIL, **fields})


def test_a_mail_may_take_its_content_from_a_template_and_carry_files() -> None:
    plan = Attachment(file_name="plan", url="https://example.org/plan.pdf")
    mail = EmailMessage(**{**MAIL, "body": None, "email_template_id": "t", "attachments": [plan]})

    assert b'"attachments":[{"file_name":"plan","url":"https://example.org/plan.pdf"}]' in mail.to_json()


@pytest.mark.parametrize(
    ("schedule", "json"),
    [
        (Schedule.at(datetime(2026, 12, 1, 9, 0, 0, 999, tzinfo=UTC)), b'{"time":"2026-12-01T09:00:00Z"}'),
        (
            Schedule.at(datetime(2026, 12, 1, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
            b'{"time":"2026-12-01T03:30:00Z"}',
        ),
        (
            Schedule.on_local_clock(datetime(2026, 12, 1, 9)),
            b'{"time":"2026-12-01T09:00:00","in_local_time":true}',
        ),
        (
            Schedule.at_best_time(date(2026, 12, 1)),
            b'{"time":"2026-12-01T00:00:00","at_optimal_time":true}',
        ),
    ],
)
def test_absolute_times_are_utc_and_relative_ones_have_no_zone(schedule: Schedule, json: bytes) -> None:
    assert schedule.to_json() == json


@pytest.mark.parametrize(
    "fields",
    [
        {"time": "2026-12-01T09:00:00"},
        {"time": "2026-12-01T09:00:00Z", "in_local_time": True},
        {"time": "2026-12-01T09:00:00+01:00", "at_optimal_time": True},
        {"time": "2026-12-01T09:00:00", "in_local_time": True, "at_optimal_time": True},
        {"time": "tomorrow"},
    ],
)
def test_a_time_that_means_two_things_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(InvalidRequest, match="Schedule"):
        Schedule(**fields)


def test_an_update_must_change_something() -> None:
    with pytest.raises(InvalidRequest, match="nothing to change"):
        UpdateSchedule(schedule_id="s-1")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "say which users"),
        ({"external_ids": []}, "say which users"),
        ({"external_ids": IDS}, "51 ids"),
        ({"email_address": "a@example.org", "phone": "+49"}, "only one of"),
        ({"external_ids": ["u"], "fields_to_export": []}, "fields_to_export"),
        ({"external_ids": ["u"], "fields_to_export": ["shoe_size"]}, "fields_to_export"),
    ],
)
def test_an_export_that_cannot_work_cannot_be_made(fields: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidRequest, match=words):
        ExportUsers(**{"fields_to_export": ["email"], **fields})


def test_more_than_four_megabytes_are_never_sent(api: respx.MockRouter, braze: Braze) -> None:
    large = CreateSchedule(schedule=AT_NINE, messages=message(body="x" * 4_000_000), external_user_ids=["u"])

    with pytest.raises(InvalidRequest, match="Braze takes 4,000,000"):
        braze.create_schedule(large)

    assert not api.calls


def test_an_empty_schedule_id_is_never_sent(api: respx.MockRouter, braze: Braze) -> None:
    with pytest.raises(InvalidRequest, match="schedule_id"):
        braze.delete_schedule("")

    assert not api.calls


def test_a_request_does_not_change_after_it_was_checked() -> None:
    mail = EmailMessage(**MAIL)

    with pytest.raises(ValueError, match="frozen"):
        mail.subject = "Hi\r\nBcc: x@example.org"  # type: ignore[misc]
