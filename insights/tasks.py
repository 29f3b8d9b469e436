"""Celery's doors: one call each."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from branding.scope import across_brands
from insights import services


@shared_task
def poll_due() -> None:
    """Find the sends whose numbers are due and ask for each."""
    with across_brands("numbers due"):
        found = services.due(timezone.now())
    for brand_id, send_id in found:
        poll.delay(brand_id, send_id)


@shared_task
def poll(brand_id: int, send_id: int) -> None:
    """Fetch the numbers of one send id. Running twice fetches once."""
    services.poll(brand_id, send_id)
