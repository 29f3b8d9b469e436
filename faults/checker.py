"""What must hold when all is over: the portal's rows beside the sandbox's ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from branding.scope import brand_scope
from delivery.models import Dispatch
from faults.sandbox import Booking, Ledger, Mail

State = Dispatch.State
_SETTLED = {State.DONE, State.REFUSED, State.CANCELLED}
#: Braze is given milliseconds, and we keep microseconds.
_SAME = timedelta(seconds=1)


@dataclass(frozen=True)
class Row:
    """A promise as the portal tells it in the end."""

    label: str
    state: str
    outcome: str
    subject: str
    booked_for: datetime | None
    store: str
    counted: bool
    numbers: int | None


def rows(brand_id: int) -> dict[str, Row]:
    with brand_scope(brand_id):
        found = Dispatch.objects.select_related("message", "group", "numbers")
        return {each.label: _row(each) for each in found}


def _row(dispatch: Dispatch) -> Row:
    numbers = getattr(dispatch, "numbers", None)
    return Row(
        dispatch.label,
        dispatch.state,
        dispatch.outcome,
        dispatch.message.content["subject"],
        dispatch.booked_for,
        dispatch.group.fence_value,
        dispatch.send_id_id is not None,
        numbers.sent if numbers else None,
    )


@dataclass(frozen=True)
class Verdict:
    """One invariant: which promises broke it."""

    invariant: str
    broken: list[str]


@dataclass
class Checker:
    """`unknown` are the promises whose outcome nobody knew when the faults were over."""

    promised: list[str]
    rows: dict[str, Row]
    ledger: Ledger
    unknown: set[str]
    mails: dict[str, list[Mail]] = field(init=False)
    bookings: dict[str, list[Booking]] = field(init=False)

    def __post_init__(self) -> None:
        self.mails, self.bookings = defaultdict(list), defaultdict(list)
        for mail in self.ledger.mails:
            self.mails[mail.label].append(mail)
        for booking in self.ledger.bookings:
            self.bookings[booking.label].append(booking)

    def verdicts(self) -> list[Verdict]:
        return [
            Verdict("accepted twice: two live schedules of one promise", self._alive_twice()),
            Verdict("sent twice: one person has two mails of one promise", self._sent_twice()),
            Verdict("lost: promised, and no row tells what became of it", self._lost()),
            Verdict("booked without a promise", sorted(self.bookings.keys() - self.rows.keys())),
            Verdict("stuck: neither sent, refused, cancelled nor left to a person", self._stuck()),
            Verdict("“sent” without a schedule in the ledger", self._where(State.DONE, sent=False)),
            Verdict("“refused” with one", self._where(State.REFUSED, sent=True)),
            Verdict("“cancelled” with one, and no word of it", self._cancelled_and_sent()),
            Verdict("unknown resolved wrongly", self._resolved_wrongly()),
            Verdict("sent otherwise than the portal says: words or time", self._otherwise()),
            Verdict("sent to another group's people", self._strayed()),
            Verdict("numbers that differ from the mails that went out", self._miscounted()),
            Verdict("windows with more accepted calls than Braze allows", self._overdrawn()),
        ]

    def told(self, label: str) -> str:
        """A promise, with what the portal says and what the ledger has."""
        row = self.rows.get(label)
        said = f"{row.state}, {row.subject}, {row.booked_for}, {row.outcome!r}" if row else "no row"
        seen = [
            f"{each.subject} {each.made} for {each.due}, deleted {each.deleted}"
            for each in self.bookings[label]
        ]
        return f"{label}: {said}; ledger: {seen}, {len(self.mails[label])} mails"

    def _alive_twice(self) -> list[str]:
        return [
            label
            for label, made in self.bookings.items()
            if any(later.made < earlier.over for earlier, later in pairwise(made))
        ]

    def _sent_twice(self) -> list[str]:
        pairs = Counter((mail.label, mail.to) for mail in self.ledger.mails)
        return sorted({label for (label, _to), count in pairs.items() if count > 1})

    def _lost(self) -> list[str]:
        return [label for label in self.promised if label not in self.rows]

    def _stuck(self) -> list[str]:
        return [
            row.label for row in self.rows.values() if row.state not in _SETTLED and not self.left_alone(row)
        ]

    @staticmethod
    def left_alone(row: Row) -> bool:
        """Unknown, and without numbers of its own that could tell: a person has to look at Braze."""
        return row.state == State.UNKNOWN and not row.counted

    def _where(self, state: str, *, sent: bool) -> list[str]:
        return [
            row.label
            for row in self.rows.values()
            if row.state == state and bool(self.mails[row.label]) is sent
        ]

    def _cancelled_and_sent(self) -> list[str]:
        """A cancellation in the last seconds may spare only some, and then says so."""
        return [label for label in self._where(State.CANCELLED, sent=True) if not self.rows[label].outcome]

    def _resolved_wrongly(self) -> list[str]:
        known = [self.rows[label] for label in sorted(self.unknown) if not self.left_alone(self.rows[label])]
        return [row.label for row in known if (row.state == State.DONE) is not bool(self.mails[row.label])]

    def _otherwise(self) -> list[str]:
        done = [row for row in self.rows.values() if row.state == State.DONE]
        return [
            row.label
            for row in done
            if any(
                mail.subject != row.subject or row.booked_for is None or abs(mail.at - row.booked_for) > _SAME
                for mail in self.mails[row.label]
            )
        ]

    def _strayed(self) -> list[str]:
        return sorted({mail.label for mail in self.ledger.mails if mail.store != self.rows[mail.label].store})

    def _miscounted(self) -> list[str]:
        counted = [row for row in self.rows.values() if row.state == State.DONE and row.counted]
        return [row.label for row in counted if row.numbers != len(self.mails[row.label])]

    def _overdrawn(self) -> list[str]:
        return [
            f"{each['name']} {each['start']}"
            for each in self.ledger.windows
            if each["accepted"] > each["limit"]
        ]
