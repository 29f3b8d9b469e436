"""On every endpoint and after every kind of failure: nothing that can be seen afterwards holds the key."""

from __future__ import annotations

import json
import logging
import pickle
import socket
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType

import httpx
import httpx2
import pytest
import respx

from braze_client import Braze, BrazeError, Call, CreateSchedule, InvalidRequest, Retry, _wire
from tests.braze_client.endpoints import CASES

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
    """What `said_by` it, and the locals of the frames it came through."""
    return "\n".join([said_by(error), *locals_of(error.__traceback__)])


def said_by(error: BaseException) -> str:
    """Text, repr, fields, pickle and traceback of an error and of all it came from."""
    texts = []
    link: BaseException | None = error
    while link is not None:
        texts += [str(link), repr(link), repr(link.args), repr(vars(link))]
        link = link.__cause__ or link.__context__
    return "\n".join([*texts, repr(pickle.dumps(error)), *traceback.format_exception(error)])


def locals_of(trace: TracebackType | None) -> Iterator[str]:
    """What an error collector shows of the client's frames: each local, and what it holds."""
    while trace is not None:
        # The frames of this file hold the key, for they look for it.
        if trace.tb_frame.f_code.co_filename != __file__:
            for value in trace.tb_frame.f_locals.values():
                yield repr(value)
                yield repr(getattr(value, "__dict__", None))
        trace = trace.tb_next


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: repr(answer)[:40].replace(KEY, "…"))
def test_after_a_failure_on_any_endpoint(
    api: respx.MockRouter, caplog: pytest.LogCaptureFixture, answer: httpx.Response | Exception
) -> None:
    caplog.set_level(logging.DEBUG)
    calls: list[Call] = []
    api.route().mock(side_effect=lambda _: answer if isinstance(answer, httpx.Response) else throw(answer))

    for case in CASES:
        with Braze(REST, KEY, retry=Retry(attempts=2, pause=0), on_call=calls.append) as braze:
            try:
                seen = repr(case.call(braze))
            except BrazeError as failure:
                seen = everything_about(failure)
            assert KEY not in seen, case
            assert KEY not in repr(braze) + repr(vars(braze))

    assert len(calls) >= len(CASES)
    assert KEY not in repr(calls) + caplog.text + repr([vars(record) for record in caplog.records])


def throw(error: Exception) -> httpx.Response:
    raise error


def test_over_a_real_connection_with_every_logger_at_its_loudest(
    wire: Callable[..., str], booking: CreateSchedule, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = json.dumps(ECHO).encode()
    head = (
        f"HTTP/1.1 401 No\r\nX-Request-Id: {KEY}\r\nConnection: close\r\nContent-Length: {len(echo)}\r\n\r\n"
    )

    def answers(connection: socket.socket) -> None:
        connection.sendall(head.encode() + echo)

    def breaks(connection: socket.socket) -> None:
        connection.sendall(head.encode())

    for script in (answers, breaks):
        with Braze(wire(script), KEY) as braze, pytest.raises(BrazeError) as failure:
            braze.create_schedule(booking)
        assert KEY not in everything_about(failure.value)

    assert {"braze_client", "httpcore2.http11"} <= {record.name for record in caplog.records}
    assert KEY not in caplog.text + repr([vars(record) for record in caplog.records])


class TimeIsUp(BaseException):
    """A limit on the caller's time, raised wherever the thread happens to be."""


def test_when_the_caller_is_stopped_in_the_middle_of_a_call(
    wire: Callable[..., str], booking: CreateSchedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise TimeIsUp

    monkeypatch.setattr(_wire._Stream, "write", stopped)
    with Braze(wire(lambda _: None), KEY) as braze, pytest.raises(TimeIsUp) as failure:
        braze.create_schedule(booking)

    assert KEY not in everything_about(failure.value)


def test_a_client_cannot_be_pickled() -> None:
    with Braze(REST, KEY) as braze, pytest.raises(TypeError):
        pickle.dumps(braze)


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

    assert KEY not in said_by(refused.value)


def test_a_key_pasted_as_endpoint_is_not_repeated() -> None:
    with pytest.raises(InvalidRequest, match="must look like") as refused:
        Braze(f"{REST}/{KEY}", KEY)

    assert KEY not in said_by(refused.value)
