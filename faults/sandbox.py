"""The sandbox as the run sees it: its control API, and the ledger, which is the only witness."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx2

CREATE, UPDATE, DELETE = (f"/messages/schedule/{verb}" for verb in ("create", "update", "delete"))
_PAGE = 200
#: Braze's best effort: as docs of the delete endpoint say, and the sandbox does by default.
_LATE = timedelta(seconds=3)


@dataclass
class Booking:
    """One schedule that the ledger shows as accepted, and what later calls made of it."""

    schedule_id: str
    subject: str
    made: datetime
    due: datetime
    deleted: datetime | None = None

    @property
    def label(self) -> str:
        """Of the promise that it keeps: the first word of the subject."""
        return self.subject.split()[0]

    @property
    def over(self) -> datetime:
        """Until when it could still bring mail, or did."""
        return self.due if self.deleted is None else self.deleted


@dataclass
class Mail:
    """What one person got."""

    to: str
    subject: str
    store: str
    at: datetime

    @property
    def label(self) -> str:
        return self.subject.split()[0]


@dataclass
class Ledger:
    """All of it, read once a run is over."""

    bookings: list[Booking] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    windows: list[dict[str, Any]] = field(default_factory=list)
    turned_away: int = 0


class Sandbox:
    """Outlasts restarts of the process behind it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx2.Client(base_url=f"{url}/sandbox/", timeout=30, trust_env=False)

    def answers(self) -> bool:
        try:
            return self._http.get("health").is_success
        except httpx2.TransportError:
            return False

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET, or POST of `body`, again while nobody is there."""
        give_up = time.monotonic() + 60
        while True:
            try:
                answer = self._http.get(path) if body is None else self._http.post(path, json=body)
                return answer.raise_for_status().json()
            except httpx2.TransportError:
                if time.monotonic() > give_up:
                    raise
            time.sleep(0.2)

    def clear_faults(self) -> None:
        self._http.delete("faults").raise_for_status()

    def read(self, people: list[str]) -> Ledger:
        """The ledger, with the mails of these addresses."""
        summary = self.ask("ledger/summary")
        return Ledger(
            bookings=self._bookings(),
            mails=[mail for each in people for mail in self._mails(each)],
            windows=summary["windows"],
            turned_away=sum(
                row["calls"]
                for row in summary["calls"]
                if row["status"] == HTTPStatus.TOO_MANY_REQUESTS and not row["fault"]
            ),
        )

    def _bookings(self) -> list[Booking]:
        calls = [call for path in (CREATE, UPDATE, DELETE) for call in self._calls(path)]
        found: dict[str, Booking] = {}
        for call in sorted(calls, key=lambda each: int(each["number"])):
            schedule_id = str(call["schedule_id"])
            if call["path"] == CREATE:
                found[schedule_id] = _booked(call)
            elif call["path"] == UPDATE:
                _update(found[schedule_id], call)
            elif _at(call["time"]) <= found[schedule_id].due - _LATE:
                found[schedule_id].deleted = _at(call["time"])
        return list(found.values())

    def _calls(self, path: str) -> list[dict[str, Any]]:
        """Every accepted call, in order."""
        found: list[dict[str, Any]] = []
        while page := self.ask(
            f"ledger?path={path}&bodies=1&limit={_PAGE}&after={found[-1]['number'] if found else 0}"
        )["calls"]:
            found += page
        return found

    def _mails(self, address: str) -> list[Mail]:
        rows = self.ask(f"deliveries?to={address}")["deliveries"]
        return [
            Mail(row["email"], row["subject"], row["attributes"]["store_id"], _at(row["time"]))
            for row in rows
        ]


def _booked(call: dict[str, Any]) -> Booking:
    body = call["body"]
    return Booking(
        str(call["schedule_id"]),
        body["messages"]["email"]["subject"],
        _at(call["time"]),
        _at(body["schedule"]["time"]),
    )


def _update(booking: Booking, call: dict[str, Any]) -> None:
    if _at(call["time"]) > booking.due - _LATE:
        return
    body = call["body"]
    booking.due = _at(body["schedule"]["time"]) if body.get("schedule") else booking.due
    if body.get("messages"):
        booking.subject = body["messages"]["email"]["subject"]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
