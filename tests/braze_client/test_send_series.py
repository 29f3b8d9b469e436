"""The numbers of a send: whatever Braze leaves out, adds, or names differently."""

from __future__ import annotations

import respx

from braze_client import Braze, SendSeries


def series(api: respx.MockRouter, braze: Braze, *days: dict[str, object]) -> SendSeries:
    api.get("/sends/data_series").respond(200, json={"data": list(days), "message": "success"})
    return braze.send_series("campaign-1", "portal-8841")


def day(*entries: dict[str, object], time: str = "2026-12-01") -> dict[str, object]:
    return {"time": time, "messages": {"email": list(entries)}, "unique_recipients": 120}


def test_it_asks_for_the_fourteen_days_that_braze_keeps(api: respx.MockRouter, braze: Braze) -> None:
    series(api, braze)

    assert dict(api.calls.last.request.url.params) == {
        "campaign_id": "campaign-1",
        "send_id": "portal-8841",
        "length": "14",
    }


def test_a_number_that_is_not_named_is_not_zero(api: respx.MockRouter, braze: Braze) -> None:
    [(_, entry)] = series(api, braze, day({"variation_api_id": "v", "sent": 0})).entries_for("v")

    assert (entry.sent, entry.opens) == (0, None)


def test_an_unknown_number_is_kept(api: respx.MockRouter, braze: Braze) -> None:
    [(_, entry)] = series(api, braze, day({"variation_api_id": "v", "forwards": 3})).entries_for("v")

    assert entry.model_extra == {"forwards": 3}


def test_entries_are_found_by_id_or_by_name_whichever_is_there(api: respx.MockRouter, braze: Braze) -> None:
    numbers = series(
        api,
        braze,
        day({"variation_api_id": "v-12", "sent": 1}, {"variation_api_id": "v-13", "sent": 9}),
        day({"variation_name": "Store 12", "sent": 2}, {"variation_name": "Store 13"}, time="2026-12-02"),
    )

    found = [(time, entry.sent) for time, entry in numbers.entries_for("v-12", "Store 12")]

    assert found == [("2026-12-01", 1), ("2026-12-02", 2)]


def test_an_id_that_differs_outweighs_a_name_that_agrees(api: respx.MockRouter, braze: Braze) -> None:
    numbers = series(api, braze, day({"variation_api_id": "v-13", "variation_name": "Store 12"}))

    assert numbers.entries_for("v-12", "Store 12") == []


def test_entries_without_a_name_are_nobodys_when_no_name_is_asked_for(
    api: respx.MockRouter, braze: Braze
) -> None:
    assert series(api, braze, day({"sent": 5})).entries_for("v-12") == []


def test_empty_channels_and_missing_messages_are_days_without_entries(
    api: respx.MockRouter, braze: Braze
) -> None:
    numbers = series(
        api,
        braze,
        {"time": "2026-12-01", "messages": []},
        {"time": "2026-12-02"},
        {"time": "2026-12-03", "messages": {"email": None}},
        day(time="2026-12-04"),
    )

    assert len(numbers.data) == 4
    assert numbers.entries_for("v") == []


def test_after_fourteen_days_there_is_nothing_and_no_error(api: respx.MockRouter, braze: Braze) -> None:
    assert series(api, braze).data == []
