"""The whole pre-flight of a twelve-module mail, warm: `python benchmarks/preflight.py [rounds]` prints one row of a Markdown table.

The mail is that of benchmarks/render.py, with three hundred entries in the brand's word list and all rule packs. CPU
time of this thread, so that neighbours on the machine weigh less; reading from the database is no part of it.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.render import newsletter, surroundings
from library.engine import render
from library.engine.inert import FIELD_CLOSE, FIELD_OPEN
from library.preflight import Subject, examine
from library.preflight.rules.subject import BrandRules, Picture, Restriction

CALLS = 10


def subject() -> Subject:
    """The mail as it comes from the engine; nothing of it has been read yet."""
    (spec, values), context = newsletter(), surroundings()
    marked = render(spec, values, context, marked=True)
    clean = replace(marked, html=marked.html.replace(FIELD_OPEN, "").replace(FIELD_CLOSE, ""))
    words = tuple(Restriction(f"forbidden word {number}") for number in range(300))
    return Subject(
        spec, values, context, clean, marked.html, brand=BrandRules(restrictions=words), brand_name="Bluebird",
        sending_domain="example.org", packs=("us", "ca", "uk", "eu", "de"), now=datetime(2026, 11, 24, tzinfo=UTC),
        pictures={"https://img.example.org/cup.jpg": Picture("cup", 90_000, 1200, 800)},
    )  # fmt: skip


def milliseconds(*, rendered: bool) -> float:
    """A run: with the rendering, or without it."""
    ready = [subject() for _ in range(CALLS)] if not rendered else []
    start = time.thread_time()
    for number in range(CALLS):
        examine(ready[number] if ready else subject())
    return (time.thread_time() - start) / CALLS * 1_000


def main(rounds: int) -> None:
    found = examine(subject())
    size = len(subject().email.html.encode()) // 1024
    alone = [milliseconds(rendered=False) for _ in range(rounds)]
    both = [milliseconds(rendered=True) for _ in range(rounds)]
    print(
        f"| pre-flight, 12 modules, {size} KB HTML, {len(found)} findings, Python {platform.python_version()} "
        f"| {statistics.median(alone):.1f} ms ({min(alone):.1f}–{max(alone):.1f}) "
        f"| with rendering {statistics.median(both):.1f} ms |"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
