"""What the clock decides, a statement for all rows of a brand at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from delivery import stops
from delivery.claims import LATE, free
from delivery.models import Dispatch, InstallationStop, Stop
from delivery.states import FREE

State = Dispatch.State


def _died(now: datetime) -> Q:
    """Their run is gone: nobody will record what Braze answered."""
    return Q(state=State.CALLING, lease_until__lt=now)


def _gone(now: datetime) -> Q:
    return Q(state=State.SCHEDULED, booked_for__lte=now)


def _late(now: datetime) -> Q:
    return Q(state=State.PENDING, planned_at__lt=now - LATE)


def _unchanged(now: datetime) -> Q:
    """Braze did not confirm a change before both times were long past."""
    last = timedelta(hours=1)
    return Q(state=State.CHANGING, booked_for__lt=now - last) & (
        Q(next_planned_at__isnull=True) | Q(next_planned_at__lt=now - last)
    )


def brands_overdue() -> list[int]:
    """Brands with rows whose state the clock decides, or with schedules under a stop. Asked across brands."""
    now = timezone.now()
    rows = Dispatch.objects.filter(_died(now) | _gone(now) | _late(now) | _unchanged(now))
    found = set(rows.order_by().values_list("brand_id", flat=True).distinct())
    return sorted(found | _stopped())


def _stopped() -> set[int]:
    if InstallationStop.objects.filter(lifted_at__isnull=True).exists():
        rows = Dispatch.objects.filter(state=State.SCHEDULED)
        return set(rows.order_by().values_list("brand_id", flat=True).distinct())
    own = Stop.objects.filter(lifted_at__isnull=True).order_by()
    return {brand_id for brand_id in own.values_list("brand_id", flat=True) if brand_id is not None}


def brands_due() -> list[int]:
    """Brands in which something waits that nobody works on. Asked across brands."""
    now = timezone.now()
    rows = Dispatch.objects.filter(free(now), state__in=Dispatch.WAITING, not_before__lte=now)
    return list(rows.order_by().values_list("brand_id", flat=True).distinct())


def settle() -> None:
    """All of it for the brand in scope."""
    now = timezone.now()
    stops.take_back()
    # The token stays: an answer that comes after all is still known by it.
    Dispatch.objects.filter(_died(now)).update(
        state=State.UNKNOWN,
        lease_until=None,
        outcome=_(
            "The hand-over broke off. Braze may have taken this campaign; it is not handed over again."
        ),
    )
    Dispatch.objects.filter(_gone(now)).update(state=State.DONE, settled_at=now)
    Dispatch.objects.filter(_late(now), free(now)).update(
        state=State.REFUSED,
        settled_at=now,
        outcome=_("Its time passed while it was waiting. Choose a new time."),
        **FREE,
    )
    Dispatch.objects.filter(_unchanged(now), free(now)).update(
        state=State.DONE,
        settled_at=now,
        booked_for=Greatest(F("booked_for"), F("next_planned_at")),
        outcome=_("It was sent. Braze never confirmed the last change, so it may have gone out without it."),
        **FREE,
    )
