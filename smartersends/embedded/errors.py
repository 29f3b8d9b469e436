"""What can go wrong with the embedded servers, in words for the person at the keyboard."""

from __future__ import annotations

from pathlib import Path

_LAST_LINES = 12


class ServersError(SystemExit):
    """Ends a command with a message instead of a traceback; its text says what, where and how to fix it."""


def last_lines(log: Path, count: int = _LAST_LINES) -> str:
    """The end of a log, indented for use below a message; empty when there is nothing to show."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-count:]
    except OSError:
        return ""
    return "".join(f"\n    {line}" for line in lines)
