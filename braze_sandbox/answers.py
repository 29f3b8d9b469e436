"""What an endpoint says back, and how it says no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """A success: 201 for what was posted, 200 for what was read. ``next_page`` goes into the Link header."""

    body: dict[str, Any] = field(default_factory=lambda: {"message": "success"})
    status: int = 201
    next_page: str = ""


class Refused(Exception):
    """A definite no: status, the words (in ``message``, or where Braze puts them) and perhaps ``errors``."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        errors: list[dict[str, Any]] | None = None,
        field: str = "message",
    ) -> None:
        super().__init__(message)
        self.message, self.status, self.errors, self.field = message, status, errors, field

    def body(self) -> dict[str, Any]:
        return {self.field: self.message} | ({"errors": self.errors} if self.errors else {})


class ConnectionCut(ConnectionResetError):
    """The fault that ends a connection without an answer."""
