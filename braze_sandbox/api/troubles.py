"""What the wire makes of an answer when a fault was ordered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus

import falcon

from braze_sandbox.answers import ConnectionCut
from braze_sandbox.faults import Fault
from braze_sandbox.limits import NO_ALLOWANCE, Allowance
from braze_sandbox.wire import Wire

HUGE = 10 * 1024 * 1024


@dataclass(slots=True)
class Outcome:
    """What goes back over the wire; with ``cut_in`` nothing does, and the connection ends after so many seconds."""

    status: int
    body: bytes
    headers: dict[str, str]
    content_type: str = "application/json"
    drip: bool = False
    cut_in: float | None = None


def disturbed(fault: Fault, answer: Outcome | None, *, key: str, now: float) -> Outcome:
    """What the client gets in place of ``answer``, which is None if nothing was performed."""
    if fault.cut or fault.stall_s:
        return Outcome(0, b"", {}, cut_in=fault.stall_s)
    told = _told(fault, key, now) if fault.status or answer is None else answer
    return replace(_spoilt(fault, told), drip=fault.drip)


def _told(fault: Fault, key: str, now: float) -> Outcome:
    status = fault.status or HTTPStatus.INTERNAL_SERVER_ERROR.value
    headers: dict[str, str] = {}
    words = _phrase(status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        words = "Rate Limited"
        if fault.reset_in is not None:
            headers = Allowance(250_000, 0, int(now + fault.reset_in)).headers()
    elif status == HTTPStatus.UNAUTHORIZED:
        words, headers = f"Invalid API key: {key}", dict(NO_ALLOWANCE)
    elif status < HTTPStatus.BAD_REQUEST:
        headers = {"Location": fault.location or "http://127.0.0.1:9/"}
    return Outcome(status, json.dumps({"message": words}).encode(), headers)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Trouble"


def _spoilt(fault: Fault, answer: Outcome) -> Outcome:
    if fault.body == "html":
        words = f"{answer.status} {_phrase(answer.status)}"
        page = f"<html><head><title>{words}</title></head><body><h1>{words}</h1></body></html>"
        return replace(answer, body=page.encode(), content_type="text/html")
    bodies: dict[str, Callable[[], bytes]] = {
        "empty": bytes,
        "truncated": lambda: answer.body[: len(answer.body) // 2],
        "wrong_type": lambda: b'["success"]',
        "huge": lambda: json.dumps({"message": "x" * HUGE}).encode(),
    }
    return replace(answer, body=bodies[fault.body]()) if fault.body else answer


Pause = Callable[[float], None]


def cut(resp: falcon.Response, wire: Wire | None, seconds: float, pause: Pause) -> None:
    """End the connection after so many silent seconds."""
    if wire:
        wire.cut_in = seconds
        return
    if seconds:
        pause(seconds)
    # A body that breaks before its first byte leaves the server nothing to send.
    resp.content_length = 1
    resp.stream = _Broken()


class _Broken(Iterator[bytes]):
    def __next__(self) -> bytes:
        raise ConnectionCut("cut by a fault")


def drip(resp: falcon.Response, wire: Wire | None, body: bytes, pause: Pause) -> None:
    """Send ``body`` at a byte a second."""
    if wire:
        wire.drip, resp.data = True, body
    else:
        resp.content_length = len(body)
        resp.stream = _dripping(body, pause)


def _dripping(body: bytes, pause: Pause) -> Iterator[bytes]:
    for at in range(len(body)):
        pause(1.0)
        yield body[at : at + 1]
