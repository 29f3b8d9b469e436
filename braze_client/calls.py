"""One HTTP call as it went: what to log, count and show. Nothing in it is secret or personal."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import unquote

# The longest window Braze publishes is a day (send ids); a header that says more is not believed.
LONGEST_WAIT: Final = timedelta(hours=24)
SHORTEST_WAIT: Final = timedelta(seconds=1)
# Without any header: the shortest window that is not a burst is a minute.
UNSTATED_WAIT: Final = timedelta(minutes=1)
# X-RateLimit-Reset is an epoch, but seconds to go on /users/track of MAU contracts.
EPOCH_FROM: Final = 1_000_000_000
# A window that reset a moment before the answer was written is no reason to doubt the answer's Date.
_CLOCK_SLACK: Final = 60.0


_NEXT: Final = re.compile(r"""<[^<>]*[?&]cursor=([^&<>]+)[^<>]*>\s*;[^,<>]*\brel="?next\b""")


@dataclass(frozen=True)
class Allowance:
    """What the rate-limit headers of an answer said; None where they were absent or empty."""

    limit: int | None = None
    remaining: int | None = None
    resets_at: datetime | None = None
    """By this machine's clock."""
    resets_in: float | None = None
    """Seconds from the moment of the answer, by Braze's own clock where it told the time."""


@dataclass(frozen=True)
class Call:
    """One HTTP request to Braze. A repeated call is several of these."""

    method: str
    path: str
    """As documented: an id in it stands as {campaign_id}, so calls of one endpoint are counted together."""
    status: int | None = None
    """None when no answer came."""
    request_id: str | None = None
    """Braze's X-Request-Id: its support asks for it."""
    duration: float = 0.0
    """Seconds until the answer was read or given up."""
    attempt: int = 1
    allowance: Allowance = Allowance()
    next_cursor: str | None = None
    """Where an answer that comes in pages goes on, by its Link header."""
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

    A 429 of /users/track on MAU contracts has X-Ratelimit-Retry-After in their place.
    https://www.braze.com/docs/api/api_limits
    """
    seconds = _reset(headers, now)
    if seconds is None:
        seconds = _number(headers.get("x-ratelimit-retry-after"))
    resets_in = None if seconds is None else _believable(seconds)
    return Allowance(
        limit=_whole(headers.get("x-ratelimit-limit")),
        remaining=_whole(headers.get("x-ratelimit-remaining")),
        resets_at=None if resets_in is None else now + timedelta(seconds=resets_in),
        resets_in=resets_in,
    )


def wait_until(headers: Mapping[str, str], now: datetime) -> datetime:
    """When a 429 may be repeated, by this machine's clock: at least a second, at most a day from now."""
    stated = (
        _number(headers.get("x-ratelimit-retry-after")),
        _number(headers.get("retry-after")),
        _until(_date(headers.get("retry-after")), headers, now),
        _reset(headers, now),
        UNSTATED_WAIT.total_seconds(),
    )
    seconds = _believable(next(each for each in stated if each is not None))
    return now + max(timedelta(seconds=seconds), SHORTEST_WAIT)


def next_cursor_in(headers: Mapping[str, str]) -> str | None:
    """The cursor of the next page: `Link: <…?cursor=…>; rel="next"` (RFC 8288)."""
    found = _NEXT.search(headers.get("link", ""))
    return unquote(found[1]) if found else None


def _reset(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until the window resets."""
    value = _number(headers.get("x-ratelimit-reset"))
    if value is None or value <= EPOCH_FROM:
        return value
    return _until(value, headers, now)


def _until(epoch: float | None, headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds from now until `epoch`, which is a time by Braze's clock.

    Its clock is the Date header (RFC 9110, 6.6.1): ours may be wrong. A Date that makes no sense beside the
    time it should explain is not believed.
    """
    if epoch is None:
        return None
    date = _date(headers.get("date"))
    if date is not None and -_CLOCK_SLACK <= epoch - date <= LONGEST_WAIT.total_seconds():
        return epoch - date
    return epoch - now.timestamp()


def _believable(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST_WAIT.total_seconds())


def _date(text: str | None) -> float | None:
    """An HTTP date (RFC 9110, 5.6.7) as epoch seconds."""
    try:
        date = parsedate_to_datetime(text or "")
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _whole(text: str | None) -> int | None:
    value = _number(text)
    return None if value is None else int(value)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
