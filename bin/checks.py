"""Every check there is, in order, with a summary; `bin/test` runs this inside .venv.

Without arguments everything runs. With arguments only pytest runs, with these arguments.
CHROMIUM names the browser of the end-to-end tests, if it should not be looked for.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from smartersends.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PLAYWRIGHT_BROWSERS = (
    ".cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "Library/Caches/ms-playwright/chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
)
_NO_BROWSER = """\
The end-to-end tests need a Chromium, and none was found or could be installed.
Install one (Debian, Ubuntu: apt install chromium; macOS: brew install --cask chromium; anywhere:
.venv/bin/python -m playwright install chromium), or name yours: CHROMIUM=/path/to/chromium bin/test
"""


@dataclass(frozen=True)
class Step:
    name: str
    command: list[str]
    environment: dict[str, str]

    def passes(self) -> bool:
        say(f"\n== {self.name}")
        environment = {**os.environ, **self.environment}
        ended = subprocess.run(self.command, check=False, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603
        return ended.returncode == 0


def main(arguments: list[str]) -> int:
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # an exception, so that servers and folders are cleared
    if arguments in (["-h"], ["--help"]):
        say(__doc__ or "")
        return 0
    (ROOT / ".data").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="check-", dir=ROOT / ".data") as folder:
        os.environ["CHROMIUM"] = chromium()
        servers = ensure_servers(Path(folder), durable=False)
        try:
            return report({step.name: timed(step) for step in steps(arguments)})
        finally:
            servers.release()


def steps(arguments: list[str]) -> list[Step]:
    tests = Step("pytest", [sys.executable, "-m", "pytest", *(arguments or ["-q", "-n", "2"])], {})
    if arguments:
        return [tests]
    manage = [sys.executable, "manage.py"]
    return [
        Step("ruff format", ["ruff", "format", "--check", "."], {}),
        Step("ruff check", ["ruff", "check", "."], {}),
        Step("mypy", ["mypy"], {}),
        Step("import contracts", ["lint-imports"], {}),
        Step("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        Step("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production()),
        tests,
    ]


def production() -> dict[str, str]:
    """The settings of an installation as docs/operations.md asks for them."""
    return {
        "DEBUG": "no",
        "DEMO": "no",
        "HTTPS": "yes",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ENCRYPTION_KEYS": secrets.token_urlsafe(64),
        "EMAIL_HOST": "mail.example.com",
        "DEFAULT_FROM_EMAIL": "portal@example.com",
    }


def timed(step: Step) -> tuple[bool, float]:
    start = time.monotonic()
    return step.passes(), time.monotonic() - start


def report(results: dict[str, tuple[bool, float]]) -> int:
    say("")
    for name, (passed, seconds) in results.items():
        say(f"{'passed' if passed else 'FAILED'}  {name}  ({seconds:.0f} s)")
    return 0 if all(passed for passed, _ in results.values()) else 1


def chromium() -> str:
    """The path of a Chromium: named, installed, or installed now where we may."""
    found = os.environ.get("CHROMIUM") or installed_browser() or newly_installed_browser()
    if not found or not shutil.which(found):
        sys.exit(f"CHROMIUM names {found}, which is no program.\n" if found else _NO_BROWSER)
    return found


def installed_browser() -> str | None:
    on_path = (shutil.which(name) for name in _BROWSERS)
    of_playwright = (str(path) for pattern in _PLAYWRIGHT_BROWSERS for path in Path.home().glob(pattern))
    return next((browser for browser in (*on_path, *of_playwright) if browser), None)


def newly_installed_browser() -> str | None:
    say("Installing a Chromium for the end-to-end tests …")
    apt = ["apt-get", "-qq"] if os.geteuid() == 0 else ["sudo", "-n", "apt-get", "-qq"]
    install = [*apt, "install", "-y", "chromium"]
    attempts = (
        [install],
        [[*apt, "update"], install],
        [[sys.executable, "-m", "playwright", "install", "chromium"]],
    )
    for attempt in attempts:
        if all(quietly(command) for command in attempt):
            break
    return installed_browser()


def quietly(command: list[str]) -> bool:
    """Whether the command could be run and succeeded; the caller has another way, or words, if it did not."""
    if not shutil.which(command[0]):
        return False
    ended = subprocess.run(  # noqa: S603 - one of the commands above
        command,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    return ended.returncode == 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
