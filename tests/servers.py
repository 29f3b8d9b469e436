"""Loaded before Django's settings are read: real servers for whoever runs pytest by hand."""

from __future__ import annotations

import os
from pathlib import Path

from smartersends.embedded import ensure_servers

DATA = Path(os.environ.get("SMARTERSENDS_DATA") or Path(__file__).resolve().parent.parent / ".data")

ensure_servers(DATA / "test", durable=False)
