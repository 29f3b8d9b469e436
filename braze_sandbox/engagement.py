"""What recipients do with their mail over two days: opens, clicks, and a few farewells. The same seed, the same doings."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

from braze_sandbox.clock import utc_day
from braze_sandbox.database import Row
from braze_sandbox.numbers import Cell, Tally
from braze_sandbox.sandbox import Sandbox

OPEN, MACHINE_OPEN, CLICK, UNSUBSCRIBE, SPAM = "open", "machine_open", "click", "unsubscribe", "spam"

#: Everything that happens does so within this time, divided by the engagement speed.
SPAN = 48 * 3600.0
MINUTE = 60.0
BATCH = 2_000

_MACHINES = 0.18
_READERS = 0.34
_READ_AGAIN = 0.2
_CLICKERS = 0.24
_CLICK_AGAIN = 0.25
_LEAVERS = 0.006
_COMPLAINERS = 0.001

Event = tuple[float, str]

_JOINED = (
    "SELECT d.*, s.campaign, s.send_id, s.variation, s.broadcast FROM deliveries d"
    " JOIN schedules s ON s.number = d.schedule"
)


def bounces(seed: str, share: float) -> bool:
    return random.Random(f"bounce:{seed}").random() < share


def plan(seed: str, sent: float, speed: float) -> list[Event]:
    """What one recipient will do, and when."""
    dice = random.Random(f"engagement:{seed}")
    doings = [(dice.uniform(1, 20) * MINUTE, MACHINE_OPEN)] if dice.random() < _MACHINES else []
    if dice.random() < _READERS:
        doings += _reading(dice)
    return [(sent + min(after, SPAN) / speed, kind) for after, kind in doings]


def _reading(dice: random.Random) -> list[Event]:
    """Half of all readers open within six hours; the last ones take two days."""
    first = SPAN * dice.random() ** 3
    doings = [(first, OPEN)]
    if dice.random() < _READ_AGAIN:
        doings.append((first + dice.uniform(1, 20) * 60 * MINUTE, OPEN))
    if dice.random() < _CLICKERS:
        doings.append((first + dice.uniform(0.1, 4) * MINUTE, CLICK))
        if dice.random() < _CLICK_AGAIN:
            doings.append((first + dice.uniform(4, 30) * MINUTE, CLICK))
    if dice.random() < _LEAVERS:
        doings.append((first + MINUTE, UNSUBSCRIBE))
    if dice.random() < _COMPLAINERS:
        doings.append((first + MINUTE, SPAM))
    return doings


def cell_of(sandbox: Sandbox, sending: Row, at: float) -> Cell | None:
    """Where a sending's numbers are counted; None if Braze would not report them."""
    if not sending["campaign"]:
        return None
    counted = sending["broadcast"] or sandbox.choices.listed_sends == "counted"
    # Without a send id only the campaign's own series knows of it.
    send_id = (sending["send_id"] or "") if counted else ""
    return (sending["workspace"], sending["campaign"], send_id, sending["variation"], utc_day(at).isoformat())


def ripen(sandbox: Sandbox) -> int:
    """Let happen what is due by now; how much that was."""
    with sandbox.database:
        due = sandbox.database.rows(
            "SELECT at, delivery, kind FROM pending WHERE at <= ? ORDER BY at LIMIT ?", sandbox.clock(), BATCH
        )
        happen(sandbox, [(row["at"], row["delivery"], row["kind"]) for row in due])
        keys = [(row["at"], row["delivery"], row["kind"]) for row in due]
        sandbox.database.run_many("DELETE FROM pending WHERE at = ? AND delivery = ? AND kind = ?", keys)
    return len(due)


def happen(sandbox: Sandbox, events: list[tuple[float, int, str]]) -> None:
    """Count what recipients did: (when, delivery, kind)."""
    tally: Tally = defaultdict(Counter)
    with sandbox.database:
        for at, delivery, kind in events:
            row = sandbox.database.row(f"{_JOINED} WHERE d.number = ?", delivery)
            if row is None or row["channel"] != "email":
                continue
            counts = _effect(sandbox, row, kind)
            if cell := cell_of(sandbox, row, at):
                tally[cell].update(counts)
        sandbox.numbers.add(tally)


def _effect(sandbox: Sandbox, row: Row, kind: str) -> dict[str, int]:
    """Change delivery and profile as ``kind`` wants, and say what that adds to the numbers."""
    if kind in (OPEN, MACHINE_OPEN):
        return _opened(sandbox, row, machine=kind == MACHINE_OPEN)
    if kind == CLICK:
        sandbox.database.run("UPDATE deliveries SET clicks = clicks + 1 WHERE number = ?", row["number"])
        # Nobody clicks in a mail that was never opened.
        opened = _opened(sandbox, row, machine=False) if not row["opens"] else {}
        return {"clicks": 1, "unique_clicks": int(not row["clicks"]), **opened}
    if kind == UNSUBSCRIBE:
        return {"unsubscribes": int(set_state(sandbox, row, "unsubscribed"))}
    profile = sandbox.profiles.book(row["workspace"]).by_number.get(row["profile"])
    if profile:
        profile.undeliverable = "spam"
        sandbox.profiles.save(row["workspace"], [profile])
    return {"reported_spam": 1}


def _opened(sandbox: Sandbox, row: Row, *, machine: bool) -> dict[str, int]:
    sandbox.database.run("UPDATE deliveries SET opens = opens + 1 WHERE number = ?", row["number"])
    return {"opens": 1, "unique_opens": int(not row["opens"]), "machine_open": int(machine)}


def set_state(sandbox: Sandbox, delivery: Row, state: str) -> bool:
    """Give every profile with the recipient's address a subscription state; whether that changed anything."""
    with sandbox.database:
        book = sandbox.profiles.book(delivery["workspace"])
        changed = [one for one in book.emails(delivery["email"]) if one.email_state != state]
        for profile in changed:
            profile.set_email_state(state, sandbox.clock())
        sandbox.profiles.save(delivery["workspace"], changed)
    return bool(changed)
