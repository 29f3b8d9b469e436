"""Celery's doors: one call each. Every task may run twice."""

from __future__ import annotations

import logging
from functools import partial

from celery import shared_task

from branding.scope import across_brands, brand_scope
from delivery import lane, nudges, sweeping

logger = logging.getLogger("smartersends.delivery")


@shared_task
def deliver(brand_id: int, helper: int = 0) -> None:
    """Work off what is due of one brand for a while, then go to the end of the queue. Helpers do the same beside it."""
    nudges.taken_up(brand_id, helper)
    more_hands = partial(nudges.give, brand_id, helper + 1)
    if lane.work(brand_id, call_help=more_hands if helper < lane.HELPERS else _alone):
        nudges.give(brand_id, helper)


def _alone() -> None:
    """There are helpers enough."""


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
