"""Subscription groups: set, read, kept."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.brand import define, track

MAIL, SMS = "group-mail", "group-sms"


@pytest.fixture(autouse=True)
def _brand(braze):
    define(braze)


def put(braze, group=MAIL, state="unsubscribed", **whom):
    order = {"subscription_group_id": group, "subscription_state": state, **whom}
    return braze.post("/subscription/status/set", order)


def status(braze, group=MAIL, **whom):
    return braze.get("/subscription/status/get", subscription_group_id=group, **whom).json()["status"]


def test_a_state_is_set_and_read_by_external_id(braze):
    answer = put(braze, external_id=["ada", "nobody"])
    assert (answer.status_code, answer.json()) == (201, {"message": "success"})
    assert answer.headers["X-RateLimit-Limit"] == "5000"
    assert status(braze, **{"external_id[]": ["ada", "bob"]}) == {"ada": "Unsubscribed", "bob": "Unknown"}


def test_a_state_by_address_reaches_everybody_with_it(braze):
    track(braze, external_id="twin", email="ada@example.org")
    put(braze, state="subscribed", email="ada@example.org")
    assert status(braze, **{"external_id[]": ["ada", "twin"]}) == {"ada": "Subscribed", "twin": "Subscribed"}
    assert status(braze, email="ada@example.org") == {"ada@example.org": "Subscribed"}


@pytest.mark.parametrize(("days", "state"), [(30, "Subscribed"), (31, "Unknown")])
def test_a_state_for_nobody_is_kept_thirty_days(braze, days, state):
    put(braze, SMS, "subscribed", phone="+441311234567")
    braze.later(days=days)
    track(braze, external_id="new", phone="+441311234567")
    assert status(braze, SMS, external_id="new") == {"new": state}


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"group": "none", "external_id": "ada"}, "Invalid subscription group ID"),
        ({"state": "opted_in", "external_id": "ada"}, "subscription_state"),
        (
            {"email": "a@example.org", "phone": "+44"},
            "Either an email address or a phone number should be provided, but not both.",
        ),
        ({}, "Exactly one of"),
        ({"external_id": "ada", "email": "a@example.org"}, "Exactly one of"),
        ({"phone": "+44"}, "does not fit"),
        ({"external_id": ["x"] * 51}, "max number of ids"),
    ],
)
def test_a_wrong_order_is_a_400(braze, order, words):
    answer = put(braze, **order)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_version_2_sets_several_groups(braze):
    orders = [
        {"subscription_group_id": MAIL, "subscription_state": "subscribed", "emails": ["ada@example.org"]},
        {"subscription_group_id": SMS, "subscription_state": "unsubscribed", "external_ids": ["ada"]},
    ]
    assert braze.post("/v2/subscription/status/set", {"subscription_groups": orders}).status_code == 201
    answer = braze.get("/subscription/user/status", external_id="ada")
    assert answer.json() == {
        "users": [
            {
                "email": "ada@example.org",
                "phone": None,
                "external_id": "ada",
                "subscription_groups": [
                    {"id": MAIL, "name": "Offers", "channel": "email", "status": "Subscribed"},
                    {"id": SMS, "name": "Texts", "channel": "sms", "status": "Unsubscribed"},
                ],
            }
        ],
        "total_count": 1,
        "message": "success",
    }


def test_one_wrong_order_of_several_changes_nothing(braze):
    orders = [
        {"subscription_group_id": MAIL, "subscription_state": "subscribed", "external_ids": ["ada"]},
        {"subscription_group_id": "none", "subscription_state": "subscribed", "external_ids": ["ada"]},
    ]
    assert braze.post("/v2/subscription/status/set", {"subscription_groups": orders}).status_code == 400
    assert status(braze, external_id="ada") == {"ada": "Unknown"}


def test_users_come_in_pages_and_once(braze):
    query = {"external_id[]": ["ada", "bob"], "email": "ada@example.org", "limit": 1, "offset": 1}
    answer = braze.get("/subscription/user/status", **query).json()
    assert ([one["external_id"] for one in answer["users"]], answer["total_count"]) == (["bob"], 2)


@pytest.mark.parametrize("query", [{}, {"email": "a", "phone": "b"}, {"external_id": "ada", "limit": 101}])
def test_a_wrong_question_about_a_user_is_a_400(braze, query):
    assert braze.get("/subscription/user/status", **query).status_code == 400
