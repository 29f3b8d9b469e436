"""bin/faults: at least a thousand promises while everything that can fail does, judged by the sandbox's ledger.

Starts PostgreSQL, Valkey, the Braze sandbox, workers and beat of its own in a temporary folder. Prints what struck and
what came of it; ends with 1 if anything was lost, done twice or told wrongly. docs/faults.md says more.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from faults.stack import Stack

if TYPE_CHECKING:
    from faults.run import Report


def main() -> int:
    options = _options()
    began = time.monotonic()
    logging.disable()  # this process is one of those whose troubles are meant
    with Stack(options.workers) as stack:
        _set_up_django()
        from faults.run import Plan, run

        seconds = options.minutes * 60
        every = 2.5 if options.short else 8.0
        report = run(
            stack,
            Plan(options.dispatches, options.workers, options.seed, seconds, every, options.short),
        )
    for line in _lines(report, options, time.monotonic() - began):
        sys.stdout.write(f"{line}\n")
    return 1 if any(each.broken for each in report.verdicts) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/faults", description="Promise campaigns while everything fails at random."
    )
    parser.add_argument("--dispatches", type=int, help="promises to make (1000, with --short 120)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (%(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="decides what strikes when (%(default)s)")
    parser.add_argument("--minutes", type=float, help="how long the faults last (4, with --short a quarter)")
    parser.add_argument("--short", action="store_true", help="the form that is part of bin/test")
    options = parser.parse_args()
    options.dispatches = options.dispatches or (120 if options.short else 1_000)
    options.minutes = options.minutes or (0.25 if options.short else 4.0)
    if options.workers < 1 or options.dispatches < 1:
        parser.error("there must be at least one worker and one dispatch")
    return options


def _set_up_django() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    import delivery.tasks  # noqa: F401 - what nudges name
    import smartersends.celery  # noqa: F401 - the broker that they are given to

    call_command("migrate", verbosity=0)


def _lines(report: Report, options: argparse.Namespace, seconds: float) -> Iterator[str]:
    done = report.done
    yield f"seed {options.seed}, {options.workers} workers, {seconds:.0f} s in all"
    yield f"{done['promises']} promises, {done['changes']} changes, {done['cancellations']} cancellations, {done['stops']} stops"
    yield from ("", *report.log, "")
    states = ", ".join(f"{count} {state}" for state, count in sorted(report.states.items()))
    yield f"{report.created} schedules in the ledger; in the portal {states}"
    yield f"{report.unknown} unknown when all had come to rest, {report.settled_after:.0f} s after the faults"
    yield f"{report.left_to_people} of them left to a person, for they have no numbers of their own"
    yield f"{report.turned_away} calls met a window that was truly full"
    yield ""
    yield "| invariant | broken | allowed |\n| --- | --- | --- |"
    for each in report.verdicts:
        yield f"| {each.invariant} | {len(each.broken)} | 0 |"
    yield from report.told


if __name__ == "__main__":
    sys.exit(main())
