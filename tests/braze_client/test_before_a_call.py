"""`before_call` hears of each attempt before anything is sent, and may forbid it."""

from __future__ import annotations

import httpx
import pytest
import respx

from braze_client import Braze, CreateSchedule, Retry

REST = "https://rest.test"
CREATE = "/messages/schedule/create"


class NoAllowance(Exception):
    """What a limiter raises."""


def test_it_hears_method_and_path_of_every_attempt_before_it_is_made(api: respx.MockRouter, key: str) -> None:
    heard: list[tuple[str, str, int]] = []
    route = api.get("/segments/list").mock(
        side_effect=[httpx.Response(502), httpx.Response(200, json={"segments": []})]
    )

    def before(method: str, path: str) -> None:
        heard.append((method, path, route.call_count))

    with Braze(REST, key, retry=Retry(pause=0), before_call=before) as braze:
        braze.list_segments()

    assert heard == [("GET", "/segments/list", 0), ("GET", "/segments/list", 1)]


def test_what_it_raises_comes_out_unchanged_and_nothing_is_sent(
    api: respx.MockRouter, booking: CreateSchedule, key: str
) -> None:
    route = api.post(CREATE)
    no = NoAllowance("wait")

    def before(method: str, path: str) -> None:
        raise no

    with Braze(REST, key, before_call=before) as braze, pytest.raises(NoAllowance) as raised:
        braze.create_schedule(booking)

    assert raised.value is no
    assert route.call_count == 0
