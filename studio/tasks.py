"""Celery's doors: one call each. Every task may run twice."""

from __future__ import annotations

from celery import shared_task

from accounts.models import User
from branding.scope import current_brand_id
from library.models import Template
from studio.merging import running
from studio.models import MergeRun


def ask(template: Template, *, scheduled: str, because: str, by: User) -> MergeRun:
    """Have a template merged, and nudge a worker once the transaction is through. A lost nudge is found by the sweep."""
    run = running.start(template, scheduled=scheduled, because=because, by=by)
    advance_merge.delay_on_commit(current_brand_id(), run.pk)  # type: ignore[attr-defined]  # celery.Nudge
    return run


@shared_task
def advance_merge(brand_id: int, run_id: int) -> None:
    """Work on a merge for a while, then go to the end of the queue."""
    if running.advance(brand_id, run_id):
        advance_merge.delay(brand_id, run_id)


@shared_task
def sweep_merges() -> None:
    """Go on with merges that wait for Braze, or whose worker has died."""
    for brand_id, run_id in running.due():
        advance_merge.delay(brand_id, run_id)
