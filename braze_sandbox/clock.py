"""Where the sandbox takes its time from, so that tests can turn the hands."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

#: Seconds since the epoch.
Clock = Callable[[], float]

DAY = 86_400

real_time: Clock = time.time


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def utc_day(seconds: float) -> date:
    return moment(seconds).date()


def iso(seconds: float) -> str:
    """As Braze writes times: ``2026-06-17T20:01:33.385Z``."""
    return moment(seconds).isoformat(timespec="milliseconds").replace("+00:00", "Z")


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
