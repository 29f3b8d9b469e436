"""A family of child processes: started one by one, watched together, ended together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Self

from smartersends.embedded.errors import last_lines

_TIE = Path(__file__).with_name("tied.py")
_POLL_SECONDS = 0.05
_LIVED_SECONDS = 5


class Ended(Exception):
    """A member ended that should not have, or failed at its task. The text is for the person at the keyboard."""


class Interrupted(Exception):
    """Somebody asked us to end: Ctrl-C, SIGTERM, or a closed terminal."""


@dataclass(frozen=True)
class Service:
    """One process of the family; what it writes goes to `<name>.log`."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    restarts: bool = False
    """Started anew when it ends by itself, as an installation's process manager would; else the family ends."""


@dataclass(frozen=True)
class _Member:
    service: Service
    process: subprocess.Popen[bytes]
    log: Path
    born: float = field(default_factory=time.monotonic)

    def may_restart(self) -> bool:
        """Whether it is of the kind that restarts, and lived long enough for that to be more than a loop."""
        return self.service.restarts and time.monotonic() - self.born > _LIVED_SECONDS

    def complaint(self) -> str:
        code = self.process.returncode
        how = f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
        return f"{self.service.name} ended unexpectedly ({how}). {self.log} ends with:{last_lines(self.log)}"

    def signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    def kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Family:
    """Use as a context: from its beginning on signals are only noted, at its end no member is left.

    A signal never interrupts a step half way, so that no process is started and then forgotten; every wait
    looks for it and raises Interrupted.
    """

    def __init__(self, logs: Path, folder: Path, *, grace_seconds: float = 5) -> None:
        self._logs = logs
        self._folder = folder
        self._grace_seconds = grace_seconds
        self._members: list[_Member] = []
        self._asked_to_end = False

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def start(self, service: Service) -> None:
        """Start a member that is to live as long as the family."""
        self.check()
        self._members.append(self._spawn(service))

    def run(self, task: Service) -> str:
        """Run a task to its end and give back what it printed. Raises Ended if it failed."""
        self.check()
        with tempfile.TemporaryFile() as printed:
            member = self._spawn(task, printed)
            self._members.append(member)
            while member.process.poll() is None:
                self._pause(but=member)
            if member.process.returncode:
                raise Ended(member.complaint())
            self._members.remove(member)
            printed.seek(0)
            return printed.read().decode()

    def wait_until(self, condition: Callable[[], bool], complaint: str, seconds: float = 60) -> None:
        """Wait for what members are about to do. Raises Ended with the complaint if it takes too long."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise Ended(complaint)
            self._pause()

    def watch(self) -> None:
        """Wait till a member ends by itself (raises Ended) or a signal comes (raises Interrupted)."""
        while True:
            self._pause()

    def check(self, but: _Member | None = None) -> None:
        if self._asked_to_end:
            raise Interrupted
        for place, member in enumerate(self._members):
            if member is not but and member.process.poll() is not None:
                if not member.may_restart():
                    raise Ended(member.complaint())
                member.kill_group()
                self._members[place] = self._spawn(member.service)

    def _pause(self, but: _Member | None = None) -> None:
        self.check(but)
        time.sleep(_POLL_SECONDS)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_end = True

    def _spawn(self, service: Service, printed: IO[bytes] | None = None) -> _Member:
        log = self.log(service.name)
        with log.open("ab" if service.restarts else "wb") as output:
            process = subprocess.Popen(  # noqa: S603 - commands of our own making
                [sys.executable, str(_TIE), str(os.getpid()), *service.command],
                cwd=self._folder,
                env={**os.environ, **service.environment},
                stdin=subprocess.DEVNULL,
                stdout=printed or output,
                stderr=output,
                start_new_session=True,  # a group of its own: Ctrl-C reaches us alone, and its children end with it
            )
        return _Member(service, process, log)

    def _stop(self) -> None:
        """Ask all at once, give them a few seconds, and then do not ask any more."""
        for member in self._members:
            member.signal(signal.SIGTERM)
        deadline = time.monotonic() + self._grace_seconds
        while any(member.process.poll() is None for member in self._members) and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
        for member in self._members:
            member.kill_group()
            member.process.wait()
        self._members.clear()
