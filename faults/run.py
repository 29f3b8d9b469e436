"""One run: set up, faults, peace, and the time in which everything is sent and counted."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone

from branding.scope import brand_scope
from delivery.models import Dispatch
from faults import cast as casting
from faults import checker
from faults.checker import Checker, Verdict
from faults.nemesis import Nemesis
from faults.people import People
from faults.stack import Stack, until

State = Dispatch.State
_ON_THE_WAY = (State.PENDING, State.CALLING, State.CHANGING, State.RECALLING, State.CANCELLING)
#: A promise is on its way for no longer than this once the faults are over.
PROGRESS = 60
#: And no later than this all is judged.
_PATIENCE = 400
#: Past every send time, and past the two hours after which a silent send id counts as a no.
LATER = timedelta(hours=3)


@dataclass(frozen=True)
class Plan:
    """What `bin/faults` was asked for."""

    dispatches: int
    workers: int
    seed: int
    seconds: float
    every: float
    """Seconds between two strikes, on average."""
    short: bool = False


@dataclass(frozen=True)
class Report:
    """What came of it."""

    verdicts: list[Verdict]
    told: list[str]
    """Of each promise that broke something, all that is known."""
    log: list[str]
    done: Counter[str]
    states: Counter[str]
    unknown: int
    left_to_people: int
    settled_after: float
    created: int
    turned_away: int


def run(stack: Stack, plan: Plan) -> Report:
    timezone.now = stack.clock.now
    groups = max(20, plan.dispatches // 4)
    stack.start_portal()
    cast = casting.install(groups, stack.sandbox, latency_ms=150)
    stack.wait_for_portal()
    people = People(cast, plan.dispatches, plan.seconds, plan.seed)
    nemesis = Nemesis(stack, plan.seconds, plan.seed, every=plan.every, short=plan.short)
    with ThreadPoolExecutor(1, "people") as thread:
        acting = thread.submit(people.act)
        nemesis.strike()
        while not acting.done():
            nemesis.watch(0.5)
        acting.result()
    nemesis.end()
    close_old_connections()
    people.lift_all()
    settled_after, late = _settle(cast.brand_id, nemesis)
    unknown = _labels(cast.brand_id, State.UNKNOWN)
    _let_time_pass(stack, cast.brand_id, nemesis)
    rows = checker.rows(cast.brand_id)
    ledger = stack.sandbox.read(cast.people())
    judged = Checker(people.promised, rows, ledger, unknown)
    progress = Verdict(f"on the way {PROGRESS} s after the faults, with nobody's help", late)
    verdicts = [*judged.verdicts(), progress]
    return Report(
        verdicts=verdicts,
        told=[judged.told(label) for each in verdicts for label in each.broken[:10]],
        log=nemesis.log,
        done=people.done + Counter(promises=len(people.promised)),
        states=Counter(row.state for row in rows.values()),
        unknown=len(unknown),
        left_to_people=sum(judged.left_alone(row) for row in rows.values()),
        settled_after=settled_after,
        created=len(ledger.bookings),
        turned_away=ledger.turned_away,
    )


def _settle(brand_id: int, nemesis: Nemesis) -> tuple[float, list[str]]:
    """Seconds until nothing is on its way, and what still was after those it is given."""
    began = time.monotonic()
    late: set[str] = set()
    while waiting := _labels(brand_id, *_ON_THE_WAY):
        took = time.monotonic() - began
        if took > PROGRESS:
            late = late or waiting
        if took > _PATIENCE:
            break
        nemesis.watch(0.5)
    return time.monotonic() - began, sorted(late)


def _let_time_pass(stack: Stack, brand_id: int, nemesis: Nemesis) -> None:
    """First at Braze, which sends all that is due, then for the portal, which asks for the numbers."""
    stack.sandbox.ask("clock", {"advance": LATER.total_seconds()})
    until(lambda: stack.sandbox.ask("health")["scheduled"] == 0, "the sandbox has sent everything")
    turned = time.monotonic()
    stack.clock.advance(LATER)
    while time.monotonic() - turned < PROGRESS and _waits_for_numbers(brand_id):
        nemesis.watch(0.5)


def _waits_for_numbers(brand_id: int) -> bool:
    with brand_scope(brand_id):
        counted = Dispatch.objects.filter(send_id__isnull=False)
        open_ones = counted.exclude(state__in=[State.DONE, State.REFUSED, State.CANCELLED])
        return open_ones.exists() or counted.filter(state=State.DONE, numbers__isnull=True).exists()


def _labels(brand_id: int, *states: str) -> set[str]:
    with brand_scope(brand_id):
        return set(Dispatch.objects.filter(state__in=states).values_list("label", flat=True))
