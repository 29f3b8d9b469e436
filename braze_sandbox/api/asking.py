"""Reading what a call asks for, with Braze's bounds: pages, days, times, lists of up to fifty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from braze_sandbox.answers import Refused
from braze_sandbox.calls import Call
from braze_sandbox.clock import absolute, read_time, utc_day

MAX_DAYS = 100
MAX_IDS = 50
PAGE = 100

Query = dict[str, Any]
Thing = TypeVar("Thing")


def day_range(query: Query, call: Call) -> list[date]:
    """The days asked for by length and ending_at, oldest first."""
    length = whole(query, "length", default=0)
    if not 1 <= length <= MAX_DAYS:
        raise Refused("length must be between 1 and 100")
    ending = query.get("ending_at")
    read = read_time(ending)
    if ending and read is None:
        raise Refused("ending_at must be a valid ISO 8601 time")
    last = utc_day(absolute(read) if read else call.at)
    return [last - timedelta(days=back) for back in reversed(range(length))]


def page_of(things: list[Thing], query: Query, *, key: Callable[[Thing], Any]) -> list[Thing]:
    """The page asked for, oldest first unless sort_direction is desc."""
    page = whole(query, "page", default=0)
    if page < 0:
        raise Refused("page must be a number of at least 0")
    direction = query.get("sort_direction", "asc")
    if direction not in ("asc", "desc"):
        raise Refused("sort_direction must be asc or desc")
    ordered = sorted(things, key=key)
    if direction == "desc":
        ordered.reverse()
    return ordered[page * PAGE : (page + 1) * PAGE]


def slice_of(things: list[Thing], query: Query, *, default: int, most: int) -> list[Thing]:
    """The stretch asked for by limit and offset."""
    limit, offset = whole(query, "limit", default=default), whole(query, "offset", default=0)
    if not 1 <= limit <= most:
        raise Refused(f"limit must be between 1 and {most}")
    if offset < 0:
        raise Refused("offset must be a number of at least 0")
    return things[offset : offset + limit]


def whole(query: Query, name: str, *, default: int) -> int:
    """A whole number of the query; -1 for what is none."""
    try:
        return int(query.get(name, default))
    except (TypeError, ValueError):
        return -1


def instant(query: Query, name: str) -> float | None:
    """A time of the query, None if it is not given. A bare date is midnight UTC."""
    given = query.get(name)
    if not given:
        return None
    read = read_time(given)
    if read is None:
        raise Refused(f"{name} must be a valid ISO 8601 time")
    return absolute(read)


def is_true(query: Query, name: str) -> bool:
    return str(query.get(name, "")).lower() == "true"


def several(given: object, name: str) -> list[str]:
    """One text or a list of up to fifty."""
    values: list[Any] = given if isinstance(given, list) else [given]
    if not values or not all(isinstance(one, str) and one for one in values):
        raise Refused(f"{name} must be a string or a list of strings")
    if len(values) > MAX_IDS:
        raise Refused("The max number of ids per request was exceeded")
    return values


def objects(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of up to fifty objects, empty if it is not given."""
    values = body.get(name) or []
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        raise Refused(f"{name} must be a list of objects")
    if len(values) > MAX_IDS:
        raise Refused("The max number of ids per request was exceeded")
    return values


def text(body: dict[str, Any], name: str, words: str = "") -> str:
    """A text that must be there."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(words or f"{name} is required")
    return value
