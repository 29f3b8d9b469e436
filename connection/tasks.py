from __future__ import annotations

from celery import shared_task

from connection import notices


@shared_task
def tell(brand_id: int) -> None:
    """Mail the brand's admins what turned in their connection."""
    notices.tell(brand_id)


@shared_task
def tell_due() -> None:
    """Brands whose admins do not know yet of a turn."""
    for brand_id in notices.untold():
        tell.delay(brand_id)
