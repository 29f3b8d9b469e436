"""Scheduled messages: scheduled, then sending, then sent; or cancelled."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

from braze_sandbox.answers import Refused
from braze_sandbox.calls import Call, Calls
from braze_sandbox.choices import Choices
from braze_sandbox.clock import absolute, read_time
from braze_sandbox.database import Database, Row, pack, unpack

#: Local times reach the first clock on earth 14 hours before UTC does, and the last one 12 hours after.
FIRST_ZONE, LAST_ZONE = 14 * 3600.0, 12 * 3600.0

#: The part of the recipients that a change still reaches which comes at the last moment.
LATE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Due:
    """When a message goes out: from ``first`` on, for local times until ``last`` (else None)."""

    first: float
    last: float | None = None


def read_schedule(schedule: object, choices: Choices, now: float) -> Due:
    """The schedule object (https://www.braze.com/docs/api/objects_filters/schedule_object). Raises Refused."""
    if not isinstance(schedule, dict):
        raise Refused("Bad Request: a schedule with a time is required")
    when = read_time(schedule.get("time"))
    if when is None:
        raise Refused("Bad Request: cannot parse the send_at datetime")
    if schedule.get("in_local_time") is True or schedule.get("at_optimal_time") is True:
        return _local(schedule, when, choices, now)
    at = absolute(when)
    if at < now and choices.past_time == "refuse":
        raise Refused("Bad Request: the send time has already passed")
    return Due(max(at, now))


def _local(schedule: dict[str, Any], when: datetime, choices: Choices, now: float) -> Due:
    if when.tzinfo is not None:
        raise Refused("Bad Request: a time with in_local_time or at_optimal_time has no zone")
    wall = local_wall(schedule, when).replace(tzinfo=UTC).timestamp()
    if wall + (LAST_ZONE if choices.local_time_passed == "all_zones" else 0) < now:
        raise Refused("Bad Request: in_local_time is true but the time has passed")
    return Due(max(wall - FIRST_ZONE, now), wall + LAST_ZONE)


def local_wall(schedule: dict[str, Any], when: datetime) -> datetime:
    """What each user's own clock shows when the message comes; the optimal time is noon for everybody here."""
    return datetime.combine(when.date(), time(12)) if schedule.get("at_optimal_time") is True else when


class Schedules:
    """The rows of what is to be sent."""

    def __init__(self, database: Database, calls: Calls) -> None:
        self._database, self._calls = database, calls

    def create(self, call: Call, body: dict[str, Any], due: Due, variation: str) -> tuple[str, str]:
        """Book a checked message; its schedule id and dispatch id."""
        schedule_id, dispatch_id = str(uuid4()), uuid4().hex
        self._database.run(
            "INSERT INTO schedules (id, dispatch_id, workspace, state, due, until, created, call, campaign, send_id,"
            " variation, broadcast) VALUES (?, ?, ?, 'scheduled', ?, ?, ?, ?, ?, ?, ?, ?)",
            *(schedule_id, dispatch_id, call.workspace, due.first, due.last, call.at, call.number),
            *(body.get("campaign_id"), body.get("send_id"), variation, body.get("broadcast") is True),
        )
        return schedule_id, dispatch_id

    def find(self, workspace: str, schedule_id: object) -> Row | None:
        return self._database.row(
            "SELECT * FROM schedules WHERE id = ? AND workspace = ?", str(schedule_id), workspace
        )

    def content(self, row: Row) -> dict[str, Any]:
        """The body of the create call, with later updates in it."""
        data = unpack(row["content"]) if row["content"] else self._calls.body(row["call"])
        content: dict[str, Any] = json.loads(data)
        return content

    def messages_of(self, row: Row, content: dict[str, Any]) -> Callable[[int], dict[str, Any]]:
        """Which messages a profile gets, by its number: a late change reaches only a part of the recipients."""
        messages: dict[str, Any] = content["messages"]
        if not row["late"]:
            return lambda _profile: messages
        late: dict[str, Any] = json.loads(unpack(row["late"]))
        return lambda profile: late if among_first(row, profile, LATE_SHARE) else messages

    def amend(self, row: Row, content: dict[str, Any], due: Due, variation: str) -> None:
        self._database.run(
            "UPDATE schedules SET content = ?, due = ?, until = ?, variation = ? WHERE number = ?",
            *(pack(json.dumps(content).encode()), due.first, due.last, variation, row["number"]),
        )

    def amend_late(self, row: Row, messages: dict[str, Any]) -> None:
        """Too late for some, see ``messages_of``."""
        self._database.run(
            "UPDATE schedules SET late = ? WHERE number = ?",
            pack(json.dumps(messages).encode()),
            row["number"],
        )

    def cancel(self, row: Row) -> None:
        self._database.run("UPDATE schedules SET state = 'cancelled' WHERE number = ?", row["number"])

    def cancel_late(self, row: Row) -> None:
        """Too late for some: only a part of the recipients is spared."""
        self._database.run("UPDATE schedules SET share = ? WHERE number = ?", 1 - LATE_SHARE, row["number"])

    def take_due(self, now: float) -> Row | None:
        """The next message whose time has come, now in state sending."""
        with self._database:
            row = self._database.row(
                "SELECT * FROM schedules WHERE state IN ('scheduled', 'sending') AND due <= ? ORDER BY due LIMIT 1",
                now,
            )
            if row:
                self._database.run("UPDATE schedules SET state = 'sending' WHERE number = ?", row["number"])
            return row

    def wait(self, row: Row, handled: float, until: float) -> None:
        """Clocks up to ``handled`` are served; come back at ``until`` for those that have yet to show the time."""
        self._database.run(
            "UPDATE schedules SET due = ?, handled = ? WHERE number = ?", until, handled, row["number"]
        )

    def count(self, row: Row, delivered: int, dropped: int, *, sent: float | None) -> None:
        """Add to a message's totals; with ``sent`` it is over."""
        self._database.run(
            "UPDATE schedules SET delivered = delivered + ?, dropped = dropped + ?,"
            " sent = coalesce(?, sent), state = iif(? IS NULL, state, 'sent') WHERE number = ?",
            *(delivered, dropped, sent, sent, row["number"]),
        )


def among_first(row: Row, profile: int, share: float) -> bool:
    """Whether this one is in that share of the recipients; the same answer each time."""
    return zlib.crc32(f"{row['id']}:{profile}".encode()) < share * 2**32
