"""How fast the hand-over goes, counted by the minute where all workers see it."""

from __future__ import annotations

from contextlib import suppress

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

SECONDS = 60


def count(brand_id: int, booked: int) -> None:
    """`booked` more were handed over. Not worth a failure: a count that is lost makes a forecast worse, for a minute."""
    if not booked:
        return
    mark = _mark(brand_id, _minute())
    with suppress(RedisError, ValueError):  # ValueError: flushed between the two
        cache.add(mark, 0, timeout=5 * SECONDS)
        cache.incr(mark, booked)


def rate(brand_id: int) -> float:
    """Hand-overs a second over the last one to two minutes; 0 when there were none."""
    minute = _minute()
    marks = [_mark(brand_id, minute), _mark(brand_id, minute - 1)]
    counts = cache.get_many(marks)
    seconds = timezone.now().timestamp() % SECONDS + (SECONDS if marks[1] in counts else 0)
    return float(sum(counts.values())) / max(seconds, 1)


def _minute() -> int:
    return int(timezone.now().timestamp() // SECONDS)


def _mark(brand_id: int, minute: int) -> str:
    return f"handed-over:{brand_id}:{minute}"
