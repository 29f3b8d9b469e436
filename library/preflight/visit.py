"""One visit to a web address that somebody typed: short, without a body, and never into a private network."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpcore2
from django.conf import settings

from library.preflight.rules.addresses import is_reserved
from workspace.endpoints import LeadsInside, public_addresses

CONNECT_SECONDS, READ_SECONDS, MOST_SECONDS = 3.0, 5.0, 15
MOST_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
#: Servers that do not care for HEAD; they are asked again with GET.
_NO_HEAD = frozenset({400, 403, 404, 405, 406, 500, 501, 503})
_HEADERS = [("User-Agent", "SmarterSends link check"), ("Accept", "*/*"), ("Accept-Encoding", "identity")]
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Outcome(NamedTuple):
    """`trouble`: "", sample, offline, private, dns, timeout, unreachable, tls, redirects, insecure, or form."""

    status: int | None = None
    final_url: str = ""
    content_type: str = ""
    trouble: str = ""


class _Checked(httpcore2.NetworkBackend):
    """Connects to the address it has looked at, whatever the name would say a moment later. TLS still asks for the name."""

    def __init__(self) -> None:
        self._wire = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        [address, *_others] = _looked_up(host, port)
        return self._wire.connect_tcp(address, port, timeout, local_address, socket_options)


def _looked_up(host: str, port: int) -> list[str]:
    if settings.LINKS_ALLOW_LOOPBACK and host in _LOOPBACK:
        return ["127.0.0.1" if host == "localhost" else host]
    return public_addresses(host, port)


def visit(url: str) -> Outcome:
    """Follow the address to where it ends, each hop looked at anew."""
    ends = time.monotonic() + MOST_SECONDS
    with httpcore2.ConnectionPool(
        ssl_context=ssl.create_default_context(), network_backend=_Checked()
    ) as pool:
        try:
            return _walk(pool, url, ends)
        except LeadsInside:
            return Outcome(trouble="private")
        except OSError:  # socket.gaierror: the name has no address
            return Outcome(trouble="offline" if _finds_nobody() else "dns")
        except httpcore2.TimeoutException:
            return Outcome(trouble="timeout")
        except httpcore2.ConnectError as error:
            return Outcome(trouble="tls" if "ssl" in str(error).lower() else "unreachable")
        except (httpcore2.NetworkError, httpcore2.ProtocolError):
            return Outcome(trouble="unreachable")
        except ValueError:  # a host or port that no address can have
            return Outcome(trouble="form")


def _finds_nobody() -> bool:
    """Whether this machine has no way out at all: example.com always has an address (RFC 2606, RFC 6761)."""
    try:
        return not socket.getaddrinfo("example.com", 443, proto=socket.IPPROTO_TCP)
    except OSError:
        return True


def _walk(pool: httpcore2.ConnectionPool, url: str, ends: float) -> Outcome:
    for _hop in range(MOST_REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme != "https" and not _on_this_machine(parts.hostname):
            return Outcome(final_url=url, trouble="insecure" if parts.scheme == "http" else "form")
        if is_reserved(parts.hostname or ""):
            return Outcome(final_url=url, trouble="sample")
        if time.monotonic() > ends:
            return Outcome(final_url=url, trouble="timeout")
        status, where, content_type = _ask(pool, url)
        if status not in _MOVED or not where:
            return Outcome(status, url, content_type)
        url = urljoin(url, where)
    return Outcome(final_url=url, trouble="redirects")


def _on_this_machine(host: str | None) -> bool:
    return bool(settings.LINKS_ALLOW_LOOPBACK) and host in _LOOPBACK


def _ask(pool: httpcore2.ConnectionPool, url: str) -> tuple[int, str, str]:
    """Status, Location and Content-Type, with HEAD, or with GET whose body is never read."""
    status, where, content_type = _heads(pool, "HEAD", url)
    return _heads(pool, "GET", url) if status in _NO_HEAD else (status, where, content_type)


def _heads(pool: httpcore2.ConnectionPool, method: str, url: str) -> tuple[int, str, str]:
    wait = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": CONNECT_SECONDS}
    address = url.split("#", maxsplit=1)[0]
    with pool.stream(method, address, headers=_HEADERS, extensions={"timeout": wait}) as answer:
        said = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
        return answer.status, said.get(b"location", ""), said.get(b"content-type", "").split(";")[0].strip()
