"""The demo: what runs, in which order, and what the person at the keyboard is told."""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from smartersends.embedded import ServersError, ensure_servers, in_use
from smartersends.supervisor.family import Family, Service
from smartersends.supervisor.prepared import Prepared

ROOT = Path(__file__).resolve().parents[2]
_BRANDS = ("bluebird.localhost", "brightwater.localhost")
#: An hour of opens and clicks passes in six seconds.
_ENGAGEMENT_SPEED = "600"
_REDIRECTS = 5


@dataclass(frozen=True)
class Options:
    """What `bin/demo` was asked for."""

    port: int
    sandbox_port: int
    data: Path
    groups: Path | None
    fresh: bool

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"


def run(options: Options) -> None:
    """Run the demo till it is asked to end (raises Interrupted) or one of its processes ends (raises Ended)."""
    demo = _Demo(options)
    with only_one(options), Family(options.data / "logs", ROOT) as family:
        if options.fresh:
            forget(options.data)
        demo.run(family)


@contextmanager
def only_one(options: Options) -> Iterator[None]:
    """Two demos on one data folder would send each other's campaigns. Raises ServersError for the second."""
    options.data.mkdir(parents=True, exist_ok=True)
    with (options.data / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise ServersError(
                f"The demo is running already on {options.data}, at {lock.read().strip()}. "
                "End that one first, or start this one with --data and another folder."
            ) from None
        lock.truncate(0)
        lock.write(f"http://{_BRANDS[0]}:{options.port}/")
        lock.flush()
        yield


def forget(data: Path) -> None:
    """Remove what a demo made. Raises ServersError where that is not ours to remove."""
    if os.environ.get("DATABASE_URL"):
        raise ServersError(
            "--fresh does not empty the database that DATABASE_URL names. Empty it, or unset the variable."
        )
    if in_use(data):
        raise ServersError(
            f"Another command uses the database in {data}. End it, then start with --fresh again."
        )
    (data / "prepared").unlink(missing_ok=True)
    (data / "celerybeat-schedule").unlink(missing_ok=True)
    for name in ("postgres", "sandbox", "media", "mail"):
        shutil.rmtree(data / name, ignore_errors=True)


class _Demo:
    def __init__(self, options: Options) -> None:
        self._options = options
        self._began = time.monotonic()
        self._prepared = Prepared(ROOT, options.data, options.groups, options.sandbox_url)

    def run(self, family: Family) -> None:
        family.start(self._sandbox())
        self._say("starting PostgreSQL and Valkey")
        ensure_servers(self._options.data)  # they end with this process, that is after the family
        os.environ.update(self._environment())
        if not self._prepared.is_current():
            self._prepare(family)
        # Pages first: two cores that load four processes at once make people wait for all of them.
        self._say("starting web, worker and beat")
        web, *others = self._services()
        family.start(web)
        complaint = f"The portal does not answer; see {family.log('web')}."
        family.wait_until(lambda: answers(self._options.port, _BRANDS[0]), complaint)
        self._wait_for_sandbox(family)
        for service in others:
            family.start(service)
        self._introduce(self._links(family))
        family.watch()

    def _links(self, family: Family) -> str:
        """Log-in links stay good for as long as the data they lead to, so they are made with it, once a port."""
        kept = self._options.data / f"links-{self._options.port}.txt"
        if not kept.exists():
            kept.write_text(family.run(manage("demo_links")))
        return kept.read_text()

    def _prepare(self, family: Family) -> None:
        self._prepared.forget()
        for kept in self._options.data.glob("links-*.txt"):
            kept.unlink()
        self._say("preparing the database")
        family.run(manage("migrate", "--no-input"))
        self._wait_for_sandbox(family)
        self._say("making sample brands, people and campaigns")
        groups = ["--groups", str(self._options.groups)] if self._options.groups else []
        family.run(manage("seed_demo", *groups))
        self._prepared.note()

    def _wait_for_sandbox(self, family: Family) -> None:
        complaint = f"The Braze sandbox does not answer; see {family.log('sandbox')}."
        family.wait_until(lambda: answers(self._options.sandbox_port, "127.0.0.1"), complaint)

    def _environment(self) -> dict[str, str]:
        return {
            "SMARTERSENDS_DATA": str(self._options.data),
            "DEMO": "yes",
            "PUBLIC_PORT": str(self._options.port),
            "BRAZE_ALLOW_LOOPBACK": "yes",
            "BRAZE_SANDBOX_URL": self._options.sandbox_url,
            "POLL_FRESH_SECONDS": "10",
            "POLL_SWEEP_SECONDS": "5",
        }

    def _sandbox(self) -> Service:
        port, data = str(self._options.sandbox_port), str(self._options.data / "sandbox")
        options = ["--port", port, "--data", data, "--engagement-speed", _ENGAGEMENT_SPEED]
        return Service("sandbox", [sys.executable, "-m", "braze_sandbox", *options])

    def _services(self) -> list[Service]:
        celery = [sys.executable, "-m", "celery", "-A", "smartersends.celery"]
        web = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self._options.port)]
        web += ["--workers", "1", "--blocking-threads", "8", "--no-ws", "smartersends.wsgi:application"]
        worker = ["--pool", "threads", "--concurrency", "8", "--loglevel", "INFO"]
        worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        return [
            Service("web", [sys.executable, "-m", "granian", *web]),
            Service("worker", [*celery, "worker", *worker], restarts=True),
            Service("beat", [*celery, "beat", "--loglevel", "INFO"], restarts=True),
        ]

    def _say(self, text: str) -> None:
        say(f"{time.monotonic() - self._began:5.1f} s  {text}")

    def _introduce(self, links: str) -> None:
        self._say("pages answer")
        say("\nPortal")
        for host in _BRANDS:
            say(f"  http://{host}:{self._options.port}/")
        say(f"Braze sandbox, with its inbox\n  {self._options.sandbox_url}/")
        say(f"Log in as\n{links.rstrip()}\n")
        say(f"Logs are in {self._options.data / 'logs'}. Ctrl-C ends everything.\nready")


def manage(*arguments: str) -> Service:
    return Service(arguments[0], [sys.executable, "manage.py", *arguments])


def answers(port: int, host: str) -> bool:
    """Whether the start page of this host, or what it leads to, can be fetched."""
    path = "/"
    for _ in range(_REDIRECTS):
        try:
            status, location = fetch(port, host, path)
        except (OSError, http.client.HTTPException):
            return False
        if location is None:
            return status == http.HTTPStatus.OK
        path = urlsplit(location)._replace(scheme="", netloc="").geturl()
    return False


def fetch(port: int, host: str, path: str) -> tuple[int, str | None]:
    """Status of one page, and where it redirects to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    finally:
        connection.close()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
