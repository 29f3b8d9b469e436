"""Connections to one Braze instance, on which no call outlasts its deadline, however slowly bytes come or go.

httpx2 counts its time-outs anew for every piece, so a server that sends a byte a second is never too slow for
it. Here each wait on a socket is cut to what is left of the whole call.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

# One TLS record: a write waits at most once for each.
_PIECE: Final = 16_384


class Deadline(threading.local):
    """When the call of this thread must be over; threads do not see each other's."""

    at: float | None = None

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Inside, `left` counts down from these seconds."""
        self.at = time.monotonic() + seconds
        try:
            yield
        finally:
            self.at = None

    def left(self, timeout: float | None, late: type[httpcore2.TimeoutException]) -> float | None:
        """The seconds a wait may take: `timeout` or less. Raises `late` when the call's time is up."""
        if self.at is None:
            return timeout
        left = self.at - time.monotonic()
        if left <= 0:
            raise late
        return left if timeout is None else min(left, timeout)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            left = self._deadline.left(timeout, httpcore2.WriteTimeout)
            self._stream.write(buffer[start : start + _PIECE], left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = self._deadline.left(timeout, httpcore2.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Network(httpcore2.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Address after address, for the time-out is one of each and the deadline one of all."""
        failure: Exception = httpcore2.ConnectError("no address")
        for address in _addresses(host, port):
            left = self._deadline.left(timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._sockets.connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore2.ConnectError("the host name cannot be found") from error
    return [str(each[4][0]) for each in found]


class _Pool:
    """Up to `most` connections, the one used last taken first.

    httpcore2's own pool looks at every connection for every call, which with a hundred of them costs more than
    the call.
    """

    def __init__(
        self, make: Callable[[], httpcore2.ConnectionInterface], most: int, deadline: Deadline
    ) -> None:
        self._make = make
        self._deadline = deadline
        self._slots = threading.Semaphore(most)
        self._free: deque[httpcore2.ConnectionInterface] = deque()
        self._closed = False

    def take(self, timeout: float | None) -> httpcore2.ConnectionInterface:
        """One that is open or will open itself; httpcore2.PoolTimeout when none is free in time."""
        if not self._slots.acquire(timeout=self._deadline.left(timeout, httpcore2.PoolTimeout)):
            raise httpcore2.PoolTimeout
        with contextlib.suppress(IndexError):
            while True:
                connection = self._free.pop()
                if connection.is_idle() and not connection.has_expired():
                    return connection
                connection.close()
        return self._make()

    def give(self, connection: httpcore2.ConnectionInterface) -> None:
        """Back after use; one that broke, or is not needed any more, is closed."""
        if self._closed or not connection.is_idle():
            connection.close()
        else:
            self._free.append(connection)
        self._slots.release()
        self._drop_the_oldest_if_expired()

    def _drop_the_oldest_if_expired(self) -> None:
        with contextlib.suppress(IndexError):
            oldest = self._free.popleft()
            if oldest.has_expired():
                oldest.close()
            else:
                self._free.appendleft(oldest)

    def close(self) -> None:
        """Those in use close when they come back."""
        self._closed = True
        with contextlib.suppress(IndexError):
            while True:
                self._free.pop().close()


class Wire(httpx2.BaseTransport):
    """A pool of up to `max_connections` connections. Errors are httpcore2's, named like httpx2's."""

    def __init__(self, origin: httpx2.URL, deadline: Deadline, max_connections: int) -> None:
        logging.getLogger("httpcore2.http11").addFilter(_shows_no_headers)
        maker = httpcore2.ConnectionPool(
            ssl_context=_tls(),
            proxy=_proxy_for(origin),
            keepalive_expiry=5.0,  # below the idle time of any edge, so a connection taken up is one still open
            network_backend=_Network(deadline),
        )
        port = origin.port or {"https": 443, "http": 80}[origin.scheme]
        to = httpcore2.Origin(origin.raw_scheme, origin.raw_host, port)
        self._pool = _Pool(lambda: maker.create_connection(to), max_connections, deadline)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        asked = httpcore2.Request(
            request.method,
            httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        connection = self._pool.take(request.extensions["timeout"]["pool"])
        try:
            answer = connection.handle_request(asked)
        except BaseException:
            self._pool.give(connection)
            raise
        body = _Body(answer, lambda: self._pool.give(connection))
        return httpx2.Response(answer.status, headers=answer.headers, stream=body)

    def close(self) -> None:
        self._pool.close()


def _shows_no_headers(record: logging.LogRecord) -> bool:
    """httpcore2 writes the headers of answers into its debug log, and an answer may repeat the key."""
    return "receive_response_headers.complete" not in record.getMessage()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response, give_back: Callable[[], None]) -> None:
        self._answer = answer
        self._give_back = give_back

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        give_back, self._give_back = self._give_back, _nothing
        give_back()


def _nothing() -> None:
    """A connection goes back once, however often its answer is closed."""


@functools.cache
def _tls() -> ssl.SSLContext:
    """One for all clients: reading the machine's certificates takes longer than a call to Braze."""
    return httpx2.create_ssl_context()


def _proxy_for(origin: httpx2.URL) -> httpcore2.Proxy | None:
    """The machine's own (HTTPS_PROXY, ALL_PROXY, NO_PROXY); plain http stays on this machine and needs none."""
    known: dict[str, str] = getproxies()
    address = known.get("https") or known.get("all")
    bypass: Callable[[str], object] = proxy_bypass
    if origin.scheme != "https" or not address or bypass(origin.host):
        return None
    proxy = httpx2.Proxy(address if "://" in address else f"http://{address}")
    return httpcore2.Proxy(
        str(proxy.url), auth=proxy.raw_auth, headers=proxy.headers.raw, ssl_context=proxy.ssl_context
    )
