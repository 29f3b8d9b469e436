"""Changes of profiles that were accepted and cannot be seen yet: at Braze reading lags behind writing."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from braze_sandbox.database import Database


@dataclass(frozen=True, slots=True)
class Change:
    """Attribute objects that were posted at ``at``."""

    workspace: str
    objects: list[dict[str, Any]]
    at: float


class Waiting:
    def __init__(self, database: Database) -> None:
        self._database = database
        self.load()

    def load(self) -> None:
        row = self._database.row("SELECT min(due) FROM waiting")
        self._first = math.inf if row is None or row[0] is None else float(row[0])

    def add(self, change: Change, due: float) -> None:
        with self._database.lock:
            self._database.run(
                "INSERT INTO waiting (due, workspace, at, objects) VALUES (?, ?, ?, ?)",
                *(due, change.workspace, change.at, json.dumps(change.objects)),
            )
            self._first = min(self._first, due)

    def any(self, now: float) -> bool:
        """Whether something can be seen by ``now`` that is not seen yet."""
        return self._first <= now

    def take(self, now: float) -> list[Change]:
        """What can be seen by ``now``, in the order it was posted; it waits no longer."""
        with self._database:
            rows = self._database.rows("SELECT * FROM waiting WHERE due <= ? ORDER BY number", now)
            self._database.run("DELETE FROM waiting WHERE due <= ?", now)
            self.load()
        return [Change(row["workspace"], json.loads(row["objects"]), row["at"]) for row in rows]
