"""Recording what Braze answered, for a handful of calls in one transaction.

What went well is a statement for all; what did not is looked at one by one, since each trouble has its own way on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from braze_client import (
    AccessDenied,
    Acknowledged,
    Allowance,
    BrazeError,
    InvalidRequest,
    KeyRejected,
    NotReached,
    RateLimited,
    Refused,
    Scheduled,
)
from delivery import attempts, paths
from delivery.attempts import End
from delivery.claims import Job
from delivery.models import Attempt, Dispatch
from delivery.states import FREE, move, move_any
from workspace.habits import Habits

State = Dispatch.State

#: The key is withdrawn, or lacks the permission: the campaign waits until an administrator has mended it.
KEY_TROUBLE = (KeyRejected, AccessDenied)
#: A cancellation this close to the send may have come too late for some. https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_delete_scheduled_messages
CLOSE_CALL = timedelta(seconds=10)


@dataclass(frozen=True)
class Ended:
    """A job and what came of it."""

    job: Job
    result: Scheduled | Acknowledged | BrazeError | InvalidRequest

    @property
    def dispatch(self) -> Dispatch:
        return self.job.dispatch

    @property
    def allowance(self) -> Allowance:
        return Allowance() if isinstance(self.result, InvalidRequest) else self.result.call.allowance


def record(ended: Sequence[Ended], habits: Habits) -> None:
    """All of it, in the transaction of the caller."""
    attempts.end([_end(each) for each in ended])
    _booked([each for each in ended if isinstance(each.result, Scheduled)])
    done = [each for each in ended if isinstance(each.result, Acknowledged)]
    _deleted([each.dispatch for each in done if each.job.path == paths.DELETE])
    for each in done:
        if each.job.path == paths.UPDATE:
            _changed(each.dispatch)
    for each in ended:
        if isinstance(each.result, Exception):
            _failed(each.job, each.result, habits)


def _end(ended: Ended) -> End:
    if isinstance(ended.result, Exception):
        return attempts.ended_with(ended.job.attempt, ended.result)
    return End(ended.job.attempt, Attempt.Outcome.ACCEPTED, ended.result.call)


# What went well


def _booked(ended: list[Ended]) -> None:
    """The sweep may have called a run dead already; what Braze has answered is the better knowledge."""
    if not ended:
        return
    said = [(each.dispatch, each.result) for each in ended if isinstance(each.result, Scheduled)]
    columns: list[list[object]] = [
        [dispatch.pk for dispatch, _answer in said],
        [dispatch.lease_token for dispatch, _answer in said],
        [answer.schedule_id for _dispatch, answer in said],
        [answer.dispatch_id or "" for _dispatch, answer in said],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_BOOKED, [timezone.now(), *columns])


#: What nobody wants any more goes on to be cancelled.
_BOOKED = """
    UPDATE delivery_dispatch d SET state = CASE WHEN cancel_wanted THEN 'cancelling' ELSE 'scheduled' END,
        not_before = CASE WHEN cancel_wanted THEN %s ELSE not_before END, schedule_id = said.schedule_id,
        braze_dispatch_id = said.dispatch_id, outcome = '', waits_because = '', lease_token = NULL, lease_until = NULL
    FROM unnest(%s::bigint[], %s::uuid[], %s::text[], %s::text[]) AS said(id, token, schedule_id, dispatch_id)
    WHERE d.id = said.id AND d.lease_token = said.token AND d.state IN ('calling', 'unknown')
"""


def _deleted(gone: list[Dispatch]) -> None:
    """Cancelled for good, or back with us to be handed over anew. What is wanted may have changed meanwhile."""
    if not gone:
        return
    now = timezone.now()
    rows = Dispatch.objects.filter(pk__in=[each.pk for each in gone])
    late = [each.pk for each in gone if each.booked_for and each.booked_for - now < CLOSE_CALL]
    rows.filter(pk__in=late, state=State.CANCELLING).update(
        outcome=_("Braze took the cancellation at the last moment. Some people may have got the mail.")
    )
    # Handed over anew, it would reach those people twice. Its numbers will tell.
    rows.filter(pk__in=late, state=State.RECALLING).update(
        state=State.UNKNOWN,
        outcome=_(
            "It was taken back at the last moment, so some people may have got it. It is not handed over again."
        ),
        **FREE,
    )
    rows.filter(state=State.CANCELLING).update(state=State.CANCELLED, settled_at=now, **FREE)
    recalled = rows.filter(state=State.RECALLING)
    for dispatch in recalled.exclude(next_message=None, next_planned_at=None).select_related("next_message"):
        _bring_back(dispatch, now)
    recalled.filter(state=State.RECALLING).update(
        state=State.PENDING, not_before=now, schedule_id="", braze_dispatch_id="", booked_for=None, **FREE
    )


def _bring_back(dispatch: Dispatch, now: datetime) -> None:
    """With the message or the time that was wanted instead."""
    changes: dict[str, Any] = _taken_over(dispatch)
    message = dispatch.next_message
    if message is not None and message.content["variation_id"] != dispatch.variation_id:
        # Numbers come under (send id, variation): another variation needs a pair of its own.
        changes |= {"send_id": None, "goes_without_send_id": False}
        changes |= {key: message.content[key] for key in ("variation_id", "variation_name")}
    move(
        dispatch, State.RECALLING, State.PENDING,
        not_before=now, schedule_id="", braze_dispatch_id="", booked_for=None, **changes, **FREE,
    )  # fmt: skip


def _changed(dispatch: Dispatch) -> None:
    booked_for = dispatch.next_planned_at or dispatch.booked_for
    changes = {**_taken_over(dispatch), "booked_for": booked_for, "outcome": "", "waits_because": ""}
    if not move(dispatch, State.CHANGING, State.SCHEDULED, **changes, **FREE):
        # It is to be taken back meanwhile. Braze has the new time all the same, and the clock goes by it.
        Dispatch.objects.filter(pk=dispatch.pk).update(booked_for=booked_for, **FREE)


def _taken_over(dispatch: Dispatch) -> dict[str, Any]:
    """What was wanted is what stands."""
    return {
        "message_id": dispatch.next_message_id or dispatch.message_id,
        "planned_at": dispatch.next_planned_at or dispatch.planned_at,
        "next_message": None,
        "next_planned_at": None,
    }


# What did not


def _failed(job: Job, error: BrazeError | InvalidRequest, habits: Habits) -> None:
    if job.path == paths.CREATE:
        _not_booked(job.dispatch, error)
    elif isinstance(error, Refused) and not isinstance(error, KEY_TROUBLE):
        _refused_change(job, error, may_be_gone=job.tried_before and not habits.deletes_twice)
    elif isinstance(error, InvalidRequest):
        _keep_as_it_is(job.dispatch, str(error))
    else:
        later(job, error)


def _not_booked(dispatch: Dispatch, error: BrazeError | InvalidRequest) -> None:
    if isinstance(error, (NotReached, RateLimited, *KEY_TROUBLE)):
        until, because = _pause_after(dispatch, error, paths.CREATE)
        _settle(dispatch, State.PENDING, not_before=until, waits_because=because[:300], outcome="")
        if dispatch.cancel_wanted:
            move(dispatch, State.PENDING, State.CANCELLED, settled_at=timezone.now())
    elif isinstance(error, (Refused, InvalidRequest)):
        said = error.words if isinstance(error, Refused) else ""
        _settle(dispatch, State.REFUSED, outcome=(said or str(error))[:500], settled_at=timezone.now())
    else:
        # The token stays: should the answer come after all, it is known by it.
        words = _(
            "Braze did not answer clearly. It may have taken this campaign; it is not handed over again."
        )
        move(
            dispatch,
            State.CALLING,
            State.UNKNOWN,
            held_by=dispatch.lease_token,
            outcome=words,
            lease_until=None,
        )


def _settle(dispatch: Dispatch, after: str, **changes: Any) -> None:
    """By a definite answer, which is the better knowledge where the sweep has called this run dead already."""
    token = dispatch.lease_token
    for before in (State.CALLING, State.UNKNOWN):
        if move(dispatch, before, after, held_by=token, booked_for=None, **changes, **FREE):
            return


def _refused_change(job: Job, error: Refused, *, may_be_gone: bool) -> None:
    """Braze says no for a schedule that is gone: sent, or deleted by a call whose answer was lost."""
    dispatch, said = job.dispatch, error.words or str(error)
    ahead = dispatch.booked_for is not None and timezone.now() < dispatch.booked_for
    if job.path == paths.UPDATE:
        words = _("Braze did not take the change: %(words)s")
        if job.tried_before:  # and without an answer, so it may have been made
            words = _("Braze never confirmed the change, so it may go, or have gone, with it: %(words)s")
        _keep_as_it_is(dispatch, words % {"words": said})
    elif not may_be_gone:
        _keep_as_it_is(dispatch, _("Braze did not cancel it: %(words)s") % {"words": said})
    elif not ahead:
        words = _("Braze did not confirm in time that it gave this campaign back. Its numbers will tell.")
        move_any(dispatch, (State.CANCELLING, State.RECALLING), State.UNKNOWN, outcome=words, **FREE)
    elif not move(dispatch, State.CANCELLING, State.CANCELLED, settled_at=timezone.now(), **FREE):
        words = _("Braze did not confirm that it gave this campaign back, so it is not handed over again.")
        move(dispatch, State.RECALLING, State.UNKNOWN, outcome=words, **FREE)


def _keep_as_it_is(dispatch: Dispatch, words: str) -> None:
    """What Braze has stands; what was wanted instead is dropped, and people read why."""
    move_any(
        dispatch, Dispatch.AT_WORK, State.SCHEDULED,
        outcome=words[:500], cancel_wanted=False, next_message=None, next_planned_at=None, **FREE,
    )  # fmt: skip


# Waiting


def later(job: Job, error: BrazeError) -> None:
    """Give the lease back; the row is found again when it is time."""
    until, because = _pause_after(job.dispatch, error, job.path)
    rows = Dispatch.objects.filter(pk=job.dispatch.pk, state__in=Dispatch.WAITING)
    rows.update(not_before=until, waits_because=because[:300], **FREE)


def _pause_after(dispatch: Dispatch, error: BrazeError, path: str) -> tuple[datetime, str]:
    now = timezone.now()
    if isinstance(error, RateLimited):
        return error.until, _("Braze's allowance is used up until its window resets.")
    if isinstance(error, KEY_TROUBLE):
        return now, _("Braze refused this brand's key. An administrator has to check the Braze connection.")
    first = 5 if path == paths.CREATE else 1  # what is taken back may be a minute from its send
    seconds = min(first * 2 ** min(attempts.tries(dispatch, path), 9), 300)
    return now + timedelta(seconds=seconds), _("Braze cannot be reached; trying again.")
