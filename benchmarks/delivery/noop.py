"""What Celery itself costs."""

from __future__ import annotations

from celery import shared_task


@shared_task
def noop() -> None:
    """Nothing."""
