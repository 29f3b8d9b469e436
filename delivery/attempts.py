"""The trace of each call: what was asked, what Braze said, how long it took."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from braze_client import BrazeError, Call, InvalidRequest, NotReached, RateLimited, Refused
from delivery import paths
from delivery.models import Attempt, Dispatch

Outcome = Attempt.Outcome


@dataclass(frozen=True)
class End:
    """How a call ended."""

    attempt: Attempt
    outcome: str
    call: Call | None = None
    words: str = ""


def left_open(dispatches: Sequence[Dispatch]) -> set[tuple[int, str]]:
    """(dispatch, path) of calls that may have worked: the answer was lost, or the run died."""
    if not dispatches:
        return set()
    rows = Attempt.objects.filter(dispatch__in=dispatches, outcome__in=[Outcome.OPEN, Outcome.UNKNOWN])
    return set(rows.values_list("dispatch_id", "path"))


def tries(dispatch: Dispatch, path: str) -> int:
    return Attempt.objects.filter(dispatch=dispatch, path=path).count()


def begin(
    dispatches: Sequence[Dispatch], path_of: Callable[[Dispatch], str]
) -> list[tuple[Dispatch, Attempt]]:
    """Written before the calls, so that a run that dies leaves a trace."""
    if not dispatches:
        return []
    opened = [
        Attempt(dispatch=each, path=path_of(each), content_hash=_given(each, path_of(each)))
        for each in dispatches
    ]
    return list(zip(dispatches, Attempt.objects.bulk_create(opened), strict=True))


def _given(dispatch: Dispatch, path: str) -> str:
    if path == paths.UPDATE:
        return (dispatch.next_message or dispatch.message).content_hash
    return dispatch.message.content_hash if path == paths.CREATE else ""


def ended_with(attempt: Attempt, error: Exception) -> End:
    """An error of the client, as the trace tells it."""
    if isinstance(error, InvalidRequest):
        return End(attempt, Outcome.REFUSED, words=str(error))
    if isinstance(error, BrazeError):
        said = error.words if isinstance(error, Refused) else ""
        return End(attempt, _outcome(error), error.call, said or error.advice)
    return End(attempt, Outcome.UNKNOWN, words=type(error).__name__)


def _outcome(error: BrazeError) -> str:
    if isinstance(error, NotReached):
        return Outcome.NOT_REACHED
    if isinstance(error, RateLimited):
        return Outcome.WAIT
    return Outcome.REFUSED if isinstance(error, Refused) else Outcome.UNKNOWN


def end(ends: Sequence[End]) -> None:
    """Write all of them down in one statement."""
    if not ends:
        return
    calls = [each.call or Call("", "") for each in ends]
    columns: list[list[object]] = [
        [each.attempt.pk for each in ends],
        [each.outcome for each in ends],
        [call.status for call in calls],
        [call.request_id or "" for call in calls],
        [round(call.duration * 1000) for call in calls],
        [each.words[:500] for each in ends],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_END, [timezone.now(), *columns])


_END = """
    UPDATE delivery_attempt a SET ended_at = %s, outcome = said.outcome, status = said.status,
        request_id = said.request_id, duration_ms = said.duration_ms, words = said.words
    FROM unnest(%s::bigint[], %s::text[], %s::smallint[], %s::text[], %s::integer[], %s::text[])
        AS said(id, outcome, status, request_id, duration_ms, words)
    WHERE a.id = said.id
"""
