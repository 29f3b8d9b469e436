"""How this brand's Braze behaves where its documentation is silent: what was learned, else the strictest reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from workspace.models import BrazeAnswer, Workspace


@dataclass(frozen=True)
class Habits:
    """Answers of `workspace.questions`, as the hand-over asks for them."""

    lead: timedelta = timedelta(0)
    """The shortest notice Braze takes."""
    horizon: timedelta | None = None
    """How far ahead Braze takes a schedule; None while nobody knows a limit."""
    updates: bool = True
    """Whether a live schedule can be changed."""
    makes_send_ids_twice: bool = False
    """Whether an existing send id is accepted again: then a refusal never means that it is there."""
    deletes_twice: bool = False
    """Whether a deleted schedule may be deleted again: then a refusal never means that it is gone."""


def habits_of(workspace: Workspace) -> Habits:
    """In the scope of the workspace's brand."""
    said = dict(BrazeAnswer.objects.filter(workspace=workspace).values_list("question", "answer"))
    horizon = said.get("furthest_horizon")
    return Habits(
        lead=timedelta(seconds=int(said.get("smallest_lead", 0))),
        horizon=timedelta(days=int(horizon)) if horizon else None,
        updates=said.get("update_of_live") != "refused",
        makes_send_ids_twice=said.get("repeated_send_id") == "accepted",
        deletes_twice=said.get("delete_of_deleted") == "accepted",
    )
