"""Loaded before Django's settings are read: real servers for whoever runs pytest by hand."""

from __future__ import annotations

from pathlib import Path

from smartersends.embedded import ensure_servers

ensure_servers(Path(__file__).resolve().parent.parent / ".data" / "test", durable=False)
