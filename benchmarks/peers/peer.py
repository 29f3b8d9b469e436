"""PyPI's premailer on one page, warm: a number of calls a line in, CPU milliseconds a call out."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from premailer import transform

PAGE = Path(sys.argv[2]).read_text(encoding="utf-8")


def tell(**said: float) -> None:
    print(json.dumps(said), flush=True)


def work() -> str:
    return str(transform(PAGE, allow_network=False, disable_validation=True, cssutils_logging_level=50))


tell(length=len(work()))
for line in sys.stdin:
    start = time.process_time()
    for _ in range(int(line)):
        work()
    tell(ms=(time.process_time() - start) / int(line) * 1_000)
