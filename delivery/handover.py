"""Claim, call, record: three short steps, and no transaction is open while Braze is thinking.

Only the create call cannot be repeated, so only it is fenced by the state `calling`: whoever dies or loses the answer
in it leaves `unknown`. All that comes before (the send id) and all that can be done twice (the delete) is simply tried
again. Waiting is a `not_before` on the row, found by the sweep.
"""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from branding.scope import brand_scope
from braze_client import (
    Braze,
    BrazeError,
    InvalidRequest,
    KeyRejected,
    NotReached,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Unavailable,
)
from delivery import attempts, requests, send_ids, services, states
from delivery.models import Dispatch
from workspace.errors import NotConnected
from workspace.models import Workspace
from workspace.services import braze_for, connected

State = Dispatch.State

#: Longer than the client's connect and read timeouts together, so that a lease outlives any call.
LEASE = timedelta(seconds=60)
#: A campaign that could not be handed over this long after its time is not sent late: a person chooses anew.
LATE = timedelta(minutes=15)
#: Braze gets at least this much notice, so that clocks that differ do not put a schedule into the past.
LEAD = timedelta(seconds=15)
#: How long to leave a workspace alone after its key was refused.
KEY_PAUSE = timedelta(minutes=2)


@dataclass(frozen=True)
class Desk:
    """Where a dispatch is worked on: its brand, the brand's workspace, and a client for it."""

    brand_id: int
    workspace: Workspace
    braze: Braze

    def scope(self) -> AbstractContextManager[None]:
        return brand_scope(self.brand_id)


def hand_over(brand_id: int, dispatch_id: int) -> None:
    """Bring one dispatch a step further. Safe to run twice and at once: only the run that claims it acts."""
    with brand_scope(brand_id):
        dispatch = claim(dispatch_id)
    if dispatch is None:
        return
    try:
        with brand_scope(brand_id):
            workspace = connected()
            desk = Desk(brand_id, workspace, braze_for(workspace))
    except NotConnected as error:
        with brand_scope(brand_id):
            wait(dispatch, timezone.now() + KEY_PAUSE, str(error))
        return
    if dispatch.state == State.CANCELLING:
        _cancel(dispatch, desk)
    elif _has_send_id(dispatch, desk):
        _create(dispatch, desk)


# Claim


def claim(dispatch_id: int) -> Dispatch | None:
    """Lease a dispatch that is due, or None: done already, held by another run, or not yet due."""
    now = timezone.now()
    rows = Dispatch.objects.select_for_update(skip_locked=True).filter(
        pk=dispatch_id, state__in=Dispatch.WAITING
    )
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    dispatch = rows.filter(free, not_before__lte=now).first()
    if dispatch is None:
        return None
    if dispatch.state == State.PENDING and now > dispatch.planned_at + LATE:
        _refuse(dispatch, State.PENDING, _("Its time passed while it was waiting. Choose a new time."))
        return None
    pause = Workspace.objects.filter(paused_until__gt=now).first()
    if pause is not None and pause.paused_until is not None:
        wait(dispatch, pause.paused_until, pause.paused_because)
        return None
    Dispatch.objects.filter(pk=dispatch.pk).update(lease_token=uuid.uuid4(), lease_until=now + LEASE)
    dispatch.refresh_from_db()
    return dispatch


def wait(dispatch: Dispatch, until: datetime, because: str) -> None:
    """Give the lease back; the sweep finds the row when it is time."""
    rows = Dispatch.objects.filter(pk=dispatch.pk, state__in=Dispatch.WAITING)
    rows.update(not_before=until, waits_because=because[:300], lease_token=None, lease_until=None)


# The send id: repeatable, so no fence


def _has_send_id(dispatch: Dispatch, desk: Desk) -> bool:
    """Make sure the send id exists at Braze. False: the dispatch waits."""
    with desk.scope():
        send_id = send_ids.allot(dispatch, campaign_id=desk.workspace.campaign_id)
        if send_id is None or send_id.is_known_to_braze:
            return True
        tried_before = attempts.left_open(dispatch, "/sends/id/create")
        attempt = attempts.begin(dispatch, "/sends/id/create")
    try:
        answer = desk.braze.create_send_id(desk.workspace.campaign_id, send_id.value)
    except BrazeError as error:
        with desk.scope():
            attempts.end_with_error(attempt, error)
            return _without_answer(dispatch, error, desk.workspace, tried_before=tried_before)
    with desk.scope():
        attempts.end(attempt, answer.call)
        type(send_id).objects.filter(pk=send_id.pk).update(is_known_to_braze=True)
    return True


def _without_answer(
    dispatch: Dispatch, error: BrazeError, workspace: Workspace, *, tried_before: bool
) -> bool:
    send_id = dispatch.send_id
    if isinstance(error, RateLimited):
        send_ids.close_for_today(dispatch)
        return True
    if isinstance(error, Refused) and not isinstance(error, KeyRejected):
        # An earlier try did make it, and it cannot be made twice.
        if send_id is not None and (send_id.is_doubtful or tried_before):
            type(send_id).objects.filter(pk=send_id.pk).update(is_known_to_braze=True)
        else:
            send_ids.close_for_today(dispatch)
        return True
    if send_id is not None and not isinstance(error, (NotReached, KeyRejected)):
        type(send_id).objects.filter(pk=send_id.pk).update(is_doubtful=True)
    _wait_after(dispatch, error, workspace)
    return False


# The create call: once


def _create(dispatch: Dispatch, desk: Desk) -> None:
    with desk.scope():
        # Planned and late are told apart here, and only here, so that Braze is never given a time in the past.
        booked_for = max(dispatch.planned_at, timezone.now() + LEAD)
        fenced = states.move(
            dispatch, State.PENDING, State.CALLING,
            held_by=dispatch.lease_token, lease_until=timezone.now() + LEASE, booked_for=booked_for,
        )  # fmt: skip
        if not fenced:
            return  # cancelled meanwhile, or our lease ran out and another run has it
        attempt = attempts.begin(dispatch, "/messages/schedule/create")
    try:
        with desk.scope():
            request = requests.create(dispatch)
        answer = desk.braze.create_schedule(request)
    except InvalidRequest as error:
        with desk.scope():
            attempts.end_unsent(attempt, str(error))
            _refuse(dispatch, State.CALLING, str(error))
    except BrazeError as error:
        with desk.scope():
            attempts.end_with_error(attempt, error)
            _record_failure(dispatch, error, desk.workspace)
    else:
        with desk.scope():
            attempts.end(attempt, answer.call)
            _record_success(dispatch, answer.schedule_id, answer.dispatch_id)


def _record_success(dispatch: Dispatch, schedule_id: str, braze_dispatch_id: str | None) -> None:
    answer = {
        "schedule_id": schedule_id, "braze_dispatch_id": braze_dispatch_id or "", "outcome": "", "waits_because": "",
        "lease_token": None, "lease_until": None,
    }  # fmt: skip
    # The sweep may have called this run dead already; what Braze has answered is the better knowledge.
    if not states.move(dispatch, State.CALLING, State.SCHEDULED, **answer):
        states.move(dispatch, State.UNKNOWN, State.SCHEDULED, **answer)
    if dispatch.cancel_wanted:
        services.cancel(dispatch)


def _record_failure(dispatch: Dispatch, error: BrazeError, workspace: Workspace) -> None:
    if isinstance(error, (NotReached, RateLimited, KeyRejected)):
        back = {"lease_token": None, "lease_until": None}
        if states.move(dispatch, State.CALLING, State.PENDING, **back):
            _wait_after(dispatch, error, workspace)
            _cancel_if_wanted(dispatch)
    elif isinstance(error, Refused):
        _refuse(dispatch, State.CALLING, error.words or str(error))
    else:
        words = _(
            "Braze did not answer clearly. It may have taken this campaign; it is not handed over again."
        )
        states.move(dispatch, State.CALLING, State.UNKNOWN, outcome=words, lease_token=None, lease_until=None)


def _cancel_if_wanted(dispatch: Dispatch) -> None:
    if dispatch.cancel_wanted:
        states.move(dispatch, State.PENDING, State.CANCELLED, settled_at=timezone.now())


def _refuse(dispatch: Dispatch, before: str, words: str) -> None:
    states.move(
        dispatch, before, State.REFUSED,
        outcome=words[:500], settled_at=timezone.now(), lease_token=None, lease_until=None,
    )  # fmt: skip


# The delete call: repeatable


def _cancel(dispatch: Dispatch, desk: Desk) -> None:
    with desk.scope():
        tried_before = attempts.left_open(dispatch, "/messages/schedule/delete")
        attempt = attempts.begin(dispatch, "/messages/schedule/delete")
    try:
        answer = desk.braze.delete_schedule(dispatch.schedule_id)
    except (NotReached, RateLimited, Unavailable, KeyRejected, OutcomeUnknown) as error:
        with desk.scope():
            attempts.end_with_error(attempt, error)
            _wait_after(dispatch, error, desk.workspace)
    except Refused as error:
        with desk.scope():
            attempts.end_with_error(attempt, error)
            _after_refused_delete(dispatch, error, tried_before=tried_before)
    else:
        with desk.scope():
            attempts.end(attempt, answer.call)
            states.move(
                dispatch, State.CANCELLING, State.CANCELLED,
                settled_at=timezone.now(), lease_token=None, lease_until=None,
            )  # fmt: skip


def _after_refused_delete(dispatch: Dispatch, error: Refused, *, tried_before: bool) -> None:
    """Braze says no to a delete for a schedule that is gone: sent, or deleted by a try whose answer was lost."""
    release = {"lease_token": None, "lease_until": None}
    if tried_before and dispatch.booked_for and timezone.now() < dispatch.booked_for:
        states.move(dispatch, State.CANCELLING, State.CANCELLED, settled_at=timezone.now(), **release)
    else:
        words = _("Braze did not cancel it: %(words)s") % {"words": error.words or str(error)}
        states.move(
            dispatch, State.CANCELLING, State.SCHEDULED, outcome=words[:500], cancel_wanted=False, **release
        )


# Waiting


def _wait_after(dispatch: Dispatch, error: BrazeError, workspace: Workspace) -> None:
    if isinstance(error, RateLimited):
        because = _("Braze's allowance is used up until its window resets.")
        workspace.pause(error.until, because)
        wait(dispatch, error.until, because)
    elif isinstance(error, KeyRejected):
        because = _("Braze refused this brand's key. An administrator has to check the Braze connection.")
        workspace.pause(timezone.now() + KEY_PAUSE, because)
        wait(dispatch, timezone.now() + KEY_PAUSE, because)
    else:
        tries = dispatch.attempts.filter(path=error.call.path).count()
        seconds = min(5 * 2 ** min(tries, 6), 300)
        wait(
            dispatch, timezone.now() + timedelta(seconds=seconds), _("Braze cannot be reached; trying again.")
        )


# What the sweep settles


@transaction.atomic
def settle_overdue(dispatch_id: int) -> None:
    """A hand-over whose lease ran out died in its call: unknown. A schedule whose time has come is sent."""
    now = timezone.now()
    dispatch = Dispatch.objects.select_for_update(skip_locked=True).filter(pk=dispatch_id).first()
    if dispatch is None:
        return
    if dispatch.state == State.CALLING and dispatch.lease_until and dispatch.lease_until < now:
        words = _("The hand-over broke off. Braze may have taken this campaign; it is not handed over again.")
        states.move(dispatch, State.CALLING, State.UNKNOWN, outcome=words, lease_token=None, lease_until=None)
    elif dispatch.state == State.SCHEDULED and dispatch.booked_for and dispatch.booked_for <= now:
        states.move(dispatch, State.SCHEDULED, State.DONE, settled_at=now)


SWEEP_AT_ONCE = 500
NUDGE_AGAIN = timedelta(seconds=15)


def due(now: datetime) -> list[tuple[int, int]]:
    """(brand, dispatch) of promises nobody keeps right now, oldest first. Asked across brands."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    quiet = Q(nudged_at__isnull=True) | Q(nudged_at__lt=now - NUDGE_AGAIN)
    rows = Dispatch.objects.filter(free, quiet, state__in=Dispatch.WAITING, not_before__lte=now).order_by(
        "not_before"
    )
    found = list(rows.values_list("brand_id", "pk")[:SWEEP_AT_ONCE])
    Dispatch.objects.filter(pk__in=[pk for _brand, pk in found]).update(nudged_at=now)
    return found


def overdue(now: datetime) -> list[tuple[int, int]]:
    """(brand, dispatch) whose state the clock decides. Asked across brands."""
    dead = Q(state=State.CALLING, lease_until__lt=now)
    gone = Q(state=State.SCHEDULED, booked_for__lte=now)
    return list(Dispatch.objects.filter(dead | gone).values_list("brand_id", "pk")[:SWEEP_AT_ONCE])
