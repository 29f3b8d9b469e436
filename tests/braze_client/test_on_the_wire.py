"""Over a real socket: connections that break before, in and after an answer, and answers without end."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from braze_client import (
    Braze,
    CreateSchedule,
    EmailMessage,
    Messages,
    OutcomeUnknown,
    Refused,
    Retry,
    Timeouts,
    Unavailable,
    UpdateSchedule,
)
from braze_client import _http as http

Wire = Callable[..., str]
PATIENT = Timeouts(connect=5, read=5, answer=10)


def says(*pieces: bytes) -> Callable[[socket.socket], None]:
    def script(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return script


def answer(body: bytes, status: str = "200 OK", *headers: bytes) -> bytes:
    head = [
        b"HTTP/1.1 " + status.encode(),
        b"Content-Length: " + str(len(body)).encode(),
        b"Connection: close",
    ]
    return b"\r\n".join([*head, *headers]) + b"\r\n\r\n" + body


def closes(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def reach(key: str) -> Iterator[Callable[..., Braze]]:
    made: list[Braze] = []

    def make(endpoint: str, timeouts: Timeouts = PATIENT) -> Braze:
        made.append(Braze(endpoint, key, timeouts=timeouts, retry=Retry(pause=0)))
        return made[-1]

    yield make
    for braze in made:
        braze.close()


def test_a_connection_closed_without_an_answer_leaves_a_booking_unknown(
    wire: Wire, reach: Callable[..., Braze], booking: CreateSchedule
) -> None:
    with pytest.raises(OutcomeUnknown) as unknown:
        reach(wire(closes)).create_schedule(booking)

    assert unknown.value.call.trouble == "RemoteProtocolError"


def test_an_answer_cut_in_the_middle_leaves_a_booking_unknown(
    wire: Wire, reach: Callable[..., Braze], booking: CreateSchedule
) -> None:
    with pytest.raises(OutcomeUnknown) as unknown:
        reach(wire(says(answer(b'{"schedule_id": "s-1"}', "201 Created")[:-5]))).create_schedule(booking)

    assert unknown.value.call.status == 201


def test_a_refusal_stands_even_when_its_body_breaks(
    wire: Wire, reach: Callable[..., Braze], booking: CreateSchedule
) -> None:
    with pytest.raises(Refused) as refused:
        reach(wire(says(answer(b'{"message": "No"}', "400 Bad Request")[:-5]))).create_schedule(booking)

    assert (refused.value.status, refused.value.words) == (400, "")


def test_a_read_goes_on_after_a_connection_that_closed(wire: Wire, reach: Callable[..., Braze]) -> None:
    endpoint = wire(closes, says(answer(b'{"segments": []}')))

    assert reach(endpoint).list_segments().segments == []


def test_a_redirect_is_not_followed(wire: Wire, reach: Callable[..., Braze]) -> None:
    trap = wire(says(answer(b'{"segments": []}')))
    endpoint = wire(says(answer(b"", "307 Temporary Redirect", b"Location: " + trap.encode())))

    with pytest.raises(Refused) as refused:
        reach(endpoint).list_segments()

    assert refused.value.status == 307


def test_a_silent_braze_is_given_up(wire: Wire, reach: Callable[..., Braze], booking: CreateSchedule) -> None:
    endpoint = wire(lambda connection: connection.recv(1))

    with pytest.raises(OutcomeUnknown) as unknown:
        reach(endpoint, Timeouts(read=0.05)).create_schedule(booking)

    assert unknown.value.call.trouble == "ReadTimeout"


def drips(start: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    def script(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(500):
            connection.sendall(drop)
            time.sleep(0.02)

    return script


@pytest.mark.parametrize(
    ("start", "drop", "status"),
    [
        (b"", b"H", None),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", None),
        (b"HTTP/1.1 201 Created\r\n", b"X-Drop: 1\r\n", None),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 9999\r\n\r\n", b" ", 201),
    ],
    ids=["status line", "interim answers", "headers", "body"],
)
def test_an_answer_that_drips_is_given_up_when_the_time_of_the_whole_call_is_over(
    wire: Wire, reach: Callable[..., Braze], booking: CreateSchedule, start: bytes, drop: bytes, status: int
) -> None:
    endpoint = wire(drips(start, drop))

    with pytest.raises(OutcomeUnknown) as unknown:
        reach(endpoint, Timeouts(read=5, answer=0.2)).create_schedule(booking)

    assert (unknown.value.call.status, unknown.value.call.trouble) == (status, "ReadTimeout")


def test_a_braze_that_takes_nothing_in_is_given_up_too(
    reach: Callable[..., Braze], email: EmailMessage
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        endpoint = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        long = email.model_copy(update={"body": "x" * 3_900_000})
        with pytest.raises(Unavailable) as given_up:
            reach(endpoint, Timeouts(write=30, answer=0.2)).update_schedule(
                UpdateSchedule(schedule_id="s-1", messages=Messages(email=long))
            )

    assert given_up.value.call.trouble == "WriteTimeout"


def test_more_calls_than_connections_take_turns(wire: Wire, key: str) -> None:
    both = threading.Barrier(2)
    reply = answer(b'{"segments": []}')
    with Braze(wire(says(reply), says(reply)), key, max_connections=1) as braze:

        def call(_: int) -> int | None:
            both.wait(5)
            return braze.list_segments().call.status

        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(call, range(2))) == [200, 200]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip bomb"])
def test_an_answer_without_end_is_not_read_to_its_end(
    wire: Wire, reach: Callable[..., Braze], monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(http, "LARGEST_ANSWER", 100_000)
    body = b'{"segments": []}' + b" " * 3_000_000
    reply = answer(gzip.compress(body), "200 OK", b"Content-Encoding: gzip") if packed else answer(body)

    with pytest.raises(Unavailable) as unavailable:
        reach(wire(says(reply), says(reply), says(reply))).list_segments()

    assert unavailable.value.call.trouble == "AnswerError"


def test_a_packed_answer_is_unpacked(wire: Wire, reach: Callable[..., Braze]) -> None:
    reply = answer(gzip.compress(b'{"segments": []}'), "200 OK", b"Content-Encoding: gzip")

    assert reach(wire(says(reply))).list_segments().segments == []


def test_a_body_that_is_not_what_its_encoding_says_is_no_answer(
    wire: Wire, reach: Callable[..., Braze], booking: CreateSchedule
) -> None:
    reply = answer(b'{"schedule_id": "s-1"}', "201 Created", b"Content-Encoding: gzip")

    with pytest.raises(OutcomeUnknown) as unknown:
        reach(wire(says(reply))).create_schedule(booking)

    assert unknown.value.call.trouble == "DecodingError"


def test_what_is_no_http_leaves_a_booking_unknown(
    wire: Wire, reach: Callable[..., Braze], booking: CreateSchedule
) -> None:
    with pytest.raises(OutcomeUnknown):
        reach(wire(says(b"SMTP ready\r\n\r\n"))).create_schedule(booking)
