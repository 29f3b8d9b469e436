"""Loaded before Django's settings are read: real servers for whoever runs pytest by hand."""

from __future__ import annotations

import os
from pathlib import Path

from smartersends.embedded import ensure_servers

DATA = Path(os.environ.get("SMARTERSENDS_DATA") or Path(__file__).resolve().parent.parent / ".data")

ensure_servers(DATA / "test", durable=False)

# Tests that run side by side have databases of their own with the same ids in them, so they share no store either.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    address = os.environ["REDIS_URL"].rpartition("/")[0]
    os.environ["REDIS_URL"] = f"{address}/{int(worker.removeprefix('gw')) + 1}"
