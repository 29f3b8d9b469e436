"""The one way a dispatch changes state."""

from __future__ import annotations

from typing import Any

from delivery.models import Dispatch


def move(dispatch: Dispatch, before: str, after: str, **changes: Any) -> bool:
    """Move if it is still in `before` (and, given `lease_token`, still ours). False: somebody else was first."""
    if after not in Dispatch.MOVES[before]:
        raise ValueError(f"A dispatch cannot go from {before} to {after}.")
    rows = Dispatch.objects.filter(pk=dispatch.pk, state=before)
    if "held_by" in changes:
        rows = rows.filter(lease_token=changes.pop("held_by"))
    if not rows.update(state=after, **changes):
        return False
    dispatch.refresh_from_db()
    return True
