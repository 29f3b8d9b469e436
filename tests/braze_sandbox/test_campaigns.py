"""Campaigns: listed, described, counted."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.brand import define


@pytest.fixture(autouse=True)
def _brand(braze):
    define(braze)


def names(braze, **query):
    return [one["name"] for one in braze.get("/campaigns/list", **query).json()["campaigns"]]


def test_the_list_leaves_archived_ones_out_unless_asked(braze):
    assert names(braze) == ["Portal", "Welcome"]
    assert names(braze, include_archived="true", sort_direction="desc") == ["Receipt", "Welcome", "Portal"]
    assert names(braze, page=1) == []
    assert names(braze, **{"last_edit.time[gt]": "2026-01-20"}) == ["Welcome"]


def test_an_entry_tells_whether_it_is_an_api_campaign(braze):
    portal, welcome = braze.get("/campaigns/list").json()["campaigns"]
    assert portal.keys() == {"id", "last_edited", "name", "is_api_campaign", "tags"}
    assert (portal["is_api_campaign"], welcome["is_api_campaign"]) == (True, False)
    assert welcome["tags"] == ["news"]


@pytest.mark.parametrize("query", [{"page": -1}, {"sort_direction": "up"}, {"last_edit.time[gt]": "x"}])
def test_a_wrong_page_is_a_400(braze, query):
    assert braze.get("/campaigns/list", **query).status_code == 400


def test_details_give_messages_by_variation_id(braze):
    details = braze.get("/campaigns/details", campaign_id="campaign-1").json()
    assert (details["name"], details["message"], details["draft"]) == ("Portal", "success", False)
    assert details["channels"] == ["android_push", "email", "ios_push", "sms"]
    leith = details["messages"]["leith"]
    assert (leith["channel"], leith["name"]) == ("email", "Leith Walk")
    assert details["messages"]["sms"] == {"channel": "sms", "name": "Text"}
    assert details["first_sent"] is None


def test_details_of_a_triggered_campaign_hold_its_content(braze):
    details = braze.get("/campaigns/details", campaign_id="welcome").json()
    assert details["messages"]["welcome-mail"]["from"] == "Bluebird <hello@bluebird.example>"


def test_an_unknown_campaign_is_a_400_in_the_known_words(braze):
    for path in ("/campaigns/details", "/campaigns/data_series"):
        answer = braze.get(path, campaign_id="x", length=1)
        assert answer.status_code == 400
        assert answer.json()["message"] == "campaign_id must be a string of the campaign api identifier"


def test_the_series_adds_up_all_sends_with_and_without_send_id(braze):
    braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": "d1"})
    braze.booked(send_id="d1")
    braze.booked()
    braze.later(hours=1)
    answer = braze.get("/campaigns/data_series", campaign_id="campaign-1", length=2)
    assert answer.headers["X-RateLimit-Limit"] == "50000"
    yesterday, today = answer.json()["data"]
    assert (yesterday["time"], today["time"]) == ("2026-11-22", "2026-11-23")
    assert yesterday["messages"]["email"][0]["sent"] == 0
    assert today["messages"]["email"][0]["sent"] == 6
    assert today["unique_recipients"] == 6
    send = braze.get("/sends/data_series", campaign_id="campaign-1", send_id="d1", length=1).json()["data"]
    assert send[0]["messages"]["email"][0]["sent"] == 3
    details = braze.get("/campaigns/details", campaign_id="campaign-1").json()
    assert details["first_sent"] == details["last_sent"] == "2026-11-23T13:00:00.000Z"
