"""Asking Braze for a send id. Nothing is sent by it, so a lost answer does no harm: it is asked for again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from braze_client import BrazeError, NotReached, RateLimited, Refused
from delivery import aftermath, attempts, paths, send_ids
from delivery.attempts import End
from delivery.desk import Desk
from delivery.models import Attempt, Dispatch, SendId
from delivery.records import KEY_TROUBLE
from workspace import governor
from workspace.governor import Purpose

State = Dispatch.State

#: Nobody waits longer than this for tomorrow's send ids: the campaign goes without one instead.
PATIENCE = timedelta(hours=1)
#: A campaign that waits for a send id still has this long to be handed over.
IN_TIME = timedelta(minutes=5)
AGAIN = timedelta(seconds=5)


def ask(desk: Desk, send_id: SendId, dispatch: Dispatch) -> bool:
    """Make it known to Braze. True: those who waited for it can go on, with it or without. Raises GovernorAway."""
    with desk.scope():
        if not send_ids.is_mine_to_ask(send_id):
            return False
        tried_before = send_id.is_doubtful or (dispatch.pk, paths.SEND_ID) in attempts.left_open([dispatch])
        [(_dispatch, attempt)] = attempts.begin([dispatch], lambda _dispatch: paths.SEND_ID)
    permit = governor.take(desk.workspace.pk, paths.SEND_ID, 1, Purpose.TAKE_BACK)
    if not permit.count:
        return _used_up(desk, send_id, attempt, timezone.now() + timedelta(seconds=permit.wait))
    try:
        answer = desk.braze.create_send_id(send_id.campaign_id, send_id.value)
    except BrazeError as error:
        _observe(desk, permit.window, error)
        with desk.scope():
            attempts.end([attempts.ended_with(attempt, error)])
            return _without_answer(desk, send_id, error, tried_before=tried_before)
    governor.observe(
        desk.workspace.pk, paths.SEND_ID, permit.window, answered=1, allowance=answer.call.allowance
    )
    with desk.scope():
        attempts.end([End(attempt, Attempt.Outcome.ACCEPTED, answer.call)])
        send_ids.ended(send_id, is_known_to_braze=True)
    return True


def _observe(desk: Desk, window: int, error: BrazeError) -> None:
    governor.observe(desk.workspace.pk, paths.SEND_ID, window, answered=1, allowance=error.call.allowance)
    if isinstance(error, RateLimited):
        governor.close(desk.workspace.pk, paths.SEND_ID, error.until)


def _used_up(desk: Desk, send_id: SendId, attempt: Attempt, until: datetime) -> bool:
    words = _("Not asked: the send ids of the day are used up.")
    with desk.scope():
        attempts.end([End(attempt, Attempt.Outcome.WAIT, words=words)])
        return _wait_or_go_without(send_id, until)


def _without_answer(desk: Desk, send_id: SendId, error: BrazeError, *, tried_before: bool) -> bool:
    if isinstance(error, KEY_TROUBLE):
        aftermath.key_trouble(desk, error)
        send_ids.ended(send_id)
        return False
    if isinstance(error, RateLimited):
        return _wait_or_go_without(send_id, error.until)
    if isinstance(error, Refused):
        # An earlier call did make it, where it cannot be made twice.
        is_there = tried_before and not desk.habits.makes_send_ids_twice
        send_ids.ended(send_id, is_known_to_braze=is_there)
        if not is_there:
            send_ids.go_without(send_id)
        return True
    _wait(send_id, timezone.now() + AGAIN, _("Braze cannot be reached; trying again."))
    send_ids.ended(send_id, is_doubtful=not isinstance(error, NotReached) or send_id.is_doubtful)
    return False


def _wait_or_go_without(send_id: SendId, until: datetime) -> bool:
    """A short wait, for those whose time allows it, is worth separate numbers; a long one is not."""
    send_ids.ended(send_id)
    if until - timezone.now() <= PATIENCE:
        _wait(send_id, until, _("Braze gives new send ids shortly."), planned_at__gt=until + IN_TIME)
    waiting = Dispatch.objects.filter(send_id=send_id, state=State.PENDING, not_before__gte=until)
    send_ids.go_without(send_id, besides=waiting)
    return True


def _wait(send_id: SendId, until: datetime, because: str, **who: datetime) -> None:
    rows = Dispatch.objects.filter(send_id=send_id, state=State.PENDING, **who)
    rows.update(not_before=until, waits_because=because[:300])
