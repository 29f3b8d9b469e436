"""Which TCP ports are free on loopback."""

from __future__ import annotations

import socket

_LAST_PORT = 65535


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def next_free(port: int) -> int:
    """The first free port from this one on; past the last one, any that the system offers."""
    for candidate in range(port, min(port + 100, _LAST_PORT + 1)):
        if is_free(candidate):
            return candidate
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
