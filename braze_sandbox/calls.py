"""The ledger: every call that reached an endpoint, what it carried and what was answered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from braze_sandbox.bodies import Bodies
from braze_sandbox.clock import iso
from braze_sandbox.database import Database, Row, pack, unpack

_COLUMNS = (
    "number", "at", "workspace", "key_name", "method", "path", "query", "status", "accepted", "fault", "request_id",
    "digest", "campaign", "send_id", "variation", "schedule", "body_at", "body_size", "answer",
)  # fmt: skip
_INSERT = f"INSERT INTO calls ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - constants
#: What a call is about stands in it, or in the schedule it changes.
_SHORT = (
    "SELECT c.number, c.at, c.workspace, c.key_name, c.method, c.path, c.query, c.status, c.accepted, c.fault,"
    " c.request_id, c.digest, c.body_size AS size, c.schedule AS schedule_id, coalesce(c.campaign, s.campaign) AS campaign,"
    " coalesce(c.send_id, s.send_id) AS send_id, coalesce(c.variation, s.variation) AS variation"
    " FROM calls c LEFT JOIN schedules s ON s.id = c.schedule"
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
    campaign: str | None = None
    send_id: str | None = None
    variation: str | None = None
    schedule: str | None = None
    #: What stands in the braces of the endpoint's path.
    parts: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class Calls:
    """Writes and reads the ledger."""

    def __init__(self, database: Database, bodies: Bodies) -> None:
        self._database, self._bodies = database, bodies
        self._last = database.number("SELECT max(number) FROM calls")

    def accept(self, call: Call) -> None:
        """Mark ``call`` as accepted and give it the number its effects refer to, inside their transaction."""
        call.accepted = True
        self._last += 1
        call.number = self._last

    def write(self, call: Call) -> None:
        """Enter ``call``; one that was refused after all counts as not accepted."""
        accepted = call.accepted and call.status < 400  # noqa: PLR2004 - HTTP's own line
        body_at = self._bodies.add(call.body) if call.body else None
        digest = hashlib.sha256(call.body).hexdigest() if call.body else ""
        with self._database.lock:
            if not accepted:  # behind all that were entered meanwhile
                self._last += 1
                call.number = self._last
            self._database.run(
                _INSERT,
                *(call.number, call.at, call.workspace, call.key_name, call.method, call.path, call.query),
                *(call.status, accepted, call.fault, call.request_id, digest),
                *(call.campaign, call.send_id, call.variation, call.schedule),
                *(body_at, len(call.body), pack(call.answer)),
            )

    def reset(self) -> None:
        self._last = 0

    def body(self, number: int) -> bytes:
        """What a call carried, as it was received."""
        row = self._database.row("SELECT body_at, body_size, body FROM calls WHERE number = ?", number)
        return self._carried(row) if row else b""

    def _carried(self, row: Row) -> bytes:
        if row["body_at"] is None:
            return unpack(row["body"])  # as earlier versions kept it
        return self._bodies.read(row["body_at"], row["body_size"])

    def one(self, number: int) -> dict[str, Any] | None:
        row = self._database.row(f"{_SHORT} WHERE c.number = ?", number)
        return self._whole(row) if row else None

    def page(
        self, *, path: str, accepted: bool, after: int, limit: int, bodies: bool = True
    ) -> list[dict[str, Any]]:
        """Calls in the order they came, from the one behind ``after``."""
        wanted = "c.number > ? AND c.accepted >= ?" + (" AND c.path = ?" if path else "")
        values = (after, int(accepted), *([path] if path else []))
        rows = self._database.rows(f"{_SHORT} WHERE {wanted} ORDER BY c.number LIMIT ?", *values, limit)
        return [self._whole(row) if bodies else _short(row) for row in rows]

    def _whole(self, row: Row) -> dict[str, Any]:
        kept = self._database.row(
            "SELECT body_at, body_size, body, answer FROM calls WHERE number = ?", row["number"]
        )
        if kept is None:
            return _short(row)
        return _short(row) | {"body": _parsed(self._carried(kept)), "answer": _parsed(unpack(kept["answer"]))}

    def totals(self) -> list[dict[str, Any]]:
        """How many calls each path answered with each status, faults apart."""
        rows = self._database.rows(
            "SELECT workspace, path, status, fault, accepted, count(*) AS calls FROM calls"
            " GROUP BY workspace, path, status, fault, accepted ORDER BY workspace, path, status"
        )
        return [{**_plain(row), "accepted": bool(row["accepted"])} for row in rows]

    def newest(self, *, before: int, limit: int, accepted: bool = False) -> list[dict[str, Any]]:
        """The newest calls first, without what they carried."""
        rows = self._database.rows(
            f"{_SHORT} WHERE c.number < ? AND c.accepted >= ? ORDER BY c.number DESC LIMIT ?",
            before,
            int(accepted),
            limit,
        )
        return [_plain(row) for row in rows]


def about(call: Call, sent: dict[str, Any], answered: dict[str, Any]) -> None:
    """Note on ``call`` what it is about, for the ledger."""
    call.campaign, call.send_id = (
        _text(sent, "campaign_id"),
        _text(sent, "send_id") or _text(answered, "send_id"),
    )
    call.schedule = _text(answered, "schedule_id") or _text(sent, "schedule_id")
    messages = sent.get("messages")
    for message in messages.values() if isinstance(messages, dict) else []:
        call.variation = call.variation or _text(message, "message_variation_id")


def _text(values: Any, name: str) -> str | None:
    value = values.get(name) if isinstance(values, dict) else None
    return value if isinstance(value, str) else None


def _plain(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row has no items()


def _short(row: Row) -> dict[str, Any]:
    plain = _plain(row)
    return plain | {"time": iso(plain.pop("at")), "accepted": bool(row["accepted"])}


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data) if data else None
    except ValueError:
        return data.decode(errors="replace")
