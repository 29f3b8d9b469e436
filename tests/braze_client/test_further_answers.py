"""Answers of the further endpoints, in the forms that Braze's pages and recordings show."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest
import respx

from braze_client import Braze
from braze_client.times import read_time
from tests.braze_client.endpoints import CASES


def test_a_campaign_lists_its_variations_by_channel(api: respx.MockRouter, braze: Braze) -> None:
    messages = {
        "9c1f": {"channel": "email", "name": "Unit 12"},
        "77ab": {"channel": "email", "type": "control"},
        "55cd": {"channel": "sms", "name": "Text"},
    }
    api.get("/campaigns/details").respond(200, json={"messages": messages, "message": "success"})

    assert braze.campaign_details("c").variations() == {"9c1f": "Unit 12"}


def test_states_are_compared_in_lower_case(api: respx.MockRouter, braze: Braze) -> None:
    api.get("/subscription/status/get").respond(200, json={"status": {"u": "Subscribed", "v": "unknown"}})

    status = braze.subscription_status("g", external_ids=["u", "v"])

    assert status.status == {"u": "subscribed", "v": "unknown"}
    assert (
        api.calls.last.request.url.query == b"subscription_group_id=g&external_id%5B%5D=u&external_id%5B%5D=v"
    )


def test_custom_attributes_go_on_where_the_link_header_says(api: respx.MockRouter, braze: Braze) -> None:
    link = '<https://rest.test/custom_attributes?cursor=c2Vjb25k%3D>; rel="next"'
    api.get("/custom_attributes", params={"cursor": "c2Vjb25k="}).respond(
        200, json={"attributes": [{"name": "b"}]}
    )
    api.get("/custom_attributes").respond(200, json={"attributes": [{"name": "a"}]}, headers={"Link": link})

    assert [each.name for each in braze.iter_custom_attributes()] == ["a", "b"]


@pytest.mark.parametrize(
    "link",
    [
        "",
        "nonsense",
        '<https://rest.test/x>; rel="next"',
        '<https://rest.test/?cursor=x>; rel="prev"',
        '<[>; rel="next"',
    ],
)
def test_a_list_without_a_next_page_ends(api: respx.MockRouter, braze: Braze, link: str) -> None:
    api.get("/custom_attributes").respond(200, json={"attributes": []}, headers={"Link": link})

    assert braze.list_custom_attributes().next_cursor is None


def test_a_page_among_others_is_found_in_the_link_header(api: respx.MockRouter, braze: Braze) -> None:
    link = (
        '<https://rest.test/?cursor=one>; rel="prev", <https://rest.test/?limit=5&cursor=two&x=1>; rel=next'
    )
    api.get("/custom_attributes").respond(200, json={"attributes": []}, headers={"Link": link})

    assert braze.list_custom_attributes().next_cursor == "two"


def test_campaigns_are_read_to_the_last_page(api: respx.MockRouter, braze: Braze) -> None:
    full = [{"id": str(number)} for number in range(100)]
    route = api.get("/campaigns/list").mock(
        side_effect=[
            httpx.Response(200, json={"campaigns": full}),
            httpx.Response(200, json={"campaigns": full[:3]}),
        ]
    )

    assert len(list(braze.iter_campaigns())) == 103
    assert route.call_count == 2


def test_some_renames_may_fail(api: respx.MockRouter, braze: Braze) -> None:
    [case] = [case for case in CASES if case.name == "rename_external_ids"]
    api.post(case.path).respond(
        201, json={"external_ids": [], "rename_errors": ["taken"], "message": "success"}
    )

    assert case.call(braze).outcome == "partial"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2020-06-17T20:01:33.385Z", datetime(2020, 6, 17, 20, 1, 33, 385_000, tzinfo=UTC)),
        ("2020-07-10 15:00:00.000 UTC", datetime(2020, 7, 10, 15, tzinfo=UTC)),
        ("2020-06-17 19:27:44 +0000", datetime(2020, 6, 17, 19, 27, 44, tzinfo=UTC)),
        ("2020-06-17 19:27:44 -0500", datetime(2020, 6, 18, 0, 27, 44, tzinfo=UTC)),
        ("2026-12-01 09:00:00", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 12, 1, tzinfo=UTC)),
        ("", None),
        (None, None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_times_are_read_in_every_form_that_braze_writes(text: str | None, time: datetime | None) -> None:
    assert read_time(text) == time
