"""One dispatch: what it costs to schedule a campaign and to hand it to Braze, beside the bare client call.

    .venv/bin/python -m benchmarks.dispatch [N]

Starts its own PostgreSQL, Valkey and Braze sandbox in a temporary folder, seeds the demo, schedules N campaigns of as
many groups through the service that the button uses, and hands them over one after the other in this process. The
sandbox's ledger must show each exactly once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from smartersends.embedded import ensure_servers
from smartersends.supervisor.demo import answers
from smartersends.supervisor.ports import next_free

ROOT = Path(__file__).resolve().parent.parent


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        port = next_free(8700)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="smartersends.settings", DEMO="yes", BRAZE_ALLOW_LOOPBACK="yes", LOG_LEVEL="ERROR",
            BRAZE_SANDBOX_URL=f"http://127.0.0.1:{port}", SWEEP_SECONDS="3600",
        )  # fmt: skip
        servers = ensure_servers(Path(folder), durable=True)
        command = [sys.executable, "-m", "braze_sandbox", "--port", str(port), "--data", f"{folder}/sandbox"]
        sandbox = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            while not answers(port, "127.0.0.1"):
                time.sleep(0.1)
            prepare()
            measure(count)
        finally:
            sandbox.terminate()
            sandbox.wait()
            servers.release()


def prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    with Path(os.devnull).open("w") as nowhere:
        call_command("seed_demo", stdout=nowhere)


def measure(count: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from branding.models import Brand
    from branding.scope import brand_scope
    from delivery import requests
    from delivery.handover import hand_over
    from delivery.models import Dispatch
    from workspace.services import braze_for, connected

    brand = Brand.objects.get(slug="bluebird").pk
    scheduled, drafts = schedule_some(brand, count)
    with CaptureQueriesContext(connection) as captured:
        hand_over(brand, drafts[0])
    queries = len(captured)
    handed = timed(lambda pk: hand_over(brand, pk), drafts[1:])
    with brand_scope(brand):
        states = set(Dispatch.objects.filter(pk__in=drafts).values_list("state", flat=True))
        assert states == {"scheduled"}, states
        braze = braze_for(connected())
        bodies = [requests.create(dispatch) for dispatch in Dispatch.objects.filter(pk__in=drafts[1:])]
    bare = timed(braze.create_schedule, bodies)
    report(count, scheduled, handed, bare, queries)


def schedule_some(brand: int, count: int) -> tuple[list[tuple[float, float]], list[int]]:
    """Draft, then schedule for tomorrow, as the page does; nothing is nudged, so the hand-over waits for us."""
    from datetime import timedelta

    from django.utils import timezone

    from accounts.models import User
    from branding.scope import brand_scope
    from campaigns import services
    from delivery import tasks
    from groups.models import Group
    from library.models import Template

    tasks.nudge = lambda dispatch: None
    with brand_scope(brand):
        admin = User.objects.filter(memberships__role__key="brand_admin").first()
        template = Template.objects.usable().first()
        groups = list(Group.objects.locations()[:count])
        assert admin is not None
        drafts = [services.start(template, group, by=admin) for group in groups]
        for draft in drafts:
            services.choose_time(draft, timezone.now() + timedelta(days=1), by=admin)

    def schedule(draft: Any) -> None:
        with brand_scope(brand):
            services.schedule(draft, by=admin)

    times = timed(schedule, drafts)
    with brand_scope(brand):
        dispatches = [type(draft).objects.get(pk=draft.pk).dispatch_id for draft in drafts]
    return times, dispatches


def timed(act: Callable[[Any], Any], things: list[Any]) -> list[tuple[float, float]]:
    """(wall, CPU of this process) in milliseconds for each."""
    found = []
    for thing in things:
        wall, cpu = time.perf_counter(), time.process_time()
        act(thing)
        found.append(((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))
    return found


def report(count: int, scheduled: Any, handed: Any, bare: Any, queries: int) -> None:
    def row(name: str, times: list[tuple[float, float]], note: str = "") -> None:
        wall, cpu = median(wall for wall, _ in times), median(cpu for _, cpu in times)
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {wall / median(w for w, _ in bare):.1f} | {note} |")

    print(f"{count} campaigns of as many groups, one process, medians\n")
    print("| step | wall ms | CPU ms | times the bare call | |\n| --- | --- | --- | --- | --- |")
    row("schedule (check, render, seal, promise)", scheduled)
    row("hand over (claim, send id, create, record)", handed, f"{queries} queries with a new send id")
    row("bare client call, same body", bare)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
