"""Campaigns whose content is in Braze, triggered with properties."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.braze_sandbox.brand import define, exported, mailed, track
from tests.braze_sandbox.conftest import EVERYBODY, NOON


@pytest.fixture(autouse=True)
def _brand(braze):
    define(braze)


def trigger(braze, *recipients, **changes):
    body = {"campaign_id": "welcome", "trigger_properties": {"greeting": "Hello"}, **changes}
    return braze.post(
        "/campaigns/trigger/send", body | ({"recipients": list(recipients)} if recipients else {})
    )


def subjects(braze, address):
    return [one["subject"] for one in mailed(braze, address)]


def test_properties_of_the_call_and_of_the_recipient_reach_liquid(braze):
    answer = trigger(
        braze,
        {"external_user_id": "ada"},
        {"external_user_id": "bob", "trigger_properties": {"greeting": "Salut"}},
    )
    assert answer.status_code == 201
    assert answer.json().keys() == {"dispatch_id", "message"}
    assert subjects(braze, "ada@example.org") == ["Hello Ada"]
    assert subjects(braze, "bob@example.org") == ["Salut Bob"]


def test_the_delivered_mail_shows_its_properties_again(braze):
    trigger(braze, {"external_user_id": "ada"}, trigger_properties={"gift": "a mug"})
    [mail] = mailed(braze, "ada@example.org")
    assert "a mug" in braze.get(f"/inbox/{mail['id']}/html").text


def test_mails_of_a_large_broadcast_show_the_properties_too(braze):
    people = [{"external_id": f"m{n}", "email": f"m{n}@example.org", "store_id": "9"} for n in range(200)]
    braze.post("/sandbox/profiles", {"workspace": "bluebird", "profiles": people})
    trigger(braze, broadcast=True, audience=EVERYBODY, trigger_properties={"gift": "a mug"})
    [mail] = mailed(braze, "ada@example.org")
    assert "a mug" in braze.get(f"/inbox/{mail['id']}/html").text


@pytest.mark.parametrize(
    "recipient",
    [
        {"user_alias": {"alias_name": "lead", "alias_label": "crm"}},
        {"email": "eve@example.org", "prioritization": ["identified"]},
    ],
)
def test_recipients_are_found_in_other_ways(braze, recipient):
    braze.post(
        "/users/alias/new",
        {"user_aliases": [{"external_id": "eve", "alias_name": "lead", "alias_label": "crm"}]},
    )
    trigger(braze, recipient)
    assert subjects(braze, "eve@example.org") == ["Hello Eve"]


def test_an_address_of_several_people_means_nobody_until_priorities_say_who(braze):
    track(braze, external_id="twin", email="ada@example.org", first_name="Twin")
    trigger(braze, {"email": "ada@example.org"})
    assert subjects(braze, "ada@example.org") == []
    braze.now += timedelta(minutes=1)
    track(braze, external_id="twin", first_name="Zwilling")
    trigger(braze, {"email": "ada@example.org", "prioritization": ["most_recently_updated"]})
    assert subjects(braze, "ada@example.org") == ["Hello Zwilling"]


def test_one_address_gets_one_mail_of_a_call(braze):
    track(braze, external_id="twin", email="ada@example.org", first_name="Twin")
    trigger(braze, {"external_user_id": "ada"}, {"external_user_id": "twin"})
    assert subjects(braze, "ada@example.org") == ["Hello Ada"]


def test_attributes_make_the_user_first_if_wished(braze):
    attributes = {"email": "new@example.org", "first_name": "New"}
    trigger(braze, {"external_user_id": "new", "attributes": attributes})
    assert subjects(braze, "new@example.org") == []
    trigger(braze, {"external_user_id": "new", "attributes": attributes, "send_to_existing_only": False})
    assert subjects(braze, "new@example.org") == ["Hello New"]
    assert exported(braze, ["first_name"], external_ids=["new"]) == [{"first_name": "New"}]


@pytest.mark.parametrize(("minutes", "reached"), [(100, 1), (150, 0)])
def test_a_user_s_address_is_waited_for_two_hours_while_others_have_their_mail(braze, minutes, reached):
    track(braze, external_id="bare", first_name="Bare")
    trigger(braze, {"external_user_id": "ada"}, {"external_user_id": "bare"})
    assert len(mailed(braze, "ada@example.org")) == 1
    braze.later(minutes=minutes)
    track(braze, external_id="bare", email="bare@example.org")
    braze.later(minutes=30)
    assert len(mailed(braze, "bare@example.org")) == reached
    assert len(mailed(braze, "ada@example.org")) == 1


def test_a_broadcast_reaches_the_audience_and_has_its_own_windows(braze):
    answer = trigger(braze, broadcast=True, audience=EVERYBODY)
    assert answer.headers["X-RateLimit-Limit"] == "10"
    assert answer.json()["send_id"]
    assert subjects(braze, "eve@example.org") == ["Hello Eve"]


@pytest.mark.parametrize(
    "changes",
    [
        {"campaign_id": None},
        {"campaign_id": "campaign-1"},
        {"segment_id": "segment-uk"},
        {"recipients": []},
        {"recipients": "ada"},
        {"recipients": [{"external_user_id": "ada"}] * 51},
        {"recipients": [{"external_user_id": "ada", "email": "ada@example.org"}]},
        {"recipients": [{"user_alias": {"alias_name": "x"}}]},
        {"recipients": [{"email": "ada@example.org", "prioritization": ["first"]}]},
        {"trigger_properties": "x"},
        {"broadcast": True, "recipients": [{"external_user_id": "ada"}]},
        {"recipients": None, "broadcast": True, "attachments": [{}]},
        {"send_id": "unknown"},
    ],
)
def test_a_call_against_the_rules_is_a_400(braze, changes):
    body = {"campaign_id": "welcome", "recipients": [{"external_user_id": "ada"}], **changes}
    body = {name: value for name, value in body.items() if value is not None}
    assert braze.post("/campaigns/trigger/send", body).status_code == 400


# --- Scheduled ---


def booked(braze, **changes):
    body = {
        "campaign_id": "welcome",
        "recipients": [{"external_user_id": "ada"}],
        "trigger_properties": {"greeting": "Later"},
        "schedule": {"time": (NOON + timedelta(hours=1)).isoformat()},
        **changes,
    }
    answer = braze.post("/campaigns/trigger/schedule/create", body)
    assert answer.status_code == 201, answer.text
    return {"campaign_id": "welcome", "schedule_id": answer.json()["schedule_id"]}


def test_a_scheduled_trigger_comes_at_its_time(braze):
    booked(braze)
    assert subjects(braze, "ada@example.org") == []
    braze.later(hours=1)
    assert subjects(braze, "ada@example.org") == ["Later Ada"]


def test_only_its_time_can_be_changed(braze):
    own = booked(braze)
    later = {"time": (NOON + timedelta(hours=2)).isoformat()}
    assert braze.post("/campaigns/trigger/schedule/update", {**own, "recipients": []}).status_code == 400
    assert braze.post("/campaigns/trigger/schedule/update", {**own, "schedule": later}).status_code == 201
    braze.later(hours=1)
    assert subjects(braze, "ada@example.org") == []
    braze.later(hours=1)
    assert subjects(braze, "ada@example.org") == ["Later Ada"]


def test_a_deleted_one_never_comes_and_belongs_to_its_campaign(braze):
    own = booked(braze)
    other = {**own, "campaign_id": "campaign-1"}
    assert braze.post("/campaigns/trigger/schedule/delete", other).status_code == 400
    assert braze.post("/campaigns/trigger/schedule/delete", own).status_code == 201
    braze.later(hours=2)
    assert subjects(braze, "ada@example.org") == []


# --- Transactional ---


def receipt(braze, campaign="receipt", **changes):
    body = {"external_send_id": "order/7", "recipient": {"external_user_id": "ada"}, **changes}
    return braze.post(f"/transactional/v1/campaigns/{campaign}/send", body)


def test_a_repeated_external_send_id_sends_once_a_day(braze):
    first = receipt(braze).json()
    assert first["status"] == "sent"
    assert first["metadata"]["campaign_api_id"] == "receipt"
    assert receipt(braze).json() == first
    assert len(mailed(braze, "ada@example.org")) == 1
    braze.later(hours=24)
    assert receipt(braze).json()["dispatch_id"] != first["dispatch_id"]
    assert len(mailed(braze, "ada@example.org")) == 2


def test_transactional_mail_reaches_those_who_left(braze):
    track(braze, external_id="ada", email_subscribe="unsubscribed")
    receipt(braze)
    assert len(mailed(braze, "ada@example.org")) == 1


def test_a_wrong_transactional_call_is_a_400(braze):
    for wrong in ({"external_send_id": "ö"}, {"recipient": None}, {"campaign": "welcome"}, {"more": 1}):
        assert receipt(braze, **wrong).status_code == 400
