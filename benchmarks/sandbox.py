"""The Braze sandbox alone: how many calls it takes on one core, and what it needs for that.

    .venv/bin/python -m benchmarks.sandbox [--calls N] [--core N]

Starts a sandbox of its own, pinned to one core, in a temporary folder, and calls it from another core over kept-open
connections with as little client as possible. Its ledger must show every call once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
KEY = "key-of-the-benchmark"
CREATE, TRACK = "/messages/schedule/create", "/users/track"
MB = 2**20

WORKSPACE = {
    "name": "bench",
    "keys": [{"key": KEY}],
    "app_ids": ["app"],
    "campaigns": [{"id": "campaign", "variations": [{"id": "variation"}]}],
}


@dataclass(frozen=True)
class Case:
    """One row of the table: ``calls`` of ``body`` to ``path`` over ``connections``."""

    name: str
    path: str
    body: bytes
    connections: int
    calls: int
    latency_ms: float = 0


@dataclass(frozen=True)
class Figures:
    rate: float
    median_ms: float
    late_ms: float
    cpu_ms: float
    memory: int


def main() -> None:
    options = _options()
    cores = sorted(os.sched_getaffinity(0))
    core = cores[0] if options.core is None else options.core
    os.sched_setaffinity(0, set(cores) - {core} or {core})
    print(f"sandbox on core {core}, client on {sorted(os.sched_getaffinity(0))}\n")
    print("| case | calls a second | p50 ms | p95 ms | CPU ms a call | calls a core-second | memory MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for case in _cases(options.calls):
        with _sandbox(core) as (port, process):
            figures = _measured(case, port, process)
        print(
            f"| {case.name} | {figures.rate:,.0f} | {figures.median_ms:.1f} | {figures.late_ms:.1f}"
            f" | {figures.cpu_ms:.2f} | {1000 / figures.cpu_ms:,.0f} | {figures.memory / MB:.0f} |",
            flush=True,
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the Braze sandbox on one core.")
    parser.add_argument("--calls", type=int, default=10_000, help="calls of each case (%(default)s)")
    parser.add_argument("--core", type=int, help="the sandbox's core (the first one)")
    return parser.parse_args()


def _cases(calls: int) -> Iterator[Case]:
    yield Case("create, 2 KB", CREATE, _message(2_000), 16, calls)
    yield Case("create, 40 KB", CREATE, _message(40_000), 16, calls)
    yield Case("create, 40 KB, 200 ms latency", CREATE, _message(40_000), 256, calls, latency_ms=200)
    yield Case("track, 75 people", TRACK, _people(), 16, max(1, calls // 10))


def _message(size: int) -> bytes:
    email = {"app_id": "app", "from": "Bench <bench@bench.example>", "message_variation_id": "variation"}
    words = "<p>Hello {{${first_name}}}, see you on Saturday.</p>"
    email["body"] = words * (size // len(words))
    audience = {"custom_attribute": {"custom_attribute_name": "shop", "comparison": "equals", "value": "12"}}
    return json.dumps(
        {
            "broadcast": True,
            "audience": audience,
            "campaign_id": "campaign",
            "schedule": {"time": "2099-01-01T09:00:00Z"},
            "messages": {"email": email},
        }
    ).encode()


def _people() -> bytes:
    people = [
        {"external_id": f"u{n}", "email": f"u{n}@bench.example", "shop": str(n % 20)} for n in range(75)
    ]
    return json.dumps({"attributes": people}).encode()


# --- The sandbox ---------------------------------------------------------------------------------------------


@contextmanager
def _sandbox(core: int) -> Iterator[tuple[int, psutil.Process]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        command = [sys.executable, "-m", "braze_sandbox", "--port", str(port), "--data", folder]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            try:
                os.sched_setaffinity(process.pid, {core})
                assert process.stdout is not None
                process.stdout.readline()
                yield port, psutil.Process(process.pid)
            finally:
                process.terminate()


def _control(port: int, path: str, body: dict[str, Any] | None = None) -> Any:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"}
    method, data = ("GET", None) if body is None else ("POST", json.dumps(body))
    connection.request(method, f"/sandbox/{path}", data, headers)
    with connection.getresponse() as answer:
        return json.load(answer)


def _measured(case: Case, port: int, process: psutil.Process) -> Figures:
    _control(port, "workspaces", WORKSPACE)
    _control(port, "choices", {"latency_ms": case.latency_ms, "calls_per_hour": 10_000_000})
    before, started = _cpu(process), time.perf_counter()
    times = asyncio.run(_call_all(case, port))
    took, used = time.perf_counter() - started, _cpu(process) - before
    [accepted] = [row for row in _control(port, "ledger/summary")["calls"] if row["path"] == case.path]
    assert (accepted["status"], accepted["calls"]) == (HTTPStatus.CREATED, case.calls), accepted
    cuts = quantiles(times, n=20)
    return Figures(
        case.calls / took,
        cuts[9] * 1000,
        cuts[18] * 1000,
        used / case.calls * 1000,
        process.memory_info().rss,
    )


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


# --- The client ----------------------------------------------------------------------------------------------


async def _call_all(case: Case, port: int) -> list[float]:
    """How long each call took, in seconds."""
    head = (
        f"POST {case.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {KEY}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(case.body)}\r\n\r\n"
    )
    request, left = head.encode() + case.body, iter(range(case.calls))
    lanes = [_lane(port, request, left) for _ in range(case.connections)]
    return [took for lane in await asyncio.gather(*lanes) for took in lane]


async def _lane(port: int, request: bytes, left: Iterator[int]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times = []
    for _ in left:
        started = time.perf_counter()
        writer.write(request)
        await _answer(reader)
        times.append(time.perf_counter() - started)
    writer.close()
    return times


async def _answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))


if __name__ == "__main__":
    main()
