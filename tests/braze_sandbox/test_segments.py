"""Segments: listed, described, measured."""

from __future__ import annotations

from tests.braze_sandbox.conftest import WORKSPACE


def test_they_are_listed_oldest_first_a_hundred_a_page(braze):
    segments = [
        {"id": f"s{n}", "name": f"S{n}", "created": f"2026-01-01T{n // 60:02}:{n % 60:02}:00Z"}
        for n in range(130)
    ]
    braze.post("/sandbox/workspaces", {**WORKSPACE, "segments": segments[::-1]})
    pages = [braze.get("/segments/list", page=page).json()["segments"] for page in range(3)]
    assert [len(page) for page in pages] == [100, 30, 0]
    assert pages[0][0] == {"id": "s0", "name": "S0", "analytics_tracking_enabled": True, "tags": []}
    assert braze.get("/segments/list", sort_direction="desc").json()["segments"][0]["id"] == "s129"


def test_details_say_the_filters_in_words(braze):
    told = braze.get("/segments/details", segment_id="segment-uk").json()
    assert told["description"] == "country equals GB"
    assert told["text_description"] == "By country"


def test_an_unknown_segment_is_a_400(braze):
    for path in ("/segments/details", "/segments/data_series"):
        answer = braze.get(path, segment_id="nope", length=1)
        assert (answer.status_code, answer.json()["message"]) == (
            400,
            "segment_id must be a string of the Segment api identifier",
        )


def test_sizes_are_counted_and_grow_with_the_people(braze):
    old = {"external_id": "old", "country": "GB", "created_at": "2026-11-22T08:00:00Z"}
    braze.post("/sandbox/profiles", {"workspace": "bluebird", "profiles": [old]})
    answer = braze.get("/segments/data_series", segment_id="segment-uk", length=3)
    assert answer.status_code == 200
    assert answer.json()["data"] == [
        {"time": "2026-11-21", "size": 0},
        {"time": "2026-11-22", "size": 1},
        {"time": "2026-11-23", "size": 3},
    ]


def test_a_segment_without_analytics_has_no_series(braze):
    assert braze.get("/segments/data_series", segment_id="segment-dark", length=3).json()["data"] == []


def test_a_segment_without_analytics_may_answer_otherwise(braze):
    query = {"segment_id": "segment-dark", "length": 1}
    braze.choose(dark_segment="zeros")
    assert braze.get("/segments/data_series", **query).json()["data"] == [{"time": "2026-11-23", "size": 0}]
    braze.choose(dark_segment="refuse")
    assert braze.get("/segments/data_series", **query).status_code == 400
