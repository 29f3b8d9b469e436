"""Serving the sandbox: granian in this very process, one event loop that calls the application and does all waiting.

Threads would cost memory and switches for nothing: a call takes half a millisecond and the database lets in one at a
time. What waits (latency, stalls, dripping answers) waits in the loop, and thousands may.
"""

from __future__ import annotations

import asyncio
import io
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server

from braze_sandbox.wire import WIRE, Wire

#: How many connections may wait to be taken, and calls at once to be answered.
BACKLOG = 4_096

Headers = list[tuple[str, str]]
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def serve(app: App, host: str, port: int) -> None:
    """Answer until SIGTERM or SIGINT."""
    asyncio.run(_serve(_Bridge(app, host, port), host, port))


async def _serve(bridge: _Bridge, host: str, port: int) -> None:
    server = Server(
        bridge,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        websockets=False,
        backlog=BACKLOG,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for end in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(end, _do_all, bridge.let_go, server.stop)
    await server.serve()


def _do_all(*deeds: Callable[[], None]) -> None:
    for deed in deeds:
        deed()


class _Bridge:
    """A WSGI application (PEP 3333) behind granian's RSGI interface."""

    def __init__(self, app: App, host: str, port: int) -> None:
        self._app = app
        self._held: set[asyncio.Future[bool]] = set()
        self._common: dict[str, Any] = {
            "SCRIPT_NAME": "",
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        body = await proto()
        wire = Wire()
        status, headers, answer = self._call(scope, body, wire)
        if wire.wait:
            if not await self._passed(wire.wait):
                _hang_up(scope.client)
                return
            wire.held = True
            status, headers, answer = self._call(scope, body, wire)
        if wire.cut_in is not None:
            await self._passed(wire.cut_in)
            _hang_up(scope.client)
        elif wire.drip:
            await self._drip(proto.response_stream(status, headers), answer)
        else:
            proto.response_bytes(status, headers, answer)

    async def _drip(self, stream: Any, answer: bytes) -> None:
        for at in range(len(answer)):
            if not await self._passed(1):
                return
            await stream.send_bytes(answer[at : at + 1])

    async def _passed(self, seconds: float) -> bool:
        """Wait; whether all the time has passed, rather than that the end came first."""
        loop = asyncio.get_running_loop()
        time_up: asyncio.Future[bool] = loop.create_future()
        timer = loop.call_later(seconds, _settle, time_up, True)
        self._held.add(time_up)
        try:
            return await time_up
        finally:
            timer.cancel()
            self._held.discard(time_up)

    def let_go(self) -> None:
        """Wait for nothing any more: the process ends."""
        for time_up in self._held:
            _settle(time_up, False)

    def _call(self, scope: Any, body: bytes, wire: Wire) -> tuple[int, Headers, bytes]:
        told: list[Any] = [500, []]

        def start(line: str, headers: Headers, _error: object = None) -> None:
            told[:] = int(line[:3]), headers

        answer = b"".join(self._app(self._environ(scope, body, wire), start))
        return told[0], told[1], answer

    def _environ(self, scope: Any, body: bytes, wire: Wire) -> dict[str, Any]:
        environ = self._common | {
            "REQUEST_METHOD": scope.method,
            "PATH_INFO": scope.path.encode().decode("latin-1"),
            "QUERY_STRING": scope.query_string,
            "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": scope.scheme,
            "wsgi.input": io.BytesIO(body),
            WIRE: wire,
        }
        for name, value in scope.headers.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
        return environ


def _settle(future: asyncio.Future[bool], value: bool) -> None:
    if not future.done():
        future.set_result(value)


def _hang_up(client: str) -> None:
    """End the connection of ``client`` (address:port) as a network does: no answer, not even half a one."""
    host, _, port = client.rpartition(":")
    for descriptor in Path("/dev/fd").iterdir():
        try:
            with socket.socket(fileno=os.dup(int(descriptor.name))) as connection:
                if connection.getpeername()[:2] == (host.strip("[]"), int(port)):
                    # Closing without lingering sends a reset.
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    connection.shutdown(socket.SHUT_RDWR)
                    return
        except OSError:
            continue  # a file, a listening socket, or closed meanwhile
