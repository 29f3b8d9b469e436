"""Preference centres made through the API."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.brand import mailed

CENTRE = {
    "name": "My-Centre",
    "preference_center_page_html": "<p>Choose</p>",
    "confirmation_page_html": "<p>Thanks</p>",
}
PATH = "/preference_center/v1"


@pytest.fixture
def centre(braze):
    answer = braze.post(PATH, CENTRE)
    assert answer.status_code == 201
    return answer.json()


def test_it_is_made_listed_and_read(braze, centre):
    assert centre.keys() == {"preference_center_api_id", "liquid_tag", "created_at", "message"}
    listing = braze.get(f"{PATH}/list")
    assert listing.headers["X-RateLimit-Limit"] == "1000"
    assert [one["name"] for one in listing.json()["preference_centers"]] == ["My-Centre"]
    details = braze.get(f"{PATH}/{centre['preference_center_api_id']}").json()
    assert (details["confirmation_page_html"], details["state"]) == ("<p>Thanks</p>", "active")


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "two words"},
        {"preference_center_page_html": None},
        {"confirmation_page_html": ""},
        {"state": "gone"},
        {"options": "x"},
    ],
)
def test_a_wrong_one_is_a_400(braze, change):
    assert braze.post(PATH, {**CENTRE, **change}).status_code == 400


def test_a_put_changes_all_but_the_name(braze, centre):
    path = f"{PATH}/{centre['preference_center_api_id']}"
    assert braze.http.put(path, json={"state": "draft"}).status_code == 201
    assert braze.get(path).json()["state"] == "draft"
    assert braze.http.put(path, json={"name": "other"}).status_code == 400
    assert braze.post(PATH, CENTRE).status_code == 400
    assert braze.http.put(f"{PATH}/unknown", json={}).status_code == 400


def test_ten_are_written_a_minute(braze, centre):
    path = f"{PATH}/{centre['preference_center_api_id']}"
    statuses = [braze.http.put(path, json={"state": "active"}).status_code for _ in range(10)]
    assert statuses == [201] * 9 + [429]
    assert braze.get(path).status_code == 200


def test_every_user_has_an_address_for_it(braze, centre):
    braze.booked(email={"body": '<a href="{{preference_center.${My-Centre}}}">Choose</a>'})
    braze.later(hours=1)
    [mail] = mailed(braze, "ada@example.org")
    path = f"{PATH}/{centre['preference_center_api_id']}/url"
    url = braze.get(f"{path}/ada").json()["preference_center_url"]
    assert url in braze.get(f"/inbox/{mail['id']}/html").text
    assert "ada@example.org" in braze.http.get(url).text
    assert braze.get(f"{path}/nobody").status_code == 400
