"""Serving the sandbox: granian inside this very process, so that state in memory and threads are shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.server.mt import MTServer

#: Latency and faults hold a call, and its thread, for a while; the others go on meanwhile. Idle threads end.
THREADS = 512


class InProcessServer(MTServer):
    """granian's worker-in-a-thread server with a single worker.

    granian offers it for Python without a global lock, where more workers gain something. One worker is right with
    the lock too, and the alternative, a worker process, would triple the memory of a tool that runs beside others.
    """

    def _check_gil(self) -> None:
        """The lock is welcome: see the class."""


def serve(app: Callable[..., Any], host: str, port: int) -> None:
    """Answer until SIGTERM or SIGINT."""
    server = InProcessServer(
        "braze_sandbox",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    )
    server.serve(target_loader=lambda: app, wrap_loader=False)
