"""Celery's doors: one call each."""

from __future__ import annotations

from celery import shared_task

from branding.scope import across_brands, brand_scope
from campaigns.services.follow import behind, follow


@shared_task
def follow_dispatches() -> None:
    """Bring campaigns to where their dispatches have gone."""
    with across_brands("follow dispatches"):
        ended = behind()
    for brand_id, campaign_id in ended:
        with brand_scope(brand_id):
            follow(campaign_id)
