"""Celery's doors: one call each. Every task may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from branding.scope import across_brands, brand_scope
from delivery import handover
from delivery.models import Dispatch


@shared_task
def hand_over(brand_id: int, dispatch_id: int) -> None:
    """Hand one dispatch to Braze, or take it back. Only the run that claims it acts."""
    handover.hand_over(brand_id, dispatch_id)


def nudge(dispatch: Dispatch) -> None:
    """Ask for a hand-over once the transaction is through. It may get lost: the sweep finds the row anyway."""
    hand_over.delay_on_commit(dispatch.brand_id, dispatch.pk)  # type: ignore[attr-defined]  # celery.Nudge


@shared_task
def sweep() -> None:
    """Nudge the promises nobody keeps, and settle what the clock decides."""
    now = timezone.now()
    with across_brands("sweep dispatches"):
        overdue, due = handover.overdue(now), handover.due(now)
    for brand_id, dispatch_id in overdue:
        with brand_scope(brand_id):
            handover.settle_overdue(dispatch_id)
    for brand_id, dispatch_id in due:
        hand_over.delay(brand_id, dispatch_id)
