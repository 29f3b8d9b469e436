"""One HTTP call as it went: what to log, count and show. Nothing in it is secret or personal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

# The longest window Braze publishes is a day (send ids); a header that says more is not believed.
LONGEST_WAIT: Final = timedelta(hours=24)
SHORTEST_WAIT: Final = timedelta(seconds=1)
# Without any header: the shortest window that is not a burst is a minute.
UNSTATED_WAIT: Final = timedelta(minutes=1)
# X-RateLimit-Reset is an epoch, but seconds to go on /users/track of MAU contracts.
EPOCH_FROM: Final = 1_000_000_000


@dataclass(frozen=True)
class Allowance:
    """What the rate-limit headers of an answer said; None where they were absent or empty."""

    limit: int | None = None
    remaining: int | None = None
    resets_at: datetime | None = None


@dataclass(frozen=True)
class Call:
    """One HTTP request to Braze. A repeated call is several of these."""

    method: str
    path: str
    status: int | None = None
    """None when no answer came."""
    request_id: str | None = None
    """Braze's X-Request-Id: its support asks for it."""
    duration: float = 0.0
    """Seconds until the answer was read or given up."""
    attempt: int = 1
    allowance: Allowance = Allowance()
    trouble: str | None = None
    """What broke when no whole answer came, for instance ReadTimeout."""

    def __str__(self) -> str:
        parts = [f"{self.method} {self.path}", f"status {self.status}" if self.status else "no answer"]
        if self.trouble:
            parts.append(self.trouble)
        if self.request_id:
            parts.append(f"request {self.request_id}")
        return ", ".join(parts)


def allowance_in(headers: Mapping[str, str], now: datetime) -> Allowance:
    """Read the three X-RateLimit headers; `headers` is case-insensitive or lower case.

    https://www.braze.com/docs/api/api_limits
    """
    return Allowance(
        limit=_whole(headers.get("x-ratelimit-limit")),
        remaining=_whole(headers.get("x-ratelimit-remaining")),
        resets_at=_reset(headers.get("x-ratelimit-reset"), now),
    )


def wait_until(headers: Mapping[str, str], now: datetime) -> datetime:
    """When a 429 may be repeated: at least a second, at most a day from now."""
    stated = (
        _after(headers.get("x-ratelimit-retry-after"), now)
        or _after(headers.get("retry-after"), now)
        or _date(headers.get("retry-after"))
        or _reset(headers.get("x-ratelimit-reset"), now)
        or now + UNSTATED_WAIT
    )
    return min(max(stated, now + SHORTEST_WAIT), now + LONGEST_WAIT)


def _reset(text: str | None, now: datetime) -> datetime | None:
    value = _number(text)
    if value is None:
        return None
    return _later(now, value - now.timestamp() if value > EPOCH_FROM else value)


def _after(text: str | None, now: datetime) -> datetime | None:
    seconds = _number(text)
    return None if seconds is None else _later(now, seconds)


def _later(now: datetime, seconds: float) -> datetime:
    """`now` plus seconds, whatever a header said, without overflow."""
    furthest = LONGEST_WAIT.total_seconds()
    return now + timedelta(seconds=min(max(seconds, -furthest), furthest))


def _date(text: str | None) -> datetime | None:
    """The HTTP-date form of Retry-After (RFC 9110, 10.2.3)."""
    try:
        date = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _whole(text: str | None) -> int | None:
    value = _number(text)
    return None if value is None else int(value)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
