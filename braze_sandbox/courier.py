"""Sends what is due: who gets it is decided now, not when it was scheduled."""

from __future__ import annotations

import logging
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from braze_client.liquid import Aborted, LiquidError, Person
from braze_sandbox import engagement, handsets
from braze_sandbox.clock import read_time
from braze_sandbox.database import Row
from braze_sandbox.mail import Surroundings, compose, seed_of, snapshot, surroundings_of
from braze_sandbox.numbers import Tally
from braze_sandbox.profiles import Profile
from braze_sandbox.recipients import named, properties, without_address
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.schedules import Due, among_first, local_wall
from braze_sandbox.standing import Standing, standing

#: Up to here each recipient's values are kept with the mail; beyond, the mail is shown with today's values.
SNAPSHOTS = 200
#: So often a triggered mail looks whether its recipient has an address by now.
TRY_AGAIN = 600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drop:
    """Somebody who silently gets nothing."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that went out; ``variation`` is the one it counts under."""

    profile: Profile
    subject: str
    person: Person
    channel: str
    address: str
    variation: str
    bounced: bool = False


class Courier:
    """Lets time pass for a sandbox: by ``beat`` in tests, by its thread otherwise."""

    def __init__(self, sandbox: Sandbox, seconds: float = 0.25) -> None:
        self._sandbox, self._seconds = sandbox, seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=1.5)

    def beat(self) -> None:
        """Send what is due and let happen what is due."""
        while not self._stopping.is_set() and (
            row := self._sandbox.schedules.take_due(self._sandbox.clock())
        ):
            send(self._sandbox, row)
        while not self._stopping.is_set() and engagement.ripen(self._sandbox) == engagement.BATCH:
            pass
        self._sandbox.settle(self._sandbox.clock())
        self._sandbox.limits.keep()

    def _run(self) -> None:
        while not self._stopping.wait(self._seconds):
            try:
                self.beat()
            except Exception:  # one bad message must not stop all later ones
                log.exception("The sandbox could not send or count")


def send(sandbox: Sandbox, row: Row) -> None:
    """Send one message, or the part of it whose local time has come. All or nothing, also if the process dies."""
    # However late this comes, because the clock was moved or nobody was there: it happens at its own time.
    now = row["due"]
    sandbox.settle(now)
    content = sandbox.schedules.content(row)
    with sandbox.database:
        chosen = list(_chosen(sandbox, row, content, now))
    waiting = min((at for at, _ in chosen if at > now), default=None)
    late = without_address(sandbox.profiles.book(row["workspace"]), content, now)
    due = [one for at, one in chosen if row["handled"] < at <= now and not (late and _lacks_address(one))]
    outcomes = list(_outcomes(sandbox, row, content, due))
    with sandbox.database:
        current = sandbox.database.row("SELECT * FROM schedules WHERE number = ?", row["number"])
        # Cancelled or forgotten while the mails were being written: then nothing went out.
        if current is not None and current["state"] == "sending":
            _keep(sandbox, current, outcomes, now)
            if late:
                left = content | {"recipients": late}
                sandbox.schedules.amend(current, left, Due(now + TRY_AGAIN), current["variation"])
            else:
                _finish(sandbox, current, waiting, now)


def _lacks_address(one: Profile | Drop) -> bool:
    return isinstance(one, Profile) and not one.email


def _finish(sandbox: Sandbox, row: Row, waiting: float | None, now: float) -> None:
    if row["until"] is None or now >= row["until"]:
        sandbox.schedules.count(row, 0, 0, sent=now)
    else:
        sandbox.schedules.wait(row, now, min(row["until"], waiting or row["until"]))


# --- Whom ----------------------------------------------------------------------------------------------------


def _chosen(
    sandbox: Sandbox, row: Row, content: dict[str, Any], now: float
) -> Iterator[tuple[float, Profile | Drop]]:
    """Everybody the message is for, with the time it is due for them."""
    for one in _addressed(sandbox, row, content, now):
        yield (_due_for(content["schedule"], one) if row["until"] is not None else now), one


def _addressed(sandbox: Sandbox, row: Row, content: dict[str, Any], now: float) -> Iterable[Profile | Drop]:
    workspace = sandbox.workspaces.get(row["workspace"])
    book = sandbox.profiles.book(row["workspace"])
    audiences = [content["audience"]] if content.get("audience") else []
    if segment_id := content.get("segment_id"):
        segment = workspace.segments.get(segment_id) if workspace else None
        if segment is None:
            return [Drop("everybody", "the segment no longer exists")]
        audiences += [segment.filter] if segment.filter else []
    listed = _listed(sandbox, row["workspace"], content)
    if not listed:
        return book.among(audiences, now)
    members = {one.number for one in book.among(audiences, now)} if audiences else None
    return [one for one in listed if isinstance(one, Drop) or members is None or one.number in members]


def _listed(sandbox: Sandbox, workspace: str, content: dict[str, Any]) -> list[Profile | Drop]:
    book = sandbox.profiles.book(workspace)
    found: dict[str | int, Profile | Drop] = {}
    for name, profile in named(book, content):
        found[profile.number if profile else name] = profile or Drop(name, "unknown user")
    return list(found.values())


def _due_for(schedule: dict[str, Any], one: Profile | Drop) -> float:
    when = read_time(schedule["time"]) or datetime.now(UTC)
    zone = _zone(str(one.fields.get("time_zone") or "UTC")) if isinstance(one, Profile) else UTC
    return local_wall(schedule, when).replace(tzinfo=zone).timestamp()


@lru_cache(maxsize=600)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")  # the company's zone here


# --- What ----------------------------------------------------------------------------------------------------


def _outcomes(
    sandbox: Sandbox, row: Row, content: dict[str, Any], chosen: list[Profile | Drop]
) -> Iterator[Drop | Delivered]:
    around = surroundings_of(sandbox, row)
    before = standing(sandbox, row, content, row["due"])
    own = properties(sandbox.profiles.book(row["workspace"]), content)
    messages_of = sandbox.schedules.messages_of(row, content)
    for one in chosen:
        if isinstance(one, Drop):
            yield one
            continue
        trigger = {**(content.get("trigger_properties") or {}), **own.get(one.number, {})}
        for channel, message in messages_of(one.number).items():
            if reason := _obstacle(one, content, channel, before):
                yield Drop(one.label, reason)
            else:
                yield _perhaps_bounced(sandbox, row, _written(row, channel, message, one, around, trigger))


def _perhaps_bounced(sandbox: Sandbox, row: Row, outcome: Drop | Delivered) -> Drop | Delivered:
    if isinstance(outcome, Drop) or outcome.channel != "email":
        return outcome
    seed = seed_of(row, outcome.profile.number)
    return replace(outcome, bounced=engagement.bounces(seed, sandbox.choices.bounce_share))


def _obstacle(profile: Profile, content: dict[str, Any], channel: str, before: Standing) -> str:
    """Why Braze would silently send this person nothing; "" if nothing is in the way."""
    if channel == "email":
        unreachable = _no_mail(profile, content)
    else:
        unreachable = handsets.obstacle(profile, channel, content["messages"][channel])
    return unreachable or before.obstacle(profile.number, channel)


def _no_mail(profile: Profile, content: dict[str, Any]) -> str:
    if not profile.email:
        return "no e-mail address"
    wanted = content.get("recipient_subscription_state", "subscribed")
    if profile.undeliverable == "bounced":
        return "the address bounced earlier"
    if profile.undeliverable == "spam" and wanted != "all":
        return "marked an earlier mail as spam"
    if wanted == "opted_in" and profile.email_state != "opted_in":
        return f"is {profile.email_state}, not opted in"
    if wanted == "subscribed" and profile.email_state == "unsubscribed":
        return "unsubscribed"
    return ""


def _written(
    row: Row,
    channel: str,
    message: dict[str, Any],
    profile: Profile,
    around: Surroundings,
    trigger: dict[str, Any],
) -> Drop | Delivered:
    person, seed = replace(profile.person(), trigger=trigger), seed_of(row, profile.number)
    try:
        subject = compose(channel, message, person, around, seed=seed).subject
    except Aborted as abort:
        return Drop(profile.label, f"aborted: {abort.reason or 'no reason given'}")
    except LiquidError as error:
        return Drop(profile.label, f"Liquid: {error}")
    by_mail = channel == "email"
    address = profile.email.lower() if by_mail else handsets.address(profile, channel)
    variation = str(message.get("message_variation_id") or "") if row["campaign"] else ""
    return Delivered(profile, subject, person, channel, address, variation)


# --- Keeping -------------------------------------------------------------------------------------------------


def _keep(sandbox: Sandbox, row: Row, outcomes: list[Drop | Delivered], now: float) -> None:
    drops = [one for one in outcomes if isinstance(one, Drop)]
    went = [
        one
        for one in outcomes
        if isinstance(one, Delivered) and among_first(row, one.profile.number, row["share"])
    ]
    sandbox.database.run_many(
        "INSERT INTO activity VALUES (NULL, ?, ?, ?, ?, ?)",
        [(now, row["workspace"], row["number"], drop.who, drop.reason) for drop in drops],
    )
    _keep_deliveries(sandbox, row, went, now)
    _mark_bounced(sandbox, row["workspace"], [one.profile for one in went if one.bounced], now)
    sandbox.schedules.count(row, len(went), len(drops), sent=None)
    if cell := engagement.cell_of(sandbox, row, now):
        tally: Tally = defaultdict(Counter)
        for one in went:
            counts = {"sent": 1, "delivered": int(not one.bounced), "bounces": int(one.bounced)}
            tally[(*cell[:3], one.variation, cell[4])].update(counts)
        sandbox.numbers.add(tally)


def _keep_deliveries(sandbox: Sandbox, row: Row, went: list[Delivered], now: float) -> None:
    number = sandbox.database.number("SELECT max(number) FROM deliveries")
    small = len(went) <= SNAPSHOTS
    rows, doings = [], []
    for number, one in enumerate(went, number + 1):  # noqa: B020 - continues the numbering
        person = snapshot(one.person) if small else None
        rows.append((number, row["number"], row["workspace"], one.profile.number, one.address,
                     one.subject, now, one.bounced, person, one.channel))  # fmt: skip
        if one.channel == "email" and not one.bounced:
            seed = seed_of(row, one.profile.number)
            planned = engagement.plan(seed, now, sandbox.engagement_speed)
            doings += [(at, number, kind) for at, kind in planned]
    sandbox.database.run_many(
        "INSERT INTO deliveries (number, schedule, workspace, profile, email, subject, at, bounced, person,"
        " channel) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    sandbox.database.run_many("INSERT OR IGNORE INTO pending VALUES (?, ?, ?)", doings)


def _mark_bounced(sandbox: Sandbox, workspace: str, profiles: list[Profile], now: float) -> None:
    for profile in profiles:
        profile.bounce(now)
    sandbox.profiles.save(workspace, profiles)
