"""What the apps above can ask of delivery: promise a hand-over, change it, take it back, settle what nobody knows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from delivery.errors import DeliveryError
from delivery.message import Sealed
from delivery.models import Dispatch, SealedMessage
from delivery.nudges import nudge
from delivery.states import move, move_any
from groups.models import Group
from library.models import Template
from workspace.habits import habits_of
from workspace.models import Workspace

State = Dispatch.State
Priority = Dispatch.Priority

#: Braze changes a schedule only with best effort when it is about to be sent. So close to it a change is refused.
FREEZE = timedelta(minutes=2)


@transaction.atomic
def promise(
    sealed: Sealed,
    *,
    group: Group,
    label: str,
    planned_at: datetime,
    template: Template | None = None,
    priority: int = Priority.LOCAL,
) -> Dispatch:
    """Seal the message and promise to hand it over. The Celery message after commit is only a nudge."""
    dispatch = Dispatch.objects.create(
        group=group,
        template=template,
        label=label[:200],
        priority=priority,
        message=_sealed(sealed),
        variation_id=sealed.variation_id,
        variation_name=sealed.variation_name,
        planned_at=planned_at,
    )
    nudge(dispatch.brand_id)
    return dispatch


def _sealed(sealed: Sealed) -> SealedMessage:
    return SealedMessage.objects.create(content=sealed.model_dump(), content_hash=sealed.fingerprint())


@transaction.atomic
def change(dispatch: Dispatch, *, planned_at: datetime | None = None, sealed: Sealed | None = None) -> str:
    """Another time, another mail or another audience for what was promised. Returns the state it is in now.

    Braze changes the time and the content of a schedule; for anything else it is taken back first and handed over
    anew. Until Braze has agreed, what it has stays in force. Raises DeliveryError with what to do instead.
    """
    held = Dispatch.objects.select_for_update(of=("self",)).select_related("message").get(pk=dispatch.pk)
    if sealed is not None and sealed.fingerprint() == held.message.content_hash:
        sealed = None
    if held.state == State.PENDING:
        _replace(held, planned_at, sealed)
    elif held.state == State.SCHEDULED and not held.cancel_wanted:
        _want(held, planned_at, sealed)
    else:
        raise DeliveryError(
            _("It cannot be changed while it is “%(state)s”. Try again in a moment.")
            % {"state": held.get_state_display()}
        )
    nudge(held.brand_id)
    dispatch.refresh_from_db()
    return dispatch.state


def _replace(held: Dispatch, planned_at: datetime | None, sealed: Sealed | None) -> None:
    """Braze does not have it yet."""
    changes: dict[str, Any] = {"not_before": timezone.now(), "waits_because": ""}
    if planned_at is not None:
        changes["planned_at"] = planned_at
    if sealed is not None:
        changes |= {"message": _sealed(sealed), "variation_name": sealed.variation_name}
        if sealed.variation_id != held.variation_id:
            changes |= {"variation_id": sealed.variation_id, "send_id": None, "goes_without_send_id": False}
    Dispatch.objects.filter(pk=held.pk).update(**changes)


def _want(held: Dispatch, planned_at: datetime | None, sealed: Sealed | None) -> None:
    """Braze has it: to be changed there, or taken back and handed over anew."""
    if held.booked_for is not None and held.booked_for - timezone.now() < FREEZE:
        raise DeliveryError(
            _("It goes out in less than two minutes, too late for a change. You can still try to cancel it.")
        )
    if planned_at is None and sealed is None:
        return
    after = State.CHANGING if _can_be_updated(held, sealed) else State.RECALLING
    move(
        held, State.SCHEDULED, after,
        not_before=timezone.now(),
        next_planned_at=planned_at,
        next_message=_sealed(sealed) if sealed else None,
    )  # fmt: skip


def _can_be_updated(held: Dispatch, sealed: Sealed | None) -> bool:
    """https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_update_scheduled_messages"""
    workspace = Workspace.objects.first()
    if workspace is not None and not habits_of(workspace).updates:
        return False
    if sealed is None:
        return True
    now = Sealed.model_validate(held.message.content)
    kept = ("audience", "campaign_id", "variation_id")
    return all(getattr(now, name) == getattr(sealed, name) for name in kept)


@transaction.atomic
def cancel(dispatch: Dispatch) -> str:
    """Take the promise back. Returns the state it is in now: cancelled at once, or cancelling until Braze agrees.

    A hand-over that is under way cannot be stopped; it is cancelled as soon as Braze has answered.
    """
    now = timezone.now()
    if move(dispatch, State.PENDING, State.CANCELLED, settled_at=now):
        return State.CANCELLED
    at_braze = (State.SCHEDULED, State.CHANGING, State.RECALLING)
    if move_any(dispatch, at_braze, State.CANCELLING, not_before=now, cancel_wanted=True):
        nudge(dispatch.brand_id)
        return State.CANCELLING
    if Dispatch.objects.filter(pk=dispatch.pk, state=State.CALLING).update(cancel_wanted=True):
        return State.CANCELLING
    dispatch.refresh_from_db()
    if dispatch.state in {State.CANCELLING, State.CANCELLED}:
        return dispatch.state
    raise DeliveryError(
        _("It is too late to cancel: this campaign is “%(state)s”.") % {"state": dispatch.get_state_display()}
    )


def settle_unknown(dispatch: Dispatch, *, was_sent: bool, because: str) -> bool:
    """End an unknown outcome, by numbers or by a person who has looked it up at Braze."""
    after = State.DONE if was_sent else State.REFUSED
    return move(dispatch, State.UNKNOWN, after, settled_at=timezone.now(), outcome=because[:500])


@transaction.atomic
def try_again(dispatch: Dispatch) -> None:
    """Ops: hand over what was refused once its cause is mended, or what waits for a later try. DeliveryError if not."""
    now = timezone.now()
    if dispatch.planned_at <= now:
        raise DeliveryError(
            _("Its time has passed. Nothing is sent late: its group has to choose a new time.")
        )
    again: dict[str, Any] = {"not_before": now, "waits_because": "", "outcome": "", "settled_at": None}
    waiting = Dispatch.objects.filter(pk=dispatch.pk, state__in=Dispatch.WAITING)
    if not (move(dispatch, State.REFUSED, State.PENDING, **again) or waiting.update(not_before=now)):
        raise DeliveryError(
            _("There is nothing to try again: it is “%(state)s”.") % {"state": dispatch.get_state_display()}
        )
    nudge(dispatch.brand_id)


def awaiting_numbers(send_id_pk: int) -> list[Dispatch]:
    """The dispatches whose numbers come under this send id."""
    started = [State.SCHEDULED, State.CHANGING, State.RECALLING, State.CANCELLING, State.DONE, State.UNKNOWN]
    return list(Dispatch.objects.filter(Q(state__in=started), send_id_id=send_id_pk))
