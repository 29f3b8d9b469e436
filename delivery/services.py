"""What the apps above can ask of delivery: promise a hand-over, take it back, settle what nobody knows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from delivery import states
from delivery.errors import DeliveryError
from delivery.message import Sealed
from delivery.models import Dispatch, SealedMessage
from groups.models import Group

State = Dispatch.State


@transaction.atomic
def promise(sealed: Sealed, *, group: Group, label: str, planned_at: datetime) -> Dispatch:
    """Seal the message and promise to hand it over. The Celery message after commit is only a nudge."""
    from delivery import tasks

    message = SealedMessage.objects.create(content=sealed.model_dump(), content_hash=sealed.fingerprint())
    dispatch = Dispatch.objects.create(
        group=group,
        label=label[:200],
        message=message,
        variation_id=sealed.variation_id,
        variation_name=sealed.variation_name,
        planned_at=planned_at,
        nudged_at=timezone.now(),
    )
    tasks.nudge(dispatch)
    return dispatch


@transaction.atomic
def cancel(dispatch: Dispatch) -> str:
    """Take the promise back. Returns the state it is in now: cancelled at once, or cancelling until Braze agrees.

    A hand-over that is under way cannot be stopped; it is cancelled as soon as Braze has answered.
    """
    from delivery import tasks

    if states.move(dispatch, State.PENDING, State.CANCELLED, settled_at=timezone.now()):
        return State.CANCELLED
    if states.move(
        dispatch, State.SCHEDULED, State.CANCELLING, not_before=timezone.now(), cancel_wanted=True
    ):
        tasks.nudge(dispatch)
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
    return states.move(dispatch, State.UNKNOWN, after, settled_at=timezone.now(), outcome=because[:500])


def awaiting_numbers(send_id_pk: int) -> list[Dispatch]:
    """The dispatches whose numbers come under this send id."""
    rows = Dispatch.objects.filter(send_id_id=send_id_pk)
    return list(rows.filter(Q(state__in=[State.SCHEDULED, State.DONE, State.UNKNOWN])))
