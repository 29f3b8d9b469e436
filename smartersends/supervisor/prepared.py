"""What the demo's data was made from, so that a warm start need not migrate and seed again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SOURCES = ["smartersends", "insights", "campaigns", "delivery", "audiences", "library", "groups", "accounts"]
_SOURCES += ["workspace", "branding", "braze_client", "braze_sandbox", "requirements"]


@dataclass(frozen=True)
class Prepared:
    """Compares a fingerprint of everything that data comes from with the one noted after the last preparation."""

    root: Path
    data: Path
    groups: Path | None
    sandbox_url: str

    @property
    def _note(self) -> Path:
        return self.data / "prepared"

    def is_current(self) -> bool:
        return self._note.exists() and self._note.read_text() == self._fingerprint()

    def note(self) -> None:
        self._note.write_text(self._fingerprint())

    def forget(self) -> None:
        """Before work on the data begins, so that work broken off is done again."""
        self._note.unlink(missing_ok=True)

    def _fingerprint(self) -> str:
        digest = hashlib.sha256("\n".join([self.sandbox_url, *self._identity()]).encode())
        for file in self._files():
            digest.update(str(file).encode())
            digest.update(file.read_bytes())
        return digest.hexdigest()

    def _identity(self) -> Iterator[str]:
        """Which database and which sandbox were filled: both may have been exchanged or deleted since."""
        yield os.environ["DATABASE_URL"]
        for born in (self.data / "postgres" / "PG_VERSION", self.data / "sandbox"):
            yield str(born.stat().st_ino if born.exists() else None)

    def _files(self) -> Iterator[Path]:
        if self.groups:
            yield self.groups
        for name in _SOURCES:
            for path in sorted((self.root / name).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path
