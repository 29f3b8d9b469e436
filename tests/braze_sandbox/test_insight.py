"""Custom attributes and the daily figures of the workspace."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.brand import track


def test_attributes_are_told_with_their_types_in_alphabetical_order(braze):
    track(
        braze,
        external_id="ada",
        visits=3,
        member=True,
        likes=["tea"],
        address={"city": "Leith"},
        pets=[{"name": "Rex"}],
        joined="2026-11-22",
    )
    answer = braze.get("/custom_attributes")
    assert answer.headers["X-RateLimit-Limit"] == "1000"
    assert "Link" not in answer.headers
    types = {
        one["name"]: one["data_type"].removesuffix(" (Automatically Detected)")
        for one in answer.json()["attributes"]
    }
    assert list(types) == sorted(types)
    assert types == {
        "address": "Object",
        "joined": "Time",
        "likes": "Array",
        "member": "Boolean",
        "pets": "Object Array",
        "store_id": "String",
        "visits": "Number",
    }


def test_the_next_page_is_in_the_link_header(braze):
    track(braze, external_id="ada", **{f"a{number:03}": number for number in range(60)})
    first = braze.get("/custom_attributes")
    assert len(first.json()["attributes"]) == 50
    second = braze.http.get(first.links["next"]["url"])
    names = [one["name"] for one in first.json()["attributes"] + second.json()["attributes"]]
    assert names == [f"a{number:03}" for number in range(60)] + ["store_id"]
    assert "next" not in second.links
    assert braze.get("/custom_attributes", cursor="5").status_code == 400


def figures(braze, name, **query):
    rows = braze.get(f"/kpi/{name}/data_series", **{"length": 3, **query}).json()["data"]
    assert [row["time"] for row in rows] == ["2026-11-21", "2026-11-22", "2026-11-23"]
    return [row[name] for row in rows]


def test_the_figures_count_people_by_day(braze):
    track(braze, external_id="ada", date_of_last_session="2026-11-22T08:00:00Z")
    track(braze, external_id="bob", date_of_last_session="2026-11-01T08:00:00Z")
    assert figures(braze, "dau") == [0, 1, 0]
    assert figures(braze, "mau") == [1, 2, 2]
    assert figures(braze, "new_users", app_id="app-1") == [0, 0, 3]
    assert figures(braze, "uninstalls") == [0, 0, 0]


@pytest.mark.parametrize(
    "query", [{}, {"length": 101}, {"length": 1, "app_id": "x"}, {"length": 1, "ending_at": "x"}]
)
def test_a_wrong_question_is_a_400(braze, query):
    assert braze.get("/kpi/dau/data_series", **query).status_code == 400
