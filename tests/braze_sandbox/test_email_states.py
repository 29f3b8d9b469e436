"""Addresses that bounced, complained or left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.braze_sandbox.brand import exported, mailed, track


def post(braze, path, email, **more):
    return braze.post(path, {"email": email, **more})


def rows(braze, path, **query):
    return braze.get(path, **query).json()["emails"]


TODAY = {"start_date": "2026-11-23", "end_date": "2026-11-23"}


def test_a_state_is_set_for_everybody_with_the_address(braze):
    track(braze, external_id="twin", email="ADA@example.org")
    answer = post(braze, "/email/status", "ada@example.org", subscription_state="unsubscribed")
    assert (answer.status_code, answer.json()) == (201, {"message": "success"})
    states = exported(braze, ["email_subscribe"], external_ids=["ada", "twin"])
    assert states == [{"email_subscribe": "unsubscribed"}] * 2


def test_a_state_for_nobody_waits_for_somebody(braze):
    answer = post(braze, "/email/status", ["new@example.org"], subscription_state="unsubscribed")
    assert answer.status_code == 201
    assert rows(braze, "/email/unsubscribes", **TODAY)[0]["email"] == "new@example.org"
    track(braze, external_id="new", email="new@example.org")
    assert exported(braze, ["email_subscribe"], external_ids=["new"]) == [{"email_subscribe": "unsubscribed"}]


@pytest.mark.parametrize(
    "body",
    [
        {"email": "ada@example.org"},
        {"email": "ada@example.org", "subscription_state": "gone"},
        {"subscription_state": "subscribed"},
        {"email": [5], "subscription_state": "subscribed"},
        {"email": ["x@example.org"] * 51, "subscription_state": "subscribed"},
    ],
)
def test_a_wrong_state_is_a_400(braze, body):
    assert braze.post("/email/status", body).status_code == 400


def test_unsubscribes_tell_when_newest_first(braze):
    track(braze, external_id="ada", email_subscribe="unsubscribed")
    braze.now += timedelta(hours=1)
    post(braze, "/email/status", "bob@example.org", subscription_state="unsubscribed")
    found = rows(braze, "/email/unsubscribes", **TODAY)
    assert found == [
        {"email": "bob@example.org", "unsubscribed_at": "2026-11-23 13:00:00 +0000"},
        {"email": "ada@example.org", "unsubscribed_at": "2026-11-23 12:00:00 +0000"},
    ]
    assert rows(braze, "/email/unsubscribes", **TODAY, sort_direction="asc") == found[::-1]
    assert rows(braze, "/email/unsubscribes", **TODAY, limit=1, offset=1) == found[1:]
    other_days = {"start_date": "2026-11-01", "end_date": "2026-11-22"}
    assert rows(braze, "/email/unsubscribes", **other_days) == []


def test_an_address_wins_over_the_dates(braze):
    track(braze, external_id="ada", email_subscribe="unsubscribed")
    dates = {"start_date": "2020-01-01", "end_date": "2020-01-02"}
    assert len(rows(braze, "/email/unsubscribes", email="ada@example.org", **dates)) == 1


@pytest.mark.parametrize("path", ["/email/unsubscribes", "/email/hard_bounces"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"end_date": "2026-11-23"},
        {"start_date": "x", "end_date": "2026-11-23"},
        {"start_date": "2026-11-24", "end_date": "2026-11-23"},
        {**TODAY, "limit": 501},
        {**TODAY, "offset": -1},
    ],
)
def test_a_wrong_question_is_a_400(braze, path, query):
    assert braze.get(path, **query).status_code == 400


@pytest.mark.parametrize("path", ["/email/blocklist", "/email/blacklist"])
def test_a_blocked_address_is_unsubscribed_and_bounced_and_gets_nothing(braze, path):
    assert post(braze, path, "ada@example.org").status_code == 201
    assert rows(braze, "/email/hard_bounces", **TODAY) == [
        {"email": "ada@example.org", "hard_bounced_at": "2026-11-23 12:00:00 +0000"}
    ]
    assert rows(braze, "/email/unsubscribes", email="ada@example.org")
    braze.booked(recipient_subscription_state="all")
    braze.later(hours=1)
    assert mailed(braze, "ada@example.org") == []


def test_a_bounce_taken_back_opens_the_address_again(braze):
    post(braze, "/email/blocklist", ["ada@example.org", "unborn@example.org"])
    assert post(braze, "/email/bounce/remove", ["ada@example.org", "unborn@example.org"]).status_code == 201
    assert rows(braze, "/email/hard_bounces", **TODAY) == []
    braze.booked(recipient_subscription_state="all")
    braze.later(hours=1)
    assert len(mailed(braze, "ada@example.org")) == 1


def test_a_complaint_taken_back_opens_the_address_again(braze):
    [ada] = braze.sandbox.profiles.book("bluebird").emails("ada@example.org")
    ada.undeliverable = "spam"
    assert post(braze, "/email/bounce/remove", "ada@example.org").status_code == 201
    assert ada.undeliverable == "spam"
    assert post(braze, "/email/spam/remove", "ada@example.org").status_code == 201
    braze.booked()
    braze.later(hours=1)
    assert len(mailed(braze, "ada@example.org")) == 1
