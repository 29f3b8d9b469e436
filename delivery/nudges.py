"""Asking for work on what is due. A nudge may get lost: the rows are the promise, and the sweep finds them."""

from __future__ import annotations

from typing import Final

from celery import current_app
from django.core.cache import cache
from django.db import transaction

#: By name, since the task works with modules that nudge.
DELIVER: Final = "delivery.tasks.deliver"
#: A nudge that got lost blocks others no longer than this; the sweep is quicker anyway.
SECONDS: Final = 15


def nudge(brand_id: int | None) -> None:
    """Ask for a hand-over once the transaction is through."""
    if brand_id is not None:
        # A function of its own: Django names it where it logs that it failed, and a partial has no name.
        transaction.on_commit(lambda: give(brand_id), robust=True)


def give(brand_id: int, helper: int = 0) -> None:
    """One nudge for all that is due: a second one before the first is taken up says nothing new."""
    if cache.add(_mark(brand_id, helper), 1, timeout=SECONDS):
        current_app.tasks[DELIVER].delay(brand_id, helper)


def taken_up(brand_id: int, helper: int) -> None:
    """From here on a nudge says something new again."""
    cache.delete(_mark(brand_id, helper))


def _mark(brand_id: int, helper: int) -> str:
    return f"nudged:{brand_id}:{helper}"
