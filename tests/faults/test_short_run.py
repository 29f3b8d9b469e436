"""The fault suite in its short form: processes die, servers go and come back, and every trouble of Braze is met."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_lost_done_twice_or_told_wrongly():
    ended = subprocess.run(
        [sys.executable, "-m", "faults", "--short", "--seed", "7"],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr[-4000:]
    assert "kill -9 of a worker" in ended.stdout
    assert "| 0 | 0 |" in ended.stdout
