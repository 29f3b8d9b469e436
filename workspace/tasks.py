"""Celery's doors: one call each. Every task may run twice."""

from __future__ import annotations

from celery import shared_task

from branding.scope import across_brands
from workspace import checkup


@shared_task
def check(brand_id: int) -> None:
    """Look at a brand's keys. Only the run that claims the check makes it."""
    if checkup.run(brand_id):
        check.delay(brand_id)


@shared_task
def sweep() -> None:
    """Checks that were promised and that nobody makes, and the daily ones."""
    with across_brands("sweep checks of Braze keys"):
        brands = checkup.due()
    for brand_id in brands:
        check.delay(brand_id)
