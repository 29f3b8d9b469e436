"""The real processes of a run: PostgreSQL, Valkey, the sandbox, workers and beat, and what they use of the machine."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil
import redis

from smartersends.embedded import ensure_servers
from smartersends.supervisor.ports import next_free

ROOT = Path(__file__).resolve().parents[2]
MB = 2**20
CREATE, DELETE = "/messages/schedule/create", "/messages/schedule/delete"
_PAGE = 1_000


class Sandbox:
    """A sandbox process and its control API."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.url, self.pid = f"http://127.0.0.1:{port}", process.pid
        self._http = httpx2.Client(base_url=self.url, timeout=120, trust_env=False)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET, or POST of `body`."""
        answer = (
            self._http.get(f"/sandbox/{path}")
            if body is None
            else self._http.post(f"/sandbox/{path}", json=body)
        )
        return answer.raise_for_status().json()

    def calls(self, path: str) -> list[dict[str, Any]]:
        """Every accepted call, in order."""
        found: list[dict[str, Any]] = []
        while page := self.ask(
            f"ledger?path={path}&limit={_PAGE}&after={found[-1]['number'] if found else 0}"
        )["calls"]:
            found += page
        return found

    def accepted(self, path: str) -> int:
        return sum(row["calls"] for row in self._totals(path) if row["accepted"])

    def turned_away(self) -> int:
        """429s of all endpoints."""
        return sum(row["calls"] for row in self._totals("") if row["status"] == 429)

    def _totals(self, path: str) -> list[dict[str, Any]]:
        return [row for row in self.ask("ledger/summary")["calls"] if path in ("", row["path"])]

    def start_over(self, **choices: float) -> None:
        """Without calls, at the latency it was started with, on the true clock."""
        self.ask("reset", {"keep_workspaces": True})
        if choices:
            self.ask("choices", choices)


@dataclass
class Usage:
    """What a stretch of time took: CPU seconds by kind of process, peaks of memory of the workers."""

    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    others: float = 0.0
    """CPU seconds of everything on the machine that is not ours."""
    pss: list[int] = field(default_factory=list)
    rss: list[int] = field(default_factory=list)

    @property
    def cores(self) -> float:
        return sum(self.cpu.values()) / self.seconds

    @property
    def other_cores(self) -> float:
        return max(0.0, self.others) / self.seconds


class Stage:
    """Everything that one run needs, in a folder that is gone afterwards."""

    def __init__(self, *, latency_ms: float) -> None:
        self._stack = ExitStack()
        self._latency_ms = latency_ms
        self._workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Stage:
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        port = next_free(8700)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="smartersends.settings", BRAZE_ALLOW_LOOPBACK="yes", DEMO="yes",
            BRAZE_SANDBOX_URL=f"http://127.0.0.1:{port}", LOG_LEVEL="WARNING", MALLOC_ARENA_MAX="2",
        )  # fmt: skip
        self._stack.callback(ensure_servers(self.folder, durable=True).release)
        command = [
            sys.executable,
            "-m",
            "braze_sandbox",
            "--port",
            str(port),
            "--data",
            f"{self.folder}/sandbox",
        ]
        process = subprocess.Popen(
            [*command, "--latency-ms", str(self._latency_ms)], cwd=ROOT, stdout=subprocess.PIPE
        )
        self._stack.callback(_end, process)
        assert process.stdout is not None
        process.stdout.readline()
        self.sandbox = Sandbox(port, process)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    @contextmanager
    def workers(self, count: int) -> Iterator[None]:
        """As docker-compose.yml starts them, and beat."""
        celery = [sys.executable, "-m", "celery", "-A", "smartersends.celery"]
        worker = [*celery, "worker", "--pool", "threads", "--concurrency", "16", "--loglevel", "INFO"]
        worker += [
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
            "--include",
            "benchmarks.delivery.noop",
        ]
        with ExitStack() as stack:
            names = [f"worker{number}" for number in range(count)]
            self._workers = [
                self._start(stack, name, [*worker, "--hostname", f"{name}@bench"]) for name in names
            ]
            for name in names:
                _wait_for(self.folder / f"{name}.log", " ready.")
            beat = [*celery, "beat", "--loglevel", "INFO", "--schedule", f"{self.folder}/beat"]
            self._start(stack, "beat", beat)
            yield
        self._workers = []

    def _start(self, stack: ExitStack, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        log = stack.enter_context((self.folder / f"{name}.log").open("wb"))
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        stack.callback(_end, process)
        return process

    @contextmanager
    def watched(self) -> Iterator[Usage]:
        """What the processes use meanwhile."""
        usage, over = Usage(), threading.Event()
        usage.pss, usage.rss = [0] * len(self._workers), [0] * len(self._workers)
        sampler = threading.Thread(target=self._sample, args=(usage, over))
        before, machine, started = self._cpu(), _busy(), time.perf_counter()
        sampler.start()
        try:
            yield usage
        finally:
            over.set()
            sampler.join()
            usage.seconds = time.perf_counter() - started
            usage.cpu = {kind: spent - before[kind] for kind, spent in self._cpu().items()}
            usage.others = _busy() - machine - sum(usage.cpu.values())

    def _sample(self, usage: Usage, over: threading.Event) -> None:
        while not over.wait(0.5):
            for index, worker in enumerate(self._workers):
                pss, rss = _memory(worker.pid)
                usage.pss[index], usage.rss[index] = max(usage.pss[index], pss), max(usage.rss[index], rss)

    def _cpu(self) -> dict[str, float]:
        """CPU seconds so far, by kind."""
        return {
            "workers": sum(_spent(worker.pid) for worker in self._workers),
            "PostgreSQL": _spent(int((self.folder / "postgres" / "postmaster.pid").read_text().split()[0])),
            "Valkey": _spent(self._valkey),
            "sandbox": _spent(self.sandbox.pid),
            "benchmark": time.process_time(),
        }

    @functools.cached_property
    def _valkey(self) -> int:
        with redis.Redis.from_url(os.environ["REDIS_URL"]) as store:
            return int(store.info("server")["process_id"])


def _spent(pid: int) -> float:
    """CPU seconds of a process and its children, those that ended included."""
    process = psutil.Process(pid)
    own = process.cpu_times()
    alive = [child.cpu_times() for child in process.children() if child.is_running()]
    ended = own.children_user + own.children_system
    return float(own.user + own.system + ended + sum(each.user + each.system for each in alive))


def _busy() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq)


def _memory(pid: int) -> tuple[int, int]:
    """Proportional and resident set size in bytes."""
    sizes = dict(
        re.findall(r"^(Pss|Rss): +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    )
    return int(sizes["Pss"]) * 1024, int(sizes["Rss"]) * 1024


def _wait_for(log: Path, words: str, seconds: float = 240) -> None:
    give_up = time.monotonic() + seconds
    while words not in log.read_text(errors="replace"):
        if time.monotonic() > give_up:
            raise SystemExit(f"{log.name} does not say {words!r}:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
