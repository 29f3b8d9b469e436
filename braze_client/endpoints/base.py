"""What the endpoints have in common: the ways to ask, and the checks of ids and periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeVar

from .._caller import Ask, Caller
from ..answers.base import Answer
from ..errors import InvalidRequest
from ..limits import MAX_IDS, MAX_SERIES_DAYS
from ..requests.base import Request, utc_text
from ..retry import Repeat

A = TypeVar("A", bound=Answer)
SortDirection = Literal["asc", "desc"]
Params = Mapping[str, str | Sequence[str]]


class Endpoints:
    """A group of endpoints; the caller comes from `Braze`."""

    _caller: Caller

    def _get(
        self, path: str, shape: type[A], params: Params | None = None, places: Mapping[str, str] | None = None
    ) -> A:
        return self._caller.answer(
            Ask("GET", path, Repeat.HARMLESS, params or {}, places=places or {}), shape
        )

    def _post(
        self,
        path: str,
        request: Request,
        shape: type[A],
        repeat: Repeat,
        *,
        method: Literal["POST", "PUT"] = "POST",
        places: Mapping[str, str] | None = None,
    ) -> A:
        return self._caller.answer(
            Ask(method, path, repeat, body=request.to_json(), places=places or {}), shape
        )


def known(value: str) -> str:
    """An id that is there."""
    if not value:
        raise InvalidRequest("An id is missing: Braze needs it to know what the call is about.")
    return value


def in_path(value: str) -> str:
    """An id that stays one piece of a path."""
    if value in {".", ".."}:
        raise InvalidRequest("An id cannot be '.' or '..': it would change the address that is called.")
    return known(value)


def few(values: Sequence[str]) -> Sequence[str]:
    """1 to 50 of them."""
    if isinstance(values, str) or not 1 <= len(values) <= MAX_IDS:
        raise InvalidRequest(f"Braze takes a list of 1 to {MAX_IDS} in one call, so split a longer one.")
    return values


def page_of(page: int, sort_direction: SortDirection) -> dict[str, str]:
    """A page by number, from 0."""
    if page < 0:
        raise InvalidRequest("Pages are counted from 0.")
    return {"page": str(page), "sort_direction": sort_direction}


def slice_of(limit: int, offset: int, most: int) -> dict[str, str]:
    """`limit` of a list, after the first `offset`."""
    if not 1 <= limit <= most or offset < 0:
        raise InvalidRequest(f"Braze gives 1 to {most} at a time, after an offset of 0 or more.")
    return {"limit": str(limit), "offset": str(offset)}


def period(length: int, ending_at: datetime | None) -> dict[str, str]:
    """`length` days back from `ending_at`, or from now."""
    if not 1 <= length <= MAX_SERIES_DAYS:
        raise InvalidRequest(f"Braze gives numbers for 1 to {MAX_SERIES_DAYS} days, not for {length}.")
    if ending_at is None:
        return {"length": str(length)}
    return {"length": str(length), "ending_at": moment(ending_at)}


def moment(time: datetime) -> str:
    """An instant in a query."""
    if time.utcoffset() is None:
        raise InvalidRequest("A time must have a zone, for instance UTC.")
    return utc_text(time)
