"""The real processes of a run: PostgreSQL, Valkey, the sandbox, workers and beat, in a folder of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
import psycopg
import redis

from faults.clock import SharedClock
from faults.sandbox import Sandbox
from smartersends.embedded import ensure_servers
from smartersends.embedded.folders import prepare
from smartersends.embedded.postgres import Postgres
from smartersends.embedded.valkey import Valkey
from smartersends.supervisor.ports import next_free

ROOT = Path(__file__).resolve().parents[1]
_TIED = ROOT / "smartersends" / "supervisor" / "tied.py"
#: Seconds until the client gives up a silent call, so that stalls and leases fit into a run.
TIMEOUT = 2
#: As delivery.claims has it: what a run that died held is free again after so many seconds.
LEASE = TIMEOUT + 30


class Process:
    """One process of ours, which ends with this one. What it writes is appended to its log."""

    def __init__(self, name: str, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self.name, self.log = name, log
        self._command, self._environment = command, environment
        self.paused = False
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - commands of our own making
                [sys.executable, str(_TIED), str(os.getpid()), *self._command],
                cwd=ROOT,
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()
        self.paused = False

    def pause(self) -> None:
        self._process.send_signal(signal.SIGSTOP)
        self.paused = True

    def resume(self) -> None:
        self._process.send_signal(signal.SIGCONT)
        self.paused = False

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def is_ready(self) -> bool:
        """As Celery writes it, for a worker that was started once."""
        return " ready." in self.log.read_text(errors="replace")


class Stack:
    """Use as a context: at its end nothing is left, the folder included."""

    def __init__(self, workers: int) -> None:
        self._count = workers
        self._exit = ExitStack()

    def __enter__(self) -> Self:
        self.folder = Path(self._exit.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        port = next_free(8900)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "smartersends.settings",
            "DEMO": "yes",
            "BRAZE_ALLOW_LOOPBACK": "yes",
            "BRAZE_TIMEOUT_SECONDS": str(TIMEOUT),
            "SWEEP_SECONDS": "2",
            "POLL_SWEEP_SECONDS": "2",
            "POLL_FRESH_SECONDS": "5",
            "FAULTS_CLOCK": str(self.folder / "clock"),
            "LOG_LEVEL": "CRITICAL",
        }
        for name in ("DATABASE_URL", "REDIS_URL", "SMARTERSENDS_DATA"):
            os.environ.pop(name, None)
        self.clock = SharedClock(self.folder / "clock")
        # Durable, for what PostgreSQL has confirmed must outlast its immediate end.
        self._exit.callback(ensure_servers(self.folder, durable=True).release)
        self._folders = prepare(self.folder)
        self._postgres, self._valkey = Postgres(self._folders, durable=True), Valkey(self._folders)
        data = ["--port", str(port), "--data", str(self.folder / "sandbox")]
        self.sandbox_process = self._start("sandbox", ["-m", "braze_sandbox", *data])
        self.sandbox = Sandbox(f"http://127.0.0.1:{port}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit.close()

    def start_portal(self) -> None:
        """Workers as docker-compose.yml starts them, and beat."""
        celery = ["-m", "celery", "-A", "faults.portal"]
        worker = [*celery, "worker", "--pool", "threads", "--concurrency", "8", "--loglevel", "INFO"]
        self.workers = [
            self._start(f"worker{number}", [*worker, "--hostname", f"worker{number}@faults"])
            for number in range(self._count)
        ]
        self.beat = self._start("beat", [*celery, "beat", "--schedule", str(self.folder / "beat")])

    def wait_for_portal(self) -> None:
        for each in self.workers:
            until(each.is_ready, f"{each.name} is ready")

    def _start(self, name: str, arguments: list[str]) -> Process:
        process = Process(
            name, [sys.executable, *arguments], self.folder / f"{name}.log", {"LOG_LEVEL": "WARNING"}
        )
        self._exit.callback(process.kill)
        return process

    def revive(self) -> list[str]:
        """Start what ended by itself, as docker-compose.yml's restart policy does. Returns their names."""
        ended = [each for each in (*self.workers, self.beat) if each.has_ended()]
        for each in ended:
            each.start()
        return [each.name for each in ended]

    # What may happen to the servers

    def restart_postgres(self, how: signal.Signals) -> None:
        """SIGINT is a fast end, SIGQUIT an immediate one, after which the log is replayed."""
        file = self.folder / "postgres" / "postmaster.pid"
        os.kill(int(file.read_text().split()[0]), how)
        until(lambda: not file.exists(), "PostgreSQL has ended")
        self._postgres.start()
        self._postgres.wait_until_ready()

    def cut_database_connections(self) -> int:
        """All of the portal's. Returns how many."""
        where = f"host='{self._folders.sockets}' user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'smartersends'"
            )
            return len(ended.fetchall())

    def flush_valkey(self) -> None:
        with redis.Redis.from_url(self._valkey.url) as store:
            store.flushall()

    def restart_valkey(self, *, away: float) -> None:
        """Killed, and after `away` seconds back at its address, empty."""
        with redis.Redis.from_url(self._valkey.url) as store:
            server = psutil.Process(int(store.info("server")["process_id"]))
        server.kill()
        time.sleep(away)
        self._valkey.start(again=True)
        self._valkey.wait_until_ready()

    def restart_sandbox(self) -> None:
        self.sandbox_process.kill()
        time.sleep(1)
        self.sandbox_process.start()
        until(self.sandbox.answers, "the sandbox answers again")


def until(condition: Callable[[], bool], words: str, seconds: float = 120) -> None:
    """Wait for it. SystemExit, in its words, where it takes too long."""
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            raise SystemExit(f"Waited {seconds:.0f} s in vain until {words}.")
        time.sleep(0.1)
