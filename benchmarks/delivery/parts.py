"""The parts of the benchmark, each with its table. Imported once Django is set up."""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from benchmarks.delivery import cast
from benchmarks.delivery.cast import House
from benchmarks.delivery.noop import noop
from benchmarks.delivery.stage import CREATE, DELETE, MB, Stage, Usage
from branding.scope import brand_scope
from braze_client import Braze
from delivery import lane, requests, stops
from delivery.models import Dispatch
from smartersends.seed.brands import BRANDS
from workspace.errors import HeldBack
from workspace.governor import Purpose
from workspace.services import braze_for

KINDS = ("workers", "PostgreSQL", "sandbox", "Valkey")
#: Nothing here takes longer than this without something being wrong.
PATIENCE = 900.0


def run(stage: Stage, options: argparse.Namespace) -> None:
    big = cast.house(BRANDS[0], options.campaigns, template=options.template, sandbox=stage.sandbox.url)
    small = cast.house(BRANDS[1], 100, template="monthly-news", sandbox=stage.sandbox.url)
    print(f"{options.campaigns:,} groups; “{options.template}” of {big.median_kb():.0f} KB HTML", flush=True)
    made: dict[str, Callable[[], None]] = {
        "speed": lambda: _speed(stage, big, [int(each) for each in options.workers.split(",")]),
        "cost": lambda: _cost(stage, big),
        "beside": lambda: _beside(stage, big, small),
        "windows": lambda: _windows(stage, big, options),
        "stop": lambda: _stop(stage, big),
    }
    for part in options.parts:
        _clear(stage, big, small)
        made[part]()
        connections.close_all()


def _clear(stage: Stage, *houses: House) -> None:
    stage.sandbox.start_over()
    cast.forget(*houses)


def _until(condition: Callable[[], bool], what: str, every: float = 0.25) -> None:
    give_up = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > give_up:
            raise SystemExit(f"waited in vain: {what}")
        time.sleep(every)


def _at(call: dict[str, Any]) -> float:
    return datetime.fromisoformat(call["time"]).timestamp()


def _each_once(stage: Stage, count: int) -> list[dict[str, Any]]:
    """The accepted calls, after making sure that nothing is missing, double or was turned away."""
    calls = stage.sandbox.calls(CREATE)
    pairs = Counter((call["send_id"], call["variation"]) for call in calls)
    assert len(calls) == len(pairs) == count, (len(calls), len(pairs), count)
    assert not stage.sandbox.turned_away()
    return calls


# Speed


def _speed(stage: Stage, house: House, workers: Sequence[int]) -> None:
    alone, alone_cpu = _client_alone(house, min(2_000, len(house.groups)))
    print(
        f"\nthe client alone, {settings.BRAZE_CALLS_AT_ONCE} threads: {alone:,.0f} a second, {alone_cpu:.2f} CPU ms a call"
    )
    print(
        "\n| worker processes | dispatches a second | of the client alone | Celery no-ops a second | CPU ms a dispatch: "
        + ", ".join(KINDS)
        + " | cores used, by others | peak MB a worker: PSS, RSS |"
    )
    print("| ---: | ---: | ---: | ---: | --- | --- | ---: |", flush=True)
    for count in workers:
        _clear(stage, house)
        cast.promise(house, len(house.groups))
        with stage.workers(count):
            rate, usage = _rolled_out(stage, house)
            noops = _noops(1_000)
        cpu = ", ".join(f"{usage.cpu[kind] * 1000 / len(house.groups):.2f}" for kind in KINDS)
        print(
            f"| {count} | {rate:,.0f} | {rate / alone:.0%} | {noops:,.0f} | {cpu} | {usage.cores:.2f}, {usage.other_cores:.2f}"
            f" | {max(usage.pss) / MB:.0f}, {max(usage.rss) / MB:.0f} |",
            flush=True,
        )


def _rolled_out(stage: Stage, house: House) -> tuple[float, Usage]:
    """Dispatches a second from the first to the last that Braze accepted."""
    count = len(house.groups)
    with stage.watched() as usage:
        cast.nudge(house)
        _until(lambda: stage.sandbox.accepted(CREATE) >= count, "the roll-out")
    _until(lambda: cast.states(house) == {"scheduled": count}, "the record of the roll-out")
    times = sorted(map(_at, _each_once(stage, count)))
    return (count - 1) / (times[-1] - times[0]), usage


def _noops(count: int) -> float:
    """From the first one given to the last one done."""
    started = time.perf_counter()
    for _ in range(count):
        noop.delay()
    with current_app.connection_for_read() as broker:
        client = broker.default_channel.client
        _until(lambda: not client.llen("celery") and not client.hlen("unacked"), "the no-ops", every=0.02)
    return count / (time.perf_counter() - started)


def _client_alone(house: House, count: int) -> tuple[float, float]:
    """Calls a second, and CPU ms of this process for each."""
    cast.promise(house, count)
    with brand_scope(house.pk):
        braze = braze_for(house.workspace, Purpose.SEND)
        rows = Dispatch.objects.select_related("message")[:count]
        for row in rows:
            row.booked_for = row.planned_at
        bodies = [requests.create(row, json.dumps(row.message.content)) for row in rows]
    started, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(settings.BRAZE_CALLS_AT_ONCE) as threads:
        list(threads.map(braze.create_schedule, bodies))
    return count / (time.perf_counter() - started), (time.process_time() - cpu) * 1000 / count


# Cost


def _cost(stage: Stage, house: House) -> None:
    """One lane in this process, counting what it asks PostgreSQL."""
    count, asked = 1_000, Counter[str]()

    def noted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked[" ".join(sql.split()[:3])] += 1
        return execute(sql, params, many, context)

    cast.promise(house, count)
    with connection.execute_wrapper(noted), stage.watched() as usage:
        lane.work(house.pk, seconds=PATIENCE)
    _each_once(stage, count)
    print(
        f"\none lane, {count:,} dispatches: {asked.total() / count:.2f} statements a dispatch, "
        f"{count / usage.seconds:,.0f} a second, CPU ms {usage.cpu['benchmark'] * 1000 / count:.2f}"
    )
    for words, times in asked.most_common(20):
        print(f"    {times / count:6.3f}  {words}")


# Beside a roll-out


def _beside(stage: Stage, big: House, small: House) -> None:
    """Local campaigns of the same brand, and another brand's, while a roll-out is under way."""
    cast.promise(big, len(big.groups))
    cast.promise(small, len(small.groups), priority=cast.Priority.LOCAL)
    with stage.workers(2):
        cast.nudge(big)
        _until(
            lambda: stage.sandbox.accepted(CREATE) >= len(big.groups) * 0.2, "a fifth of the roll-out", 0.05
        )
        others_at = time.time()
        cast.nudge(small)
        local: dict[str, float] = {}
        for number in range(5):
            time.sleep(0.7)
            local[cast.promise_one(big, number)] = time.time()
        running = stage.sandbox.accepted(CREATE) < len(big.groups)
        everything = len(big.groups) + len(small.groups) + len(local)
        _until(lambda: stage.sandbox.accepted(CREATE) >= everything, "all three")
    calls = _each_once(stage, everything)
    assert running, "the roll-out was over too soon to measure beside it"
    rollout = {each.variation_id for each in big.sealed}
    others = [_at(call) - others_at for call in calls if call["variation"] not in rollout]
    own = [_local_wait(calls, variation, at) for variation, at in local.items()]
    print("\n| beside a roll-out, 2 workers | median wait s | worst wait s |\n| --- | ---: | ---: |")
    print(
        f"| {len(own)} local campaigns of the same brand, one by one | {median(own):.1f} | {max(own):.1f} |"
    )
    print(f"| {len(others)} campaigns of another brand at once | {median(others):.1f} | {max(others):.1f} |")


def _local_wait(calls: list[dict[str, Any]], variation: str, promised_at: float) -> float:
    """The roll-out's mail of the same group goes under another send id, the day's first."""
    of_group = sorted(
        (call for call in calls if call["variation"] == variation), key=lambda call: call["send_id"]
    )
    return _at(of_group[1]) - promised_at


# Windows


@dataclass
class Reader:
    """Asks all the time, as often as it may."""

    house: House
    over: bool = False
    held_back: int = 0

    def run(self) -> None:
        braze: Braze = braze_for(self.house.workspace, Purpose.READ)
        while not self.over:
            try:
                braze.list_segments()
            except HeldBack as error:
                self.held_back += 1
                time.sleep(min(0.5, max(0.05, (error.until - timezone.now()).total_seconds())))


def _windows(stage: Stage, house: House, options: argparse.Namespace) -> None:
    """More work than the windows allow, and readers asking all the time."""
    stage.sandbox.ask("choices", {"calls_per_hour": options.pool})
    stage.sandbox.ask("clock", {"speed": options.clock})
    cast.promise(house, options.pool * (options.windows + 1))
    reader = Reader(house)
    with stage.workers(2), ThreadPoolExecutor(4) as threads:
        for _ in range(4):
            threads.submit(reader.run)
        cast.nudge(house)
        try:
            _until(lambda: len(_pool(stage, house)) >= options.windows + 2, "windows")
        finally:
            reader.over = True
    _tell_windows(stage, house, options)
    print(f"\nreaders held back {reader.held_back} times; 429s: {stage.sandbox.turned_away()}")


def _pool(stage: Stage, house: House) -> list[dict[str, Any]]:
    """The hourly windows of this brand's workspace, in order."""
    windows = stage.sandbox.ask("ledger/summary?window=pool")["windows"]
    return sorted(
        (each for each in windows if each["workspace"] == house.brand.name), key=lambda each: each["start"]
    )


def _tell_windows(stage: Stage, house: House, options: argparse.Namespace) -> None:
    def hour(call: dict[str, Any]) -> int:
        return int(_at(call) // 3600)

    sends, reads = (Counter(map(hour, stage.sandbox.calls(path))) for path in (CREATE, "/segments/list"))
    print(
        f"\n| window of {3600 / options.clock:.0f} s, {options.pool:,} calls | used | sends | reads | 429 |"
    )
    print("| --- | ---: | ---: | ---: | ---: |")
    for window in _pool(stage, house)[1:-1]:
        at = int(datetime.fromisoformat(window["start"]).timestamp() // 3600)
        print(
            f"| {window['start'][11:16]} | {window['accepted'] / window['limit']:.1%} | {sends[at]:,} | {reads[at]:,} | {window['refused']} |"
        )


# Stopping


def _stop(stage: Stage, house: House) -> None:
    """A brand is stopped with 2,000 campaigns at Braze, 500 of them to go within the hour, and more on their way."""
    at_braze, soon = 2_000, 500
    cast.promise(house, at_braze * 2, planned_at=cast.spread(at_braze * 2, soon=soon))
    admin = cast.admin(house)
    with stage.workers(2):
        cast.nudge(house)
        _until(lambda: stage.sandbox.accepted(CREATE) >= at_braze, "2,000 at Braze", 0.05)
        with brand_scope(house.pk):
            stops.stop_brand(because="The offer is wrong", by=admin)
        stopped = time.time()
        _until(lambda: cast.states(house) == {"pending": at_braze * 2}, "all taken back")
    created, deleted = stage.sandbox.calls(CREATE), stage.sandbox.calls(DELETE)
    assert {call["schedule_id"] for call in created} == {call["schedule_id"] for call in deleted}
    gone = {call["schedule_id"]: _at(call) - stopped for call in deleted}
    pairs = cast.pairs_before(house, timezone.now() + timedelta(hours=1))
    first = [gone[call["schedule_id"]] for call in created if (call["send_id"], call["variation"]) in pairs]
    assert len(first) == soon
    print("\n| after a stop, 2 workers | seconds |\n| --- | ---: |")
    print(f"| last call that still booked something | {max(0.0, max(map(_at, created)) - stopped):.1f} |")
    print(f"| the {soon} that were to go within the hour are deleted | {max(first):.1f} |")
    print(f"| all {len(gone):,} are deleted | {max(gone.values()):.1f} |")
