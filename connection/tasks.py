"""Celery's doors: one call each. Every task may run twice."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from accounts.models import User
from audiences import reading
from audiences.models import Reading
from audiences.syncing import read_segments
from branding.scope import across_brands, brand_scope, current_brand_id
from connection import notices
from connection.discovering import read_attributes
from connection.variations import read_variations

READERS = {
    Reading.What.SEGMENTS: read_segments,
    Reading.What.VARIATIONS: read_variations,
    Reading.What.ATTRIBUTES: read_attributes,
}


@shared_task
def read(brand_id: int, what: str) -> None:
    """Read one kind of thing from Braze. Only the run that claims it reads."""
    reading.run(brand_id, what, READERS[Reading.What(what)])


def ask(what: str, *, by: User, sample: list[str] | None = None) -> Reading:
    """Have it read, and nudge a worker once the transaction is through. A lost nudge is found by the sweep."""
    asked = reading.ask(what, by=by, sample=sample or [])
    read.delay_on_commit(current_brand_id(), what)  # type: ignore[attr-defined]  # celery.Nudge
    return asked


@shared_task
def read_due() -> None:
    """Go on with readings that wait or were interrupted."""
    with across_brands("readings due"):
        due = list(Reading.objects.due(timezone.now()).values_list("brand_id", "what"))
    for brand_id, what in due:
        read.delay(brand_id, what)


@shared_task
def refresh_segments() -> None:
    """Once a day for each brand that is connected: sizes change, and segments come and go."""
    with across_brands("brands whose segments were last read yesterday"):
        stale = reading.stale_brands(Reading.What.SEGMENTS, timezone.now() - timedelta(days=1))
    for brand_id in stale:
        with brand_scope(brand_id):
            reading.ask(Reading.What.SEGMENTS, by=None)
        read.delay(brand_id, Reading.What.SEGMENTS)


@shared_task
def tell(brand_id: int) -> None:
    """Mail the brand's admins what turned in their connection."""
    notices.tell(brand_id)


@shared_task
def tell_due() -> None:
    """Brands whose admins do not know yet of a turn."""
    for brand_id in notices.untold():
        tell.delay(brand_id)
