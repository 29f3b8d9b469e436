"""Celery's doors: one call each. Every task may run twice."""

from __future__ import annotations

import logging

from celery import shared_task

from branding.scope import across_brands, brand_scope
from delivery import lane, nudges, sweeping

logger = logging.getLogger("smartersends.delivery")


@shared_task
def deliver(brand_id: int, helper: int = 0) -> None:
    """Work off what is due of one brand for a while, then go to the end of the queue. Helpers do the same beside it."""
    nudges.taken_up(brand_id, helper)
    left = lane.work(brand_id)
    if left.more:
        nudges.give(brand_id, helper)
    if left.needs_help and helper < lane.HELPERS:
        nudges.give(brand_id, helper + 1)


@shared_task
def sweep() -> None:
    """Settle what the clock decides, take back what is stopped, and nudge where promises wait."""
    with across_brands("sweep dispatches"):
        overdue = sweeping.brands_overdue()
    for brand_id in overdue:
        try:
            with brand_scope(brand_id):
                sweeping.settle()
        except Exception:
            logger.exception("brand %s could not be swept", brand_id)  # the next one is not to wait for it
    with across_brands("nudge dispatches"):
        due = sweeping.brands_due()
    for brand_id in due:
        nudges.give(brand_id)
