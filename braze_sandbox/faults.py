"""Troubles on demand, by path and count: the weather of the internet between a client and Braze."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

STATUSES = (429, 500, 502, 503, 504)


class UnknownFault(ValueError):
    """An order for a fault that cannot be read. The text says what is wrong."""


@dataclass(slots=True)
class Fault:
    """What happens to the next ``count`` calls of ``path`` (``*`` is any; None is until cleared).

    ``perform`` lets the call do its work first; then ``cut`` closes the connection without an answer, or ``status``
    is answered, as HTML if ``html``. ``delay_ms`` alone only slows. ``reset_in`` belongs to 429: seconds until the
    window of the headers ends, None for no headers.
    """

    path: str = "*"
    count: int | None = 1
    delay_ms: int = 0
    status: int | None = None
    html: bool = False
    cut: bool = False
    perform: bool = False
    reset_in: float | None = 60.0

    @property
    def disturbs(self) -> bool:
        """Whether the answer is lost or replaced, beyond being slow."""
        return self.cut or self.status is not None

    @property
    def name(self) -> str:
        """How the ledger names it, as in ``cut after`` or ``504 before``."""
        return f"{'cut' if self.cut else self.status} {'after' if self.perform else 'before'}"

    def meets(self, path: str) -> bool:
        return self.path in ("*", path) and self.count != 0


class Faults:
    """The faults ordered and not yet used up, oldest first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ordered: list[Fault] = []

    def order(self, wish: dict[str, Any]) -> Fault:
        """Raises UnknownFault."""
        fault = _read(wish)
        with self._lock:
            self._ordered.append(fault)
        return fault

    def take(self, path: str) -> Fault | None:
        """The fault this call of ``path`` meets, counted down."""
        if not self._ordered:
            return None
        with self._lock:
            fault = next((one for one in self._ordered if one.meets(path)), None)
            if fault and fault.count is not None:
                fault.count -= 1
                self._ordered = [one for one in self._ordered if one.count != 0]
            return fault

    def clear(self, path: str | None = None) -> None:
        """Take back all faults, or those of one path."""
        with self._lock:
            self._ordered = [one for one in self._ordered if path is not None and one.path != path]

    def as_json(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._ordered]


def _read(wish: dict[str, Any]) -> Fault:
    """``cut_before`` and ``cut_after`` are short for ``cut`` without and with ``perform``; so is ``body: html``."""
    wish = dict(wish)
    if wish.pop("cut_before", False):
        wish |= {"cut": True, "perform": False}
    if wish.pop("cut_after", False):
        wish |= {"perform": True, "cut": wish.get("status") is None}
    if (body := wish.pop("body", None)) is not None:
        wish["html"] = body == "html"
    try:
        fault = Fault(**wish)
    except TypeError:
        raise UnknownFault(
            f"A fault has {', '.join(Fault.__slots__)}, cut_before, cut_after and body."
        ) from None
    if fault.status is not None and fault.status not in STATUSES:
        raise UnknownFault(f"A fault's status is one of {STATUSES}.")
    if not fault.disturbs and not fault.delay_ms:
        raise UnknownFault("A fault needs delay_ms, status, cut_before or cut_after.")
    return fault
