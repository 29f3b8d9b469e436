"""What can go wrong in the engine, in words fit to show to the person who can mend it."""

from __future__ import annotations


class EngineError(Exception):
    """Anything the engine refuses."""


class RenderError(EngineError):
    """A module's source cannot be turned into mail: where, what, and how to fix it."""

    def __init__(self, what: str, *, module: str = "", line: int | None = None, fix: str = "") -> None:
        self.what, self.module, self.line, self.fix = what, module, line, fix
        super().__init__(self._words())

    def _words(self) -> str:
        place = f"Module “{self.module}”" if self.module else "The template"
        if self.line is not None:
            place += f", line {self.line}"
        return f"{place}: {self.what}" + (f" {self.fix}" if self.fix else "")


class SourceError(EngineError):
    """A module or template file that does not say what it must."""

    def __init__(self, place: str, *faults: str) -> None:
        self.place, self.faults = place, faults
        super().__init__("\n".join([f"{place} cannot be used:", *(f"  - {fault}" for fault in faults)]))


class LockedField(EngineError):
    """Somebody tried to write where the template gives no grant."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"“{path}” is locked by the template. Only fields that the template opens can be changed."
        )


class ItemLimit(EngineError):
    """A repeated part that would have too few or too many items."""

    def __init__(self, path: str, least: int, most: int) -> None:
        self.path, self.least, self.most = path, least, most
        super().__init__(f"“{path}” must keep {least} to {most} items.")


class KindLimit(EngineError):
    """A zone that would have more of one module than it takes, or is asked for one that it does not take."""

    def __init__(self, path: str, kind: str, most: int) -> None:
        self.path, self.kind, self.most = path, kind, most
        super().__init__(f"“{path}” takes at most {most} of “{kind}”.")


class WrongOrder(EngineError):
    """An item moved to where the zone's order has no room for it."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"“{path}” keeps its modules in the order of the template.")
