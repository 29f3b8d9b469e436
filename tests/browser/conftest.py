"""The whole product, started as a new user would, and a real Chromium before it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from smartersends.supervisor.ports import next_free

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 400  # seconds; a cold start on a machine that is busy with the rest of the suite
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Demo:
    """A running demo: where it is, who can log in, and what its sandbox has accepted."""

    port: int
    sandbox: str
    data: Path
    process: subprocess.Popen[str]
    people: list[dict[str, Any]] = field(default_factory=list)

    def person(self, email: str) -> dict[str, Any]:
        return next(person for person in self.people if person["email"] == email)

    def url(self, brand: str, path: str = "/") -> str:
        return f"http://{brand}.localhost:{self.port}{path}"

    def workers(self) -> list[psutil.Process]:
        """The processes that hand campaigns over."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        return [
            each for each in family if "worker" in each.cmdline() and "smartersends.celery" in each.cmdline()
        ]

    def ledger(self, path: str) -> list[dict[str, Any]]:
        """The calls the sandbox has accepted on this path."""
        found: list[dict[str, Any]] = httpx2.get(
            f"{self.sandbox}/sandbox/ledger", params={"path": path, "bodies": 1}
        ).json()["calls"]
        return found

    def booked(self, subject: str) -> list[dict[str, Any]]:
        """The accepted schedule calls with this subject."""
        calls = self.ledger("/messages/schedule/create")
        return [call for call in calls if call["body"]["messages"]["email"]["subject"] == subject]

    def delivered(self, call: dict[str, Any]) -> list[dict[str, Any]]:
        """What a booked call has brought to recipients so far."""
        query = {"schedule_id": call["answer"]["schedule_id"]}
        found: list[dict[str, Any]] = httpx2.get(f"{self.sandbox}/sandbox/deliveries", params=query).json()[
            "deliveries"
        ]
        return found


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    data = tmp_path_factory.mktemp("demo")
    port = next_free(8100 + os.getpid() % 500)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL", "SMARTERSENDS_DATA"}
    } | {"SEND_NOW_SECONDS": "5"}
    command = [sys.executable, "-m", "smartersends.supervisor", "--port", str(port), "--data", str(data)]
    with (data / "demo.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            sandbox = _until_ready(process, data)
            yield Demo(port, sandbox, data, process, _people(environment, port, data))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def _until_ready(process: subprocess.Popen[str], data: Path) -> str:
    """The sandbox's address, once the demo says that pages answer."""
    watchdog = threading.Timer(READY_WITHIN, process.kill)
    watchdog.start()
    lines: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.strip() == "ready":
            watchdog.cancel()
            return next(
                text.strip().rstrip("/") for text in lines if text.strip().startswith("http://127.0.0.1")
            )
    pytest.fail("The demo did not become ready:\n" + "\n".join(lines) + (data / "demo.log").read_text())


def _people(environment: dict[str, str], port: int, data: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "manage.py", "demo_links", "--json"]
    demo = {
        "SMARTERSENDS_DATA": str(data),
        "DEMO": "yes",
        "PUBLIC_PORT": str(port),
        "BRAZE_ALLOW_LOOPBACK": "yes",
    }
    answer = subprocess.run(
        command, cwd=ROOT, env={**environment, **demo}, check=True, capture_output=True, text=True
    )
    found: list[dict[str, Any]] = json.loads(answer.stdout)["people"]
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def signed_in(demo: Demo, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`signed_in(email, width=1280)`: a page of that person's own browser, logged in by the demo's link."""
    contexts: list[BrowserContext] = []

    def open_as(email: str, *, width: int = 1280) -> Page:
        size = {"width": width, "height": 900 if width > 600 else 780}
        context = chromium.new_context(viewport=size, has_touch=width < 600, locale="en-GB")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(demo.person(email)["url"])
        return page

    yield open_as
    for context in contexts:
        context.close()
