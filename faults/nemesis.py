"""What strikes the processes: at random moments, in an order that the seed decides, all of it written down."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Callable

from faults import weather
from faults.stack import LEASE, Process, Stack

#: Of one worker at least: a process that stands still this long has lost what it held.
PAUSE = LEASE + 4.0
#: Strikes first, so that no run has to wait for its end.
_LONGEST = "a worker stands still past its lease"
#: Is no fault any more but an order to wait, so it is over when the faults are.
_WAITS = "429 without headers"


class Nemesis:
    """Strikes until the seconds are over; at the end everything runs again."""

    def __init__(self, stack: Stack, seconds: float, seed: int, *, every: float, short: bool = False) -> None:
        self._stack, self._seconds, self._every, self._seed = stack, seconds, every, seed
        self._dice = random.Random(seed)  # noqa: S311 - no secret, and the same for the same seed
        self._pauses: list[threading.Timer] = []
        self._strikes: dict[str, Callable[[], object]] = {
            "kill -9 of a worker": self._kill,
            "Valkey killed and back": lambda: stack.restart_valkey(away=1.0),
            "PostgreSQL ended at once": lambda: stack.restart_postgres(signal.SIGQUIT),
            "sandbox killed and back": stack.restart_sandbox,
        }
        if not short:
            self._strikes |= {
                _LONGEST: self._pause,
                "Valkey flushed": stack.flush_valkey,
                "PostgreSQL restarted": lambda: stack.restart_postgres(signal.SIGINT),
                "all database connections cut": stack.cut_database_connections,
                _WAITS: lambda: stack.sandbox.ask("faults", weather.UNSTATED),
                "kill -9 of beat": lambda: _restart(stack.beat),
            }
        self.log: list[str] = []

    def strike(self) -> None:
        """All of it. In the main thread, since a process that is started again ends with the thread that did it."""
        self._began = time.monotonic()
        self._stack.sandbox.ask("faults", weather.order(self._seed))
        self._note(f"weather: {len(weather.TROUBLES)} troubles, each for {weather.SHARE:.1%} of the calls")
        for name in self._order():
            self.watch(self._every * self._dice.uniform(0.6, 1.4))
            left = self._seconds - (time.monotonic() - self._began)
            if left < 0:
                return
            if name == _WAITS and left < weather.UNSTATED_WAIT:
                continue
            self._note(name)
            self._strikes[name]()

    def end(self) -> None:
        """Let everything run again."""
        while any(pause.is_alive() for pause in self._pauses):
            self.watch(0.5)
        self._stack.sandbox.clear_faults()
        self._note("the faults are over")

    def watch(self, seconds: float) -> None:
        """Let them pass, and start again what ended by itself meanwhile."""
        over = time.monotonic() + seconds
        while (left := over - time.monotonic()) > 0:
            for name in self._stack.revive():
                self._note(f"  {name} ended by itself and was started again")
            time.sleep(min(0.5, left))

    def _order(self) -> list[str]:
        """Every kind once, then again and again in another order."""
        rounds = 1 + int(self._seconds / self._every / len(self._strikes))
        names = list(self._strikes)
        order = [name for _round in range(rounds) for name in self._dice.sample(names, len(names))]
        return sorted(order[: len(names)], key=_LONGEST.__ne__) + order[len(names) :]

    def _kill(self) -> None:
        awake = [each for each in self._stack.workers if not each.paused]
        if awake:
            _restart(self._dice.choice(awake))

    def _pause(self) -> None:
        """Only one at a time, for the others are to go on with what it held."""
        if any(each.paused for each in self._stack.workers):
            return
        worker = self._dice.choice(self._stack.workers)
        worker.pause()
        self._pauses.append(threading.Timer(PAUSE, worker.resume))
        self._pauses[-1].start()

    def _note(self, words: str) -> None:
        self.log.append(f"{time.monotonic() - self._began:6.1f} s  {words}")


def _restart(process: Process) -> None:
    process.kill()
    process.start()
