"""Where the dispatches of one brand are worked on."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from branding.scope import brand_scope
from braze_client import Braze
from workspace.governor import Purpose
from workspace.habits import Habits, habits_of
from workspace.models import Workspace
from workspace.services import braze_for, connected


@dataclass(frozen=True)
class Desk:
    """A brand, its workspace, and a client that takes no permits of its own."""

    brand_id: int
    workspace: Workspace
    braze: Braze
    habits: Habits = field(default_factory=Habits)

    def scope(self) -> AbstractContextManager[None]:
        return brand_scope(self.brand_id)


def desk_of(brand_id: int) -> Desk:
    """Raises NotConnected."""
    with brand_scope(brand_id):
        workspace = connected()
        return Desk(brand_id, workspace, braze_for(workspace, Purpose.SEND), habits_of(workspace))
