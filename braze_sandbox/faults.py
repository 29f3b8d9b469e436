"""Troubles on demand: the weather of the internet between a client and Braze."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from threading import Lock
from typing import Any

BODIES = ("html", "empty", "truncated", "wrong_type", "huge")
#: What a fault may answer: whatever is no success.
FIRST_STATUS, LAST_STATUS = 300, 599


class UnknownFault(ValueError):
    """An order for a fault that cannot be read. The text says what is wrong."""


@dataclass(slots=True)
class Fault:
    """What happens to calls of ``path``, a pattern such as ``/messages/*``.

    It meets the next ``count`` calls (None: until cleared), each with ``probability``. ``perform`` lets a call do its
    work first. Then one of these: ``cut`` closes the connection without an answer; ``stall_s`` does so after that many
    silent seconds; ``status`` is answered in place of the truth, ``location`` with it; ``body`` spoils what is
    answered; ``drip`` lets it out at a byte a second. ``delay_ms`` alone only slows. ``reset_in`` belongs to 429: real
    seconds until the window of the headers ends, which may lie in the past; None for no headers.
    """

    path: str = "*"
    count: int | None = 1
    probability: float = 1.0
    delay_ms: float = 0
    status: int | None = None
    body: str = ""
    location: str = ""
    drip: bool = False
    cut: bool = False
    stall_s: float = 0
    perform: bool = False
    reset_in: float | None = 60.0
    number: int = 0

    @property
    def disturbs(self) -> bool:
        """Whether the answer is lost, replaced or spoilt, beyond being slow."""
        return bool(self.cut or self.stall_s or self.status or self.body or self.drip)

    @property
    def name(self) -> str:
        """How the ledger names it, as in ``cut after`` or ``504 before``."""
        what = "cut" if self.cut else "stall" if self.stall_s else self.status or self.body or "drip"
        return f"{what} {'after' if self.perform else 'before'}"

    def meets(self, path: str) -> bool:
        return self.count != 0 and fnmatchcase(path, self.path)


class Faults:
    """The faults ordered and not yet used up, oldest first. ``keep`` is told of every change."""

    def __init__(self, keep: Callable[[dict[str, Any]], None]) -> None:
        self._lock, self._keep = Lock(), keep
        self._ordered: list[Fault] = []
        self._seed: int | None = None
        self._dice = random.Random()
        self._last = 0

    def order(self, wish: dict[str, Any]) -> None:
        """One fault, or ``{"faults": [...]}``; ``seed`` makes their chances the same each time. Raises UnknownFault."""
        wish = dict(wish)
        seed = wish.pop("seed", None)
        wishes = wish.get("faults", [wish] if wish else [])
        if not isinstance(wishes, list) or (seed is None and not wishes):
            raise UnknownFault('Give one fault, {"faults": [...]} or {"seed": number}.')
        ordered = [_read(one) for one in wishes]
        with self._lock:
            if seed is not None:
                self._seed, self._dice = seed, random.Random(seed)
            for fault in ordered:
                self._last += 1
                fault.number = self._last
            self._ordered += ordered
            self._changed()

    def take(self, path: str) -> tuple[float, Fault | None]:
        """What this call of ``path`` meets, counted down: seconds of delay, and at most one disturbance.

        Disturbances share one throw of the dice, so that two of 5 % each disturb 10 % of the calls.
        """
        if not self._ordered:
            return 0.0, None
        with self._lock:
            met = [one for one in self._ordered if one.meets(path)]
            slow = [one for one in met if not one.disturbs and self._dice.random() < one.probability]
            hit = self._drawn([one for one in met if one.disturbs])
            self._count_down([*slow, hit] if hit else slow)
        delays = [*slow, hit] if hit else slow
        return sum(one.delay_ms for one in delays) / 1000, hit

    def _drawn(self, faults: list[Fault]) -> Fault | None:
        thrown = self._dice.random() if faults else 1.0
        for fault in faults:
            if thrown < fault.probability:
                return fault
            thrown -= fault.probability
        return None

    def _count_down(self, met: list[Fault]) -> None:
        counted = [one for one in met if one.count is not None]
        for fault in counted:
            fault.count = (fault.count or 0) - 1
        if counted:
            self._ordered = [one for one in self._ordered if one.count != 0]
            self._changed()

    def clear(self, path: str | None = None, number: int | None = None) -> None:
        """Take back all faults, or those of one path or number."""
        with self._lock:
            self._ordered = [
                one
                for one in self._ordered
                if (path is not None and one.path != path) or (number is not None and one.number != number)
            ]
            self._changed()

    def as_json(self) -> dict[str, Any]:
        return {"faults": [asdict(fault) for fault in list(self._ordered)], "seed": self._seed}

    def told(self) -> list[dict[str, Any]]:
        """The faults ordered, each with its name in ``words``."""
        return [
            asdict(fault) | {"words": fault.name if fault.disturbs else "slow"}
            for fault in list(self._ordered)
        ]

    def resume(self, kept: dict[str, Any] | None) -> None:
        """Go on with what ``keep`` was told last."""
        if kept:
            self._ordered = [Fault(**one) for one in kept["faults"]]
            self._last = max((one.number for one in self._ordered), default=0)
            self._seed = kept["seed"]
            self._dice = random.Random(self._seed)

    def _changed(self) -> None:
        self._keep(self.as_json())


# --- Reading an order ----------------------------------------------------------------------------------------


def _read(wish: Any) -> Fault:
    """``cut_before`` and ``cut_after`` are short for ``cut`` without and with ``perform``."""
    if not isinstance(wish, dict):
        raise UnknownFault("A fault is an object.")
    wish = {name: value for name, value in wish.items() if name != "number"}
    if wish.pop("cut_before", False):
        wish |= {"cut": True, "perform": False}
    if wish.pop("cut_after", False):
        wish |= {"perform": True, "cut": wish.get("status") is None}
    # A spoilt or dripping answer needs one to spoil; chances go on until they are cleared.
    if (wish.get("body") or wish.get("drip")) and not wish.get("status"):
        wish.setdefault("perform", True)
    if "probability" in wish:
        wish.setdefault("count", None)
    known = [field.name for field in fields(Fault) if field.name != "number"]
    if unknown := wish.keys() - set(known):
        raise UnknownFault(
            f"'{min(unknown)}' is no part of a fault; there are {', '.join(known)}, cut_before and cut_after."
        )
    return _checked(Fault(**wish))


def _checked(fault: Fault) -> Fault:
    _check_numbers(fault)
    if not isinstance(fault.path, str) or not isinstance(fault.location, str):
        raise UnknownFault("'path' and 'location' are texts.")
    if fault.body and fault.body not in BODIES:
        raise UnknownFault(f"A fault's body is one of {', '.join(BODIES)}.")
    if fault.status is not None and not FIRST_STATUS <= fault.status <= LAST_STATUS:
        raise UnknownFault(f"A fault's status lies between {FIRST_STATUS} and {LAST_STATUS}.")
    if not fault.disturbs and not fault.delay_ms:
        raise UnknownFault(
            "A fault needs delay_ms, status, body, drip, stall_s, cut_before or cut_after; see docs/sandbox.md."
        )
    return fault


def _check_numbers(fault: Fault) -> None:
    for name in ("count", "probability", "delay_ms", "status", "stall_s", "reset_in"):
        value = getattr(fault, name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise UnknownFault(f"'{name}' must be a number.")
    if not 0 <= fault.probability <= 1:
        raise UnknownFault("'probability' lies between 0 and 1.")
    if fault.delay_ms < 0 or fault.stall_s < 0 or (fault.count is not None and fault.count < 1):
        raise UnknownFault("'count' is at least 1, 'delay_ms' and 'stall_s' at least 0.")
