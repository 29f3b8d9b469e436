"""Rate limits as Braze counts them: fixed windows on the sandbox's clock, each workspace by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from braze_sandbox.choices import Choices
from braze_sandbox.clock import DAY, TurnableClock, iso
from braze_sandbox.database import Database

HOUR, MINUTE, BURST = 3_600, 60, 3

#: Windows whose size nobody turns: seconds and calls. https://www.braze.com/docs/api/api_limits
FIXED = {
    "lean_export": (1, 40),
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

#: Windows shorter than a minute are remembered for a day, the others for as long as anybody may ask.
_REMEMBERED = 40 * DAY


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


@dataclass(slots=True)
class Window:
    """What one stretch of time allowed, and what became of it."""

    workspace: str
    name: str
    start: int
    seconds: int
    allowed: int
    accepted: int = 0
    refused: int = 0

    @property
    def end(self) -> int:
        return self.start + self.seconds

    @property
    def full(self) -> bool:
        return self.accepted >= self.allowed

    def as_json(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in ("workspace", "name", "seconds", "accepted", "refused")}
        return told | {"start": iso(self.start), "limit": self.allowed, "left": self.left}

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.accepted)


class Limits:
    """Counts calls. What is counted reaches the disk by ``keep``; a restart goes on from there."""

    def __init__(self, clock: TurnableClock, database: Database) -> None:
        self._clock, self._database = clock, database
        self._open: dict[tuple[str, str], Window] = {}
        self._unkept: dict[tuple[str, str, int], Window] = {}

    def count(self, workspace: str, window: str, choices: Choices, now: float) -> Allowance:
        """Count one call against ``window`` (pool, export, track or one of FIXED) and say what is left."""
        if window in FIXED:
            seconds, limit = FIXED[window]
            return self._take(now, (workspace, window, seconds, limit))
        if window == "track":
            return self._track(workspace, choices, now)
        if window == "export":
            return self._take(now, (workspace, window, MINUTE, choices.exports_per_minute))
        return self._take(now, (workspace, "pool", HOUR, choices.calls_per_hour))

    def broadcast(self, workspace: str, audience: str, now: float) -> Allowance:
        """Count one broadcast against all and against those to the same audience; the tighter of the two."""
        return self._take(
            now,
            (workspace, "broadcast", MINUTE, BROADCASTS),
            (workspace, f"audience {audience}", MINUTE, SAME_AUDIENCE),
            tightest=True,
        )

    def note(self, workspace: str, name: str, seconds: int, allowed: int, now: float, *, taken: bool) -> None:
        """Enter one call in the history of a window that is counted elsewhere."""
        with self._database.lock:
            window = self._window(now, workspace, name, seconds, allowed)
            _add(window, accepted=taken, refused=not taken)

    def _track(self, workspace: str, choices: Choices, now: float) -> Allowance:
        burst = (workspace, "burst", BURST, choices.tracks_per_burst)
        if choices.track_contract == "data_points":
            return self._take(now, burst)
        hour = (workspace, "track", HOUR, choices.tracks_per_hour)
        found = self._take(now, hour, burst)
        left = max(1, found.reset - int(now))
        return Allowance(found.limit, found.remaining, left, found.exceeded, left if found.exceeded else None)

    def _take(self, now: float, *orders: tuple[str, str, int, int], tightest: bool = False) -> Allowance:
        """Count one call in all of these windows, if none is full; the full, first or ``tightest`` one is told."""
        with self._database.lock:
            windows = [self._window(now, *order) for order in orders]
            full = next((one for one in windows if one.full), None)
            for window in windows:
                _add(window, accepted=full is None, refused=window is full)
            told = full or (min(windows, key=lambda one: one.left) if tightest else windows[0])
        return Allowance(told.allowed, told.left, self.reset_at(told.end, now), full is not None)

    def reset_at(self, end: float, now: float) -> int:
        """The epoch second that lies as far behind ``now`` as a client must really wait until ``end``."""
        return int(now) + math.ceil((end - now) / self._clock.speed)

    def _window(self, now: float, workspace: str, name: str, seconds: int, allowed: int) -> Window:
        start = int(now // seconds) * seconds
        window = self._open.get((workspace, name))
        if window is None or window.start != start:
            window = self._reopened(workspace, name, start) or Window(workspace, name, start, seconds, 0)
            self._open[workspace, name] = window
        window.allowed = allowed
        self._unkept[workspace, name, start] = window
        return window

    def _reopened(self, workspace: str, name: str, start: int) -> Window | None:
        """A window counted before the last start, or before the clock was turned back."""
        if known := self._unkept.get((workspace, name, start)):
            return known
        row = self._database.row(
            "SELECT * FROM windows WHERE workspace = ? AND name = ? AND start = ?", workspace, name, start
        )
        return Window(*row) if row else None

    # --- Looking back ---

    def keep(self) -> None:
        """Write what was counted since the last time."""
        with self._database:
            counted, self._unkept = self._unkept, {}
            rows = [
                (one.workspace, one.name, one.start, one.seconds, one.allowed, one.accepted, one.refused)
                for one in counted.values()
            ]
            if rows:
                self._database.run_many("INSERT OR REPLACE INTO windows VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def history(self, *, name: str = "", limit: int = 1_000) -> list[Window]:
        """The newest windows first."""
        self.keep()
        rows = self._database.rows(
            "SELECT * FROM windows WHERE (? = '' OR name = ?) ORDER BY start DESC, workspace, name LIMIT ?",
            *(name, name, limit),
        )
        return [Window(*row) for row in rows]

    def forget_old(self, now: float) -> None:
        self._database.run(
            "DELETE FROM windows WHERE start < ? OR (seconds < ? AND start < ?)",
            *(now - _REMEMBERED, MINUTE, now - DAY),
        )

    def reset(self) -> None:
        with self._database.lock:
            self._open, self._unkept = {}, {}


def _add(window: Window, *, accepted: bool, refused: bool) -> None:
    window.accepted += accepted
    window.refused += refused


def send_id_allowance(limit: int, used: int, reset: int) -> Allowance:
    """The day's send ids, of which ``used`` exist already."""
    return Allowance(limit, max(0, limit - used), reset)
