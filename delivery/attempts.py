"""The trace of each call: what was asked, what Braze said, how long it took."""

from __future__ import annotations

from django.utils import timezone

from braze_client import BrazeError, Call, NotReached, RateLimited, Refused
from delivery.models import Attempt, Dispatch

Outcome = Attempt.Outcome


def left_open(dispatch: Dispatch, path: str) -> bool:
    """Whether an earlier try may have worked: its answer was lost, or its run died in the call."""
    return dispatch.attempts.filter(path=path, outcome__in=[Outcome.OPEN, Outcome.UNKNOWN]).exists()


def begin(dispatch: Dispatch, path: str) -> Attempt:
    """Written before the call, so that a run that dies leaves a trace."""
    return Attempt.objects.create(dispatch=dispatch, path=path)


def end(attempt: Attempt, call: Call) -> None:
    _close(attempt, Outcome.ACCEPTED, call)


def end_with_error(attempt: Attempt, error: BrazeError) -> None:
    words = error.words if isinstance(error, Refused) else ""
    _close(attempt, _outcome(error), error.call, words or error.advice)


def end_unsent(attempt: Attempt, words: str) -> None:
    rows = Attempt.objects.filter(pk=attempt.pk)
    rows.update(ended_at=timezone.now(), outcome=Outcome.REFUSED, words=words[:500])


def _outcome(error: BrazeError) -> str:
    if isinstance(error, NotReached):
        return Outcome.NOT_REACHED
    if isinstance(error, RateLimited):
        return Outcome.WAIT
    return Outcome.REFUSED if isinstance(error, Refused) else Outcome.UNKNOWN


def _close(attempt: Attempt, outcome: str, call: Call, words: str = "") -> None:
    Attempt.objects.filter(pk=attempt.pk).update(
        ended_at=timezone.now(),
        outcome=outcome,
        status=call.status,
        request_id=call.request_id or "",
        words=words[:500],
    )
