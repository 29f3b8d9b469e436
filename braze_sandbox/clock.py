"""Where the sandbox takes its time from, so that tests can turn the hands."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import formatdate
from threading import Lock
from typing import Any

#: Seconds since the epoch.
Clock = Callable[[], float]

DAY = 86_400

real_time: Clock = time.time


class BadTime(ValueError):
    """A wish for the clock that cannot be read. The text says what it takes."""


class TurnableClock:
    """Shows ``source`` until it is moved or sped up; calling it tells the seconds since the epoch."""

    def __init__(self, source: Clock = real_time, speed: float = 1.0) -> None:
        self._source, self._lock = source, Lock()
        self._since = self._shown = source()
        self.speed = speed

    def __call__(self) -> float:
        return self._shown + (self._source() - self._since) * self.speed

    def turn(self, wish: dict[str, Any]) -> None:
        """``{"at": ISO time}``, ``{"advance": seconds}`` and ``{"speed": times}``, alone or together. Raises BadTime."""
        with self._lock:
            shown, speed = _turned(self(), self.speed, wish)
            self._since, self._shown, self.speed = self._source(), shown, speed

    def real_seconds(self, until: float) -> float:
        """How long somebody must really wait until this clock shows ``until``."""
        return (until - self()) / self.speed

    def reset(self, speed: float = 1.0) -> None:
        """Back to the time of its source."""
        with self._lock:
            self._since = self._shown = self._source()
            self.speed = speed

    def as_kept(self) -> dict[str, float]:
        """What a later start goes on from, see ``resume``."""
        return {"since": self._since, "shown": self._shown, "speed": self.speed}

    def resume(self, kept: dict[str, float]) -> None:
        self._since, self._shown, self.speed = kept["since"], kept["shown"], kept["speed"]

    def as_json(self) -> dict[str, Any]:
        now = self()
        return {"time": iso(now), "speed": self.speed, "ahead_by": round(now - self._source(), 3)}


def _turned(shown: float, speed: float, wish: dict[str, Any]) -> tuple[float, float]:
    if not wish or wish.keys() - {"at", "advance", "speed"}:
        raise BadTime('Give {"at": ISO time}, {"advance": seconds} or {"speed": times}.')
    if "at" in wish:
        read = read_time(wish["at"])
        if read is None:
            raise BadTime("'at' must be an ISO 8601 time such as 2026-12-01T09:00:00Z.")
        shown = absolute(read)
    if "advance" in wish:
        shown += _number(wish, "advance")
    if "speed" in wish:
        speed = _number(wish, "speed")
        if speed <= 0:
            raise BadTime("'speed' must be more than 0.")
    if not 0 < shown < _END:
        raise BadTime("The clock shows years from 1970 to 2999.")
    return shown, speed


def _number(wish: dict[str, Any], name: str) -> float:
    value = wish[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise BadTime(f"'{name}' must be a number.")
    return float(value)


_END = datetime(3000, 1, 1, tzinfo=UTC).timestamp()


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def utc_day(seconds: float) -> date:
    return moment(seconds).date()


def iso(seconds: float) -> str:
    """As Braze writes times: ``2026-06-17T20:01:33.385Z``."""
    return moment(seconds).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def http_date(seconds: float) -> str:
    """For the Date header (RFC 9110, 5.6.7)."""
    return formatdate(int(seconds), usegmt=True)


def read_time(text: object) -> datetime | None:
    """An ISO 8601 time, with or without a zone, or None if it is none."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def absolute(when: datetime) -> float:
    """Seconds since the epoch; a time without a zone is UTC, as at Braze."""
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
