"""Starts the demo's processes, watches them, and leaves none behind. `bin/demo` runs it."""

from __future__ import annotations
