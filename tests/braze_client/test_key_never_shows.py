"""After every kind of failure: no log line, text, repr, traceback or record holds the key."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable

import httpx
import httpx2
import pytest
import respx

from braze_client import Braze, BrazeError, Call, CreateSchedule, InvalidRequest, Retry

REST = "https://rest.test"
KEY = "4f9d2c1e-0b57-4f0e-9c66-7a1f3be0d2aa"

ECHO = {"message": f"Invalid API key: {KEY}", "error": KEY, "errors": [KEY, {"type": KEY}]}
ROW = {"message": "no", "errors": [{"type": f"bad {KEY}", "input_array": "attributes", "index": 0}]}
HEADERS = {
    "X-Request-Id": KEY,
    "X-RateLimit-Reset": KEY,
    "Retry-After": KEY,
    "Location": f"{REST}/?api_key={KEY}",
}

ANSWERS = [
    *(
        httpx.Response(status, json=ECHO, headers=HEADERS)
        for status in (301, 400, 401, 403, 404, 429, 500, 503)
    ),
    httpx.Response(400, json=ROW),
    httpx.Response(400, content=json.dumps(ECHO).replace("-", "\\u002d")),
    httpx.Response(403, content=json.dumps(ROW).replace("-", "\\u002d")),
    httpx.Response(401, content=KEY.encode()),
    httpx.Response(502, html=f"<p>Authorization: Bearer {KEY}</p>"),
    httpx.Response(201, content=f"{{{KEY}".encode(), headers=HEADERS),
    httpx.Response(200, json={"segments": KEY, "schedule_id": ""}),
    *(
        error(f"h11 saw Bearer {KEY}")
        for error in (httpx2.ConnectError, httpx2.ReadError, httpx2.ReadTimeout)
    ),
    httpx2.LocalProtocolError(f"Illegal header value b'Bearer {KEY}'"),
]


def everything_about(error: BaseException) -> str:
    """Text, repr, fields and traceback of an error and of all errors it came from."""
    texts = []
    link: BaseException | None = error
    while link is not None:
        texts += [str(link), repr(link), repr(link.args), repr(vars(link))]
        link = link.__cause__ or link.__context__
    return "\n".join([*texts, *traceback.format_exception(error)])


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: repr(answer)[:40].replace(KEY, "…"))
@pytest.mark.parametrize("read", [True, False], ids=["reading", "booking"])
def test_after_a_failure(
    api: respx.MockRouter,
    booking: CreateSchedule,
    caplog: pytest.LogCaptureFixture,
    answer: httpx.Response | Exception,
    read: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    calls: list[Call] = []
    api.route().mock(side_effect=[answer] * 3)

    with Braze(REST, KEY, retry=Retry(pause=0), on_call=calls.append) as braze:
        act: Callable[[], object] = braze.list_segments if read else lambda: braze.create_schedule(booking)
        with pytest.raises(BrazeError) as failure:
            act()
        seen = "\n".join([everything_about(failure.value), repr(braze), repr(vars(braze)), repr(calls)])

    assert calls
    assert KEY not in seen
    assert KEY not in caplog.text


def test_after_a_success_that_repeats_it(
    api: respx.MockRouter, booking: CreateSchedule, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api.route().respond(201, json={"schedule_id": "s-1", "errors": [KEY], "key": KEY}, headers=HEADERS)

    with Braze(REST, KEY) as braze:
        booked = braze.create_schedule(booking)

    assert KEY not in repr(booked) + repr(booked.call) + caplog.text


@pytest.mark.parametrize("pasted", ["", "short", f'"{KEY}"', f"{KEY}\n", f"{KEY} ", "kéy-with-umlaut"])
def test_a_key_that_cannot_be_one_is_refused_without_repeating_it(pasted: str) -> None:
    with pytest.raises(InvalidRequest, match="8 to 200 visible") as refused:
        Braze(REST, pasted)

    assert KEY not in everything_about(refused.value)


def test_a_key_pasted_as_endpoint_is_not_repeated() -> None:
    with pytest.raises(InvalidRequest, match="must look like") as refused:
        Braze(f"{REST}/{KEY}", KEY)

    assert KEY not in everything_about(refused.value)
