"""Handing over to Braze: how fast, at what cost, how fair, how fully, and how quickly it stops.

    .venv/bin/python -m benchmarks.delivery [speed] [beside] [windows] [stop] [cost] [--campaigns N] [--workers 1,2,4]

Starts its own PostgreSQL, Valkey and Braze sandbox (200 ms for every call) in a temporary folder, and workers and beat
as docker-compose.yml does, all on the same cores. Judged by the sandbox's ledger. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys

from benchmarks.delivery.stage import ROOT, Stage

PARTS = ("speed", "cost", "beside", "windows", "stop")


def main() -> None:
    options = _options()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n"
    )
    with Stage(latency_ms=options.latency_ms) as stage:
        _set_up_django()
        from benchmarks.delivery import parts

        parts.run(stage, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.delivery", description="Measure the hand-over to Braze."
    )
    parser.add_argument("parts", nargs="*", default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--campaigns", type=int, default=5_000, help="of a roll-out (%(default)s)")
    parser.add_argument("--workers", default="1,2,4", help="worker processes (%(default)s)")
    parser.add_argument("--latency-ms", type=float, default=200, help="of every call to Braze (%(default)s)")
    parser.add_argument("--template", default="seasonal-offer", help="of the starter library (%(default)s)")
    parser.add_argument("--windows", type=int, default=3, help="full windows to watch (%(default)s)")
    parser.add_argument("--pool", type=int, default=3_000, help="calls an hour in them (%(default)s)")
    parser.add_argument(
        "--clock", type=float, default=60, help="how much faster Braze's clock goes (%(default)s)"
    )
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return options


def _set_up_django() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
