"""HTTP to one Braze instance: one request, one reply or fault. Only this module and `_wire` know httpx2.

No httpx2 exception or object leaves this module, since those hold the request and with it the key.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import httpcore2
import httpx2

from ._key import Key
from ._wire import Deadline, Wire
from .errors import InvalidRequest

# 50 exported profiles with long histories stay far below; more is not an answer but a mistake.
LARGEST_ANSWER: Final = 32 * 1024 * 1024

_NOTHING_SENT: Final = (
    *(httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol),
    *(httpcore2.ConnectError, httpcore2.ConnectTimeout, httpcore2.PoolTimeout, httpcore2.UnsupportedProtocol),
    # Raised while a tunnel is asked for, before it carries anything.
    *(httpx2.ProxyError, httpcore2.ProxyError),
)
# The second family comes from our own wire, the first from a transport that was given and from decoding.
_BROKEN: Final = (
    httpx2.RequestError,
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
)
_LOOPBACK: Final = re.compile(r"localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?")


@dataclass(frozen=True)
class Timeouts:
    """Seconds. `read` is long on purpose: giving up early on a booking leaves its outcome unknown."""

    connect: float = 5.0
    read: float = 30.0
    """Between two pieces of the answer."""
    write: float = 30.0
    pool: float = 10.0
    """For a free connection."""
    answer: float = 35.0
    """For one HTTP call, from its start to the last piece of the answer; each repetition has its own."""


@dataclass(frozen=True)
class Reply:
    """An answer that came; `body` is None when its rest did not arrive, arrived broken or was too long."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """By name in lower case."""
    body: bytes | None = field(repr=False)
    trouble: str | None = None


@dataclass(frozen=True)
class Fault:
    """No answer. `sent` is False only where it is certain that Braze saw nothing of the request."""

    trouble: str
    sent: bool


class AnswerError(Exception):
    """The answer's body is too long."""


def origin_of(endpoint: str) -> str:
    """`https://host[:port]` of an endpoint given as URL or as host; InvalidRequest if it is anything else."""
    try:
        url = httpx2.URL(endpoint if "://" in endpoint else f"https://{endpoint}")
    except httpx2.InvalidURL:
        raise _bad_endpoint() from None
    plain = url.path in ("", "/") and not (url.userinfo or url.query or url.fragment)
    safe = url.scheme == "https" or (url.scheme == "http" and _LOOPBACK.fullmatch(url.host))
    if not (url.host and plain and safe):
        raise _bad_endpoint()
    return str(url.copy_with(raw_path=b"/")).rstrip("/")


def _bad_endpoint() -> InvalidRequest:
    # The text given is not repeated: people paste keys into the wrong field.
    return InvalidRequest(
        "The REST endpoint must look like https://rest.iad-01.braze.com: https, a host and nothing after it. "
        "Braze shows it under Settings > APIs and Identifiers."
    )


class Http:
    """A pool of connections to one instance with one key. Safe to share between threads."""

    def __init__(
        self,
        origin: str,
        key: Key,
        *,
        transport: httpx2.BaseTransport | None,
        timeouts: Timeouts,
        max_connections: int,
    ) -> None:
        self._key = key
        self._answer_within = timeouts.answer
        self._deadline = Deadline()
        self._transport = transport or Wire(httpx2.URL(origin), self._deadline, max_connections)
        # Reading an address costs more than any other preparation of a call, and there are few of them.
        self._url = functools.lru_cache(maxsize=200)(lambda path: httpx2.URL(f"{origin}{path}"))
        self._extensions = {
            "timeout": {
                "connect": timeouts.connect,
                "read": timeouts.read,
                "write": timeouts.write,
                "pool": timeouts.pool,
            }
        }

    def close(self) -> None:
        """Give the connections back."""
        self._transport.close()

    def exchange(
        self, method: str, path: str, params: Mapping[str, str | Sequence[str]], body: bytes | None
    ) -> Reply | Fault:
        """Send one request. Never raises for what the network or Braze does."""
        url = self._url(path)
        request = httpx2.Request(
            method,
            url.copy_merge_params(params) if params else url,
            headers=self._headers(body),
            content=body,
            extensions=self._extensions,
        )
        try:
            with self._deadline.within(self._answer_within):
                return self._send(request)
        except BaseException as error:  # noqa: BLE001 - raised again
            # A time limit of the caller's, Ctrl-C: the frames below hold the header with the key.
            raise error.with_traceback(None) from None

    def _send(self, request: httpx2.Request) -> Reply | Fault:
        try:
            response = self._transport.handle_request(request)
        except _BROKEN as error:
            return Fault(type(error).__name__, sent=not isinstance(error, _NOTHING_SENT))
        try:
            return self._read(response)
        finally:
            response.close()

    def _headers(self, body: bytes | None) -> list[tuple[str, str]]:
        headers = [
            ("Accept", "application/json"),
            ("Accept-Encoding", "gzip"),
            ("Authorization", self._key.bearer()),
        ]
        return headers if body is None else [*headers, ("Content-Type", "application/json")]

    def _read(self, response: httpx2.Response) -> Reply:
        """The reply, with its body if all of it comes in time. The status stands even when the body breaks."""
        body, trouble = None, None
        try:
            body = self._key.blacked_out_of(_whole_body(response))
        except (*_BROKEN, AnswerError) as error:
            trouble = type(error).__name__
        return Reply(response.status_code, dict(response.headers), body, trouble)


def _whole_body(response: httpx2.Response) -> bytes:
    """All of it, unpacked; a compressed bomb stops at the cap, for httpx2 unpacks a piece at a time."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise AnswerError
    return bytes(body)
