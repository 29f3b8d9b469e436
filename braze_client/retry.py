"""When the client itself repeats a call: rarely, soon, and only where twice does no harm."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum


class Repeat(Enum):
    """What a second performance of a call does. https://www.braze.com/docs/api/errors"""

    HARMLESS = "as the first one"
    REFUSED = "no harm, but Braze may refuse it because the first one worked"
    HARMFUL = "something the first one did already, for instance a second mail"


@dataclass(frozen=True)
class Retry:
    """Up to `attempts` in all, none begun later than `within` seconds after the first.

    Meant for hiccups: whoever wants to outlast an outage repeats on their own clock.
    """

    attempts: int = 3
    pause: float = 0.5
    within: float = 20.0

    def pause_after(self, attempt: int, elapsed: float, repeat: Repeat) -> float | None:
        """Seconds to wait before the next attempt, or None when there is to be none."""
        pause = self.pause * 2.0 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, no secret
        if repeat is Repeat.HARMFUL or attempt >= self.attempts or elapsed + pause > self.within:
            return None
        return pause
