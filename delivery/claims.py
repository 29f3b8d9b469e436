"""Claiming work: under SKIP LOCKED, with a lease and a token, in one short transaction for a whole handful.

A create is `calling` from the claim on, since it cannot be repeated; a run that dies then leaves `unknown`. What can
be repeated (a delete, an update) only carries the lease.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from delivery import attempts, paths, send_ids, stops
from delivery.desk import Desk
from delivery.models import Attempt, Dispatch, SealedMessage, SendId
from delivery.stops import Stops
from workspace import governor
from workspace.governor import Purpose
from workspace.models import Workspace

State = Dispatch.State

#: Longer than the client takes for any call, so that a lease outlives it.
LEASE = timedelta(seconds=settings.BRAZE_TIMEOUT_SECONDS + 30)
#: A campaign that could not be handed over this long after its time is not sent late: a person chooses anew.
LATE = timedelta(minutes=15)
#: Braze gets at least this much notice, so that clocks that differ do not put a schedule into the past.
LEAD = timedelta(seconds=15)


@dataclass(frozen=True)
class Job:
    """One call to make about one dispatch, and the row its answer goes to."""

    dispatch: Dispatch
    attempt: Attempt
    path: str
    #: The governor's window that the call was permitted in.
    window: int
    #: The JSON of the message that goes with the call; empty where none does.
    sealed: str = field(default="", repr=False)
    #: An earlier call of the same kind got no answer, so it may have been performed.
    tried_before: bool = False


@dataclass(frozen=True)
class Claimed:
    """What a run has to do now: calls, and send ids to ask for before their dispatches can be claimed."""

    jobs: list[Job]
    send_ids: list[tuple[SendId, Dispatch]]


def free(now: datetime) -> Q:
    """Held by no run."""
    return Q(lease_until__isnull=True) | Q(lease_until__lt=now)


def claim(room: int, desk: Desk) -> Claimed:
    """Up to `room` calls: what Braze has comes first, then what it is to get. Raises GovernorAway."""
    now, workspace = timezone.now(), desk.workspace
    if Workspace.objects.filter(pk=workspace.pk, paused_until__gt=now).exists():
        return Claimed([], [])
    held_back = stops.active()
    changes = _changes(room, workspace, held_back, now)
    _leave_for_later(desk.habits.horizon, now)
    creates = _creates(room - len(changes), desk, held_back, now)
    return Claimed(changes + creates.jobs, creates.send_ids)


def _changes(room: int, workspace: Workspace, held_back: Stops, now: datetime) -> list[Job]:
    """Deletes and updates, the soonest first. A stop holds no delete back."""
    deletes_first = Case(
        When(state=State.CHANGING, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    rows = _due(now).filter(state__in=Dispatch.AT_WORK).order_by(deletes_first, "booked_for")
    if held_back:
        rows = rows.exclude(state=State.CHANGING)
    found, window = _permitted(_held(rows, room), workspace, Purpose.TAKE_BACK)
    tried = attempts.left_open(found)
    _lease(found, now)
    contents = _contents([_wanted(each) for each in found if each.state == State.CHANGING])
    return [
        Job(
            dispatch,
            attempt,
            attempt.path,
            window,
            contents.get(_wanted(dispatch), ""),
            tried_before=(dispatch.pk, attempt.path) in tried,
        )
        for dispatch, attempt in attempts.begin(found, _path_of)
    ]


def _wanted(dispatch: Dispatch) -> int:
    return dispatch.next_message_id or dispatch.message_id


def _path_of(dispatch: Dispatch) -> str:
    return paths.UPDATE if dispatch.state == State.CHANGING else paths.DELETE


def _leave_for_later(horizon: timedelta | None, now: datetime) -> None:
    """What lies further ahead than Braze takes waits here until it does."""
    if horizon is None:
        return
    far = Dispatch.objects.filter(state=State.PENDING, planned_at__gt=now + horizon, not_before__lte=now)
    because = _("Braze takes campaigns %(days)s days ahead; until then this one waits here.")
    far.update(not_before=F("planned_at") - horizon, waits_because=because % {"days": horizon.days})


def _creates(room: int, desk: Desk, held_back: Stops, now: datetime) -> Claimed:
    """Local campaigns before roll-outs, the soonest first, none that is stopped or late."""
    rows = _due(now).filter(state=State.PENDING, planned_at__gte=now - LATE)
    if held_back:
        stopped = Dispatch.objects.filter(held_back.rows(), state=State.PENDING)
        rows = rows.exclude(pk__in=stopped.values("pk"))
    found = _held(rows.order_by("priority", "planned_at", "pk"), room)
    send_ids.allot(found, campaign_id=desk.workspace.campaign_id)
    known = [each for each in found if each.send_id is None or each.send_id.is_known_to_braze]
    ready, window = _permitted(known, desk.workspace, Purpose.SEND)
    _fence(ready, now, max(LEAD, desk.habits.lead))
    contents = _contents([each.message_id for each in ready])
    jobs = [
        Job(dispatch, attempt, paths.CREATE, window, contents[dispatch.message_id])
        for dispatch, attempt in attempts.begin(ready, _create)
    ]
    return Claimed(
        jobs, _to_ask(each for each in found if each.send_id and not each.send_id.is_known_to_braze)
    )


def _create(_dispatch: Dispatch) -> str:
    return paths.CREATE


def _permitted(found: list[Dispatch], workspace: Workspace, purpose: Purpose) -> tuple[list[Dispatch], int]:
    """As many as the governor gives leave for now; the rest is unlocked again when the transaction ends."""
    if not found:
        return [], 0
    permit = governor.take(workspace.pk, paths.CREATE, len(found), purpose)
    return found[: permit.count], permit.window


def _due(now: datetime) -> QuerySet[Dispatch]:
    rows: QuerySet[Dispatch] = Dispatch.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(free(now), not_before__lte=now)


def _held(rows: QuerySet[Dispatch], limit: int) -> list[Dispatch]:
    """Without the contents, which weigh a hundred times the rest: those are read once there is leave for a call."""
    if limit <= 0:
        return []
    rows = rows.select_related("message", "next_message", "send_id")
    return list(rows.defer("message__content", "next_message__content")[:limit])


def _contents(messages: list[int]) -> dict[int, str]:
    """As text: the request is made from it without a detour over Python's objects."""
    if not messages:
        return {}
    rows = SealedMessage.objects.filter(pk__in=messages)
    return dict(rows.values_list("pk", Cast("content", TextField())))


def _lease(found: list[Dispatch], now: datetime) -> None:
    if not found:
        return
    token, until = uuid.uuid4(), now + LEASE
    for dispatch in found:
        dispatch.lease_token, dispatch.lease_until = token, until
    Dispatch.objects.filter(pk__in=[each.pk for each in found]).update(lease_token=token, lease_until=until)


def _fence(ready: list[Dispatch], now: datetime, lead: timedelta) -> None:
    """Planned and late are told apart here, and only here, so that Braze is never given a time in the past."""
    if not ready:
        return
    token, until, soonest = uuid.uuid4(), now + LEASE, now + lead
    for dispatch in ready:
        dispatch.state, dispatch.lease_token, dispatch.lease_until = State.CALLING, token, until
        dispatch.booked_for = max(dispatch.planned_at, soonest)
    Dispatch.objects.filter(pk__in=[each.pk for each in ready]).update(
        state=State.CALLING,
        lease_token=token,
        lease_until=until,
        booked_for=Greatest("planned_at", Value(soonest)),
    )


def _to_ask(waiting: Iterable[Dispatch]) -> list[tuple[SendId, Dispatch]]:
    """Each unknown send id once, with a dispatch in whose trace the call is written."""
    first: dict[int, tuple[SendId, Dispatch]] = {}
    for dispatch in waiting:
        if dispatch.send_id is not None:
            first.setdefault(dispatch.send_id.pk, (dispatch.send_id, dispatch))
    return list(first.values())
