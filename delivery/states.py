"""The one way a dispatch changes state."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from delivery.models import Dispatch

#: What every row that nobody works on has in common.
FREE: dict[str, Any] = {"lease_token": None, "lease_until": None}


def move(dispatch: Dispatch, before: str, after: str, *, held_by: UUID | None = None, **changes: Any) -> bool:
    """Move if it is still in `before`, and given `held_by` still held by that run. False: somebody else was first."""
    if after not in Dispatch.MOVES[before]:
        raise ValueError(f"A dispatch cannot go from {before} to {after}.")
    rows = Dispatch.objects.filter(pk=dispatch.pk, state=before)
    if held_by is not None:
        rows = rows.filter(lease_token=held_by)
    if not rows.update(state=after, **changes):
        return False
    dispatch.refresh_from_db()
    return True


def move_any(dispatch: Dispatch, before: tuple[str, ...], after: str, **changes: Any) -> bool:
    """As `move`, out of whichever of several states it is in."""
    return any(move(dispatch, each, after, **changes) for each in before)
