"""What endpoints keep as whole objects: templates, content blocks, preference centres, states of addresses."""

from __future__ import annotations

import json
from typing import Any

from braze_sandbox.database import Database

Object = dict[str, Any]


class Objects:
    """JSON objects by workspace, kind and id, in the order they were made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, workspace: str, kind: str, identity: str, data: Object) -> None:
        """Make or replace one."""
        self._database.run(
            "INSERT INTO objects (workspace, kind, id, data) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (workspace, kind, id) DO UPDATE SET data = excluded.data",
            *(workspace, kind, identity, json.dumps(data)),
        )

    def get(self, workspace: str, kind: str, identity: object) -> Object | None:
        row = self._database.row(
            "SELECT data FROM objects WHERE workspace = ? AND kind = ? AND id = ?",
            *(workspace, kind, str(identity)),
        )
        return json.loads(row["data"]) if row else None

    def all(self, workspace: str, kind: str) -> list[Object]:
        rows = self._database.rows(
            "SELECT data FROM objects WHERE workspace = ? AND kind = ? ORDER BY number", workspace, kind
        )
        return [json.loads(row["data"]) for row in rows]

    def ids(self, kind: str) -> list[tuple[str, str]]:
        """Workspace and id of all of a kind."""
        rows = self._database.rows("SELECT workspace, id FROM objects WHERE kind = ?", kind)
        return [(row["workspace"], row["id"]) for row in rows]

    def remove(self, workspace: str, kind: str, identity: str) -> None:
        self._database.run(
            "DELETE FROM objects WHERE workspace = ? AND kind = ? AND id = ?", workspace, kind, identity
        )
