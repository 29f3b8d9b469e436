"""Over a real socket: connections that break before, in and after an answer, and answers without end."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable, Iterator

import pytest

from braze_client import Braze, CreateSchedule, OutcomeUnknown, Refused, Retry, Timeouts, Unavailable
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


def test_an_answer_that_drips_is_given_up(
    wire: Wire, reach: Callable[..., Braze], booking: CreateSchedule
) -> None:
    endpoint = wire(says(answer(b'{"schedule_id": "s-1"}')))

    with pytest.raises(OutcomeUnknown) as unknown:
        reach(endpoint, Timeouts(answer=0)).create_schedule(booking)

    assert unknown.value.call.trouble == "AnswerError"


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
