"""Segments: pages, details, sizes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import respx

from braze_client import Braze, InvalidRequest, Unavailable


def page(first: int, count: int) -> dict[str, object]:
    return {"segments": [{"id": f"s-{first + n}", "name": f"Segment {first + n}"} for n in range(count)]}


def test_pages_are_read_until_one_is_not_full(api: respx.MockRouter, braze: Braze) -> None:
    api.get("/segments/list", params={"page": "0"}).respond(200, json=page(0, 100))
    api.get("/segments/list", params={"page": "1"}).respond(200, json=page(100, 3))

    segments = list(braze.iter_segments())

    assert [segments[0].id, segments[-1].id, len(segments)] == ["s-0", "s-102", 103]


def test_a_full_last_page_is_followed_by_an_empty_one(api: respx.MockRouter, braze: Braze) -> None:
    api.get("/segments/list", params={"page": "0"}).respond(200, json=page(0, 100))
    api.get("/segments/list", params={"page": "1"}).respond(200, json=page(0, 0))

    assert len(list(braze.iter_segments(sort_direction="desc"))) == 100
    assert api.calls.last.request.url.params["sort_direction"] == "desc"


def test_an_answer_without_segments_is_not_taken_for_the_end_of_the_list(
    api: respx.MockRouter, braze: Braze
) -> None:
    api.get("/segments/list").respond(200, json={"message": "success"})

    with pytest.raises(Unavailable):
        braze.list_segments()


def test_details_hold_the_rendered_filters_and_the_authors_text(api: respx.MockRouter, braze: Braze) -> None:
    api.get("/segments/details", params={"segment_id": "s-1"}).respond(
        200,
        json={"name": "Store 12", "description": "store_id is 12", "text_description": "Ours", "tags": None},
    )

    details = braze.segment_details("s-1")

    assert (details.name, details.description, details.text_description) == (
        "Store 12",
        "store_id is 12",
        "Ours",
    )
    assert details.tags == []


def test_a_size_is_asked_for_a_period_in_utc(api: respx.MockRouter, braze: Braze) -> None:
    api.get("/segments/data_series").respond(200, json={"data": [{"time": "2026-11-22", "size": 1042}]})

    series = braze.segment_series("s-1", length=2, ending_at=datetime(2026, 11, 23, tzinfo=UTC))

    assert [(day.time, day.size) for day in series.data] == [("2026-11-22", 1042)]
    assert dict(api.calls.last.request.url.params) == {
        "segment_id": "s-1",
        "length": "2",
        "ending_at": "2026-11-23T00:00:00Z",
    }


def test_a_segment_without_analytics_has_no_sizes(api: respx.MockRouter, braze: Braze) -> None:
    api.get("/segments/data_series").respond(200, json={"message": "success", "data": None})

    assert braze.segment_series("s-1").data == []


@pytest.mark.parametrize("length", [0, 101])
def test_a_period_braze_does_not_know_is_never_sent(api: respx.MockRouter, braze: Braze, length: int) -> None:
    with pytest.raises(InvalidRequest, match="1 to 100 days"):
        braze.segment_series("s-1", length=length)
    with pytest.raises(InvalidRequest, match="1 to 100 days"):
        braze.send_series("campaign-1", "send-1", length=length)
    assert not api.calls


def test_a_missing_id_a_negative_page_and_a_time_without_zone_are_never_sent(
    api: respx.MockRouter, braze: Braze
) -> None:
    with pytest.raises(InvalidRequest, match="id is missing"):
        braze.segment_details("")
    with pytest.raises(InvalidRequest, match="from 0"):
        braze.list_segments(-1)
    with pytest.raises(InvalidRequest, match="zone"):
        braze.segment_series("s-1", ending_at=datetime(2026, 11, 23))
    assert not api.calls
