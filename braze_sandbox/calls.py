"""The ledger: every call that reached an endpoint, what it carried and what was answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from braze_sandbox.clock import iso
from braze_sandbox.database import Database, Row, pack, unpack

_COLUMNS = (
    "number, at, workspace, key_name, method, path, query, status, accepted, fault, request_id, body, answer"
)


@dataclass(slots=True)
class Call:
    """One call while it is being answered. ``number`` is its row in the ledger once it has one."""

    at: float
    method: str
    path: str
    query: str
    request_id: str
    workspace: str = ""
    key_name: str = ""
    body: bytes = b""
    status: int = 0
    accepted: bool = False
    fault: str = ""
    answer: bytes = b""
    number: int = 0
    #: What stands in the braces of the endpoint's path.
    parts: dict[str, str] = field(default_factory=dict)


class Calls:
    """Writes and reads the ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, call: Call) -> None:
        """Mark ``call`` as accepted and give it the number its effects refer to, inside their transaction."""
        call.accepted = True
        call.number = self._database.number("SELECT max(number) FROM calls") + 1

    def write(self, call: Call) -> None:
        """Enter ``call``; one that was refused after all counts as not accepted."""
        accepted = call.accepted and call.status < 400  # noqa: PLR2004 - HTTP's own line
        self._database.run(
            f"INSERT INTO calls ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
            *(
                call.number if accepted else None,
                call.at,
                call.workspace,
                call.key_name,
                call.method,
                call.path,
            ),
            *(
                call.query,
                call.status,
                accepted,
                call.fault,
                call.request_id,
                pack(call.body),
                pack(call.answer),
            ),
        )

    def body(self, number: int) -> bytes:
        """What a call carried, as it was received."""
        row = self._database.row("SELECT body FROM calls WHERE number = ?", number)
        return unpack(row["body"]) if row else b""

    def one(self, number: int) -> dict[str, Any] | None:
        row = self._database.row("SELECT * FROM calls WHERE number = ?", number)
        return _as_json(row) if row else None

    def page(self, *, path: str, accepted: bool, after: int, limit: int) -> list[dict[str, Any]]:
        """Calls in the order they came, from the one behind ``after``."""
        rows = self._database.rows(
            "SELECT * FROM calls WHERE number > ? AND (? = '' OR path = ?) AND accepted >= ? ORDER BY number LIMIT ?",
            *(after, path, path, int(accepted), limit),
        )
        return [_as_json(row) for row in rows]

    def newest(self, *, before: int, limit: int) -> list[Row]:
        """The newest calls first, without what they carried."""
        return self._database.rows(
            "SELECT number, at, workspace, key_name, method, path, status, accepted, fault, length(body) AS size"
            " FROM calls WHERE number < ? ORDER BY number DESC LIMIT ?",
            *(before, limit),
        )


def _as_json(row: Row) -> dict[str, Any]:
    plain = {name: row[name] for name in row.keys() if name not in ("body", "answer", "at")}  # noqa: SIM118 - a Row
    body, answer = unpack(row["body"]), unpack(row["answer"])
    told = {"time": iso(row["at"]), "accepted": bool(row["accepted"])}
    return plain | told | {"body": _parsed(body), "answer": _parsed(answer)}


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data) if data else None
    except ValueError:
        return data.decode(errors="replace")
