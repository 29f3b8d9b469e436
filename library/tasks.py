"""Celery's doors: one call each. Every task may run twice."""

from __future__ import annotations

from celery import shared_task

from library.preflight import following


@shared_task
def follow_links(brand_id: int) -> None:
    """Follow links that were asked for, some at a time."""
    if following.follow(brand_id):
        follow_links.delay(brand_id)


@shared_task
def sweep_links() -> None:
    """Links that were asked for and that nobody follows."""
    for brand_id in following.due():
        follow_links.delay(brand_id)
