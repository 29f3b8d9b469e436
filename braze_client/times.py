"""Times as Braze writes them, which differs from endpoint to endpoint."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

# 2020-06-17T20:01:33.385Z · 2020-07-10 15:00:00.000 UTC · 2020-06-17 19:27:44 +0000 · 2026-12-01 · 2026-12-01 09:00:00
_ZONE_NAME: Final = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
_LOOSE_ZONE: Final = re.compile(r"\s+(?=[+-]\d{2}:?\d{2}$)")


def read_time(text: str | None) -> datetime | None:
    """An instant, or None for what is no time. Without a zone it is UTC, as everywhere in Braze's answers.

    The one exception is `next_send_time` of scheduled broadcasts, which is in the zone of its `schedule_type`.
    """
    plain = _LOOSE_ZONE.sub("", _ZONE_NAME.sub("Z", (text or "").strip()))
    try:
        time = datetime.fromisoformat(plain)
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
