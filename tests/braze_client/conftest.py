"""A Braze made of answers written byte by byte: respx for most, a bare socket where the wire itself matters."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import httpx2
import pytest
import respx
from respx.mocks import AbstractRequestMocker

from braze_client import Braze, Call, CreateSchedule, EmailMessage, Messages, Retry, Schedule, audience

REST = "https://rest.test"
KEY = "4f9d2c1e-0b57-4f0e-9c66-7a1f3be0d2aa"


class HTTPX2Mocker(AbstractRequestMocker):
    """Lets respx stand in for the client's wire; respx itself knows httpx only."""

    name = "httpx2"
    targets = ["braze_client._wire.Wire"]
    target_methods = ["handle_request"]

    @classmethod
    def to_httpx_request(cls, **kwargs: Any) -> httpx.Request:
        request: httpx2.Request = kwargs["request"]
        return httpx.Request(
            request.method, str(request.url), headers=request.headers.raw, content=request.read()
        )

    @classmethod
    def from_sync_httpx_response(cls, httpx_response: httpx.Response, *_: Any, **__: Any) -> httpx2.Response:
        return httpx2.Response(
            httpx_response.status_code,
            headers=httpx_response.headers.raw,
            stream=httpx2.ByteStream(httpx_response.read()),
        )


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def api() -> Iterator[respx.MockRouter]:
    """Braze: `api.post(path).respond(…)`. A call nobody expected fails the test."""
    with respx.mock(base_url=REST, using="httpx2", assert_all_called=False) as router:
        yield router


@pytest.fixture
def calls() -> list[Call]:
    """What `on_call` was told."""
    return []


@pytest.fixture
def braze(calls: list[Call]) -> Iterator[Braze]:
    with Braze(REST, KEY, retry=Retry(pause=0), on_call=calls.append) as client:
        yield client


@pytest.fixture
def email() -> EmailMessage:
    return EmailMessage(
        app_id="app-1",
        from_="Store 12 <store12@example.org>",
        subject="Hello",
        body="<html><body>Hello</body></html>",
        message_variation_id="variation-12",
    )


@pytest.fixture
def booking(email: EmailMessage) -> CreateSchedule:
    return CreateSchedule(
        broadcast=True,
        audience=audience.custom_attribute("store_id").equals("12"),
        campaign_id="campaign-1",
        send_id="portal-8841",
        schedule=Schedule.at(datetime(2026, 12, 1, 9, tzinfo=UTC)),
        messages=Messages(email=email),
    )


#: What one connection does: gets the socket after the request was read.
Script = Callable[[socket.socket], None]


@pytest.fixture
def wire() -> Iterator[Callable[..., str]]:
    """`wire(script, …)` listens and plays a script a connection; gives the endpoint."""
    with contextlib.ExitStack() as stack:
        yield lambda *scripts: _listen(stack, scripts)


def _listen(stack: contextlib.ExitStack, scripts: tuple[Script, ...]) -> str:
    listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    player = threading.Thread(target=_play, args=(listener, scripts), daemon=True)
    player.start()
    stack.callback(player.join, 5)
    stack.callback(listener.shutdown, socket.SHUT_RDWR)
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def _play(listener: socket.socket, scripts: tuple[Script, ...]) -> None:
    for script in scripts:
        # A client that gives up breaks its connection; the end of the test closes the listener.
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                _read_request(connection)
                script(connection)


def _read_request(connection: socket.socket) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        if not (byte := connection.recv(1)):
            raise ConnectionError("closed before the request was complete")
        head += byte
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            connection.recv(int(line.split(b":")[1]), socket.MSG_WAITALL)
