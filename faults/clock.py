"""A clock that all processes of a run share, so that one turn of it lets hours pass for every one of them."""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_SECONDS = struct.Struct("d")


class SharedClock:
    """The true time, put forward by what stands in a file."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(_SECONDS.pack(0.0))
        with file.open("r+b") as opened:
            self._ahead = mmap.mmap(opened.fileno(), _SECONDS.size)

    def now(self) -> datetime:
        (seconds,) = _SECONDS.unpack_from(self._ahead)
        return datetime.now(UTC) + timedelta(seconds=seconds)

    def advance(self, by: timedelta) -> None:
        """For every process at once."""
        (seconds,) = _SECONDS.unpack_from(self._ahead)
        _SECONDS.pack_into(self._ahead, 0, seconds + by.total_seconds())
