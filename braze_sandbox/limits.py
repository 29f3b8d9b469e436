"""Rate limits as Braze counts them: fixed windows on the clock, each workspace by itself."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from braze_sandbox.choices import Choices
from braze_sandbox.clock import DAY

HOUR, MINUTE, BURST = 3_600, 60, 3

#: Windows whose size nobody turns: seconds and calls. https://www.braze.com/docs/api/api_limits
FIXED = {
    "users": (MINUTE, 20_000),
    "rename": (MINUTE, 1_000),
    "remove": (MINUTE, 1_000),
    "campaign_series": (MINUTE, 50_000),
    "subscription": (MINUTE, 5_000),
    "custom_attributes": (HOUR, 1_000),
    "centre_read": (MINUTE, 1_000),
    "centre_write": (MINUTE, 10),
}
BROADCASTS, SAME_AUDIENCE = 250, 10


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the rate-limit headers tell. ``retry_in`` stands in for them under a MAU contract's 429."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool = False
    retry_in: int | None = None

    def headers(self) -> dict[str, str]:
        if self.retry_in is not None:
            return {"X-Ratelimit-Retry-After": str(self.retry_in)}
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
        }


#: What a 401 carries: it is answered before anything is counted.
NO_ALLOWANCE = {"X-RateLimit-Limit": "", "X-RateLimit-Remaining": "", "X-RateLimit-Reset": ""}


class Limits:
    """Counts calls. Kept in memory: a restart opens fresh windows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._used: dict[tuple[str, str], tuple[int, int]] = {}

    def count(self, workspace: str, window: str, choices: Choices, now: float) -> Allowance:
        """Count one call against ``window`` (pool, export, track or one of FIXED) and say what is left."""
        if window in FIXED:
            seconds, limit = FIXED[window]
            return self._take(workspace, window, seconds, limit, now)
        if window == "track":
            return self._track(workspace, choices, now)
        if window == "export":
            return self._take(workspace, window, MINUTE, choices.exports_per_minute, now)
        return self._take(workspace, "pool", HOUR, choices.calls_per_hour, now)

    def broadcast(self, workspace: str, audience: str, now: float) -> Allowance:
        """Count one broadcast against all and against those to the same audience; the tighter of the two."""
        every = self._take(workspace, "broadcast", MINUTE, BROADCASTS, now)
        same = self._take(workspace, f"audience {audience}", MINUTE, SAME_AUDIENCE, now)
        return every if every.exceeded or every.remaining < same.remaining else same

    def reset(self) -> None:
        with self._lock:
            self._used.clear()

    def _track(self, workspace: str, choices: Choices, now: float) -> Allowance:
        burst = self._take(workspace, "burst", BURST, choices.tracks_per_burst, now)
        if choices.track_contract == "data_points":
            return burst
        hour = self._take(workspace, "track", HOUR, choices.tracks_per_hour, now)
        tighter = burst if burst.exceeded else hour
        left = max(1, round(tighter.reset - now))
        return Allowance(
            hour.limit, hour.remaining, left, tighter.exceeded, left if tighter.exceeded else None
        )

    def _take(self, workspace: str, window: str, seconds: int, limit: int, now: float) -> Allowance:
        current = int(now // seconds)
        with self._lock:
            seen, used = self._used.get((workspace, window), (current, 0))
            used = used + 1 if seen == current else 1
            self._used[workspace, window] = (current, min(used, limit + 1))
        return Allowance(limit, max(0, limit - used), (current + 1) * seconds, used > limit)


def send_id_allowance(limit: int, used: int, now: float) -> Allowance:
    """The day's send ids, of which ``used`` exist already; the day ends at midnight UTC."""
    return Allowance(limit, max(0, limit - used), (int(now // DAY) + 1) * DAY)
