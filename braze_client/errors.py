"""What can go wrong, named for what the caller can do next.

* InvalidRequest (ValueError)   found before anything was sent: correct the request
* BrazeError
  x NotReached                  nothing was sent: repeat when Braze can be reached
  x RateLimited                 nothing was done: repeat at `until`, in `seconds`
  x Unavailable                 no usable answer, and a repeat does no harm: repeat later
  x Refused                     a definite no: the same call gets the same answer
    + KeyRejected               401: the key, the instance or a permission is wrong
    + AccessDenied              403: the key may not do this
  x OutcomeUnknown              may have been done: never repeat, a person looks

The text of an error is method, path, status, request id and advice. What Braze itself said is in
`Refused.words`, without the key; the body of a 401 is kept nowhere, for Braze repeats the key in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from .calls import Call


class Outcome(StrEnum):
    """How a call ended, by what the caller can do next: a word for logs and metrics."""

    OK = "ok"
    PARTIAL = "partial"
    REFUSED = "refused"
    RATE_LIMITED = "rate_limited"
    NOT_REACHED = "not_reached"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


class InvalidRequest(ValueError):
    """The request breaks a rule that Braze publishes. Nothing was sent."""


@dataclass(frozen=True)
class RowError:
    """What Braze found wrong with one object of a /users/track call."""

    input_array: str
    """attributes, events or purchases."""
    index: int
    """Position in that array as it was sent, from 0."""
    words: str


class BrazeError(Exception):
    """A call that brought no result."""

    outcome: ClassVar[Outcome] = Outcome.UNKNOWN
    advice: ClassVar[str] = ""

    def __init__(self, call: Call) -> None:
        super().__init__(call)
        self.call = call

    def __str__(self) -> str:
        return f"{self.call}. {self.advice}"


class NotReached(BrazeError):
    """No connection was made, so nothing was sent. Safe to repeat."""

    outcome = Outcome.NOT_REACHED
    advice = "Braze could not be reached and nothing was sent: check the REST endpoint and the network, then repeat."


class RateLimited(BrazeError):
    """The allowance of the window is used up and nothing was done. Safe to repeat at `until`."""

    outcome = Outcome.RATE_LIMITED
    advice = "Braze's allowance is used up and nothing was done: repeat when the window resets."

    def __init__(self, call: Call, until: datetime, seconds: float) -> None:
        super().__init__(call)
        self.args = (call, until, seconds)
        self.until = until
        """By this machine's clock."""
        self.seconds = seconds
        """From the moment of the answer."""

    def __str__(self) -> str:
        return f"{super().__str__()[:-1]}, at {self.until:%Y-%m-%d %H:%M:%S} UTC."


class Unavailable(BrazeError):
    """Braze gave no usable answer to a call that does no harm when repeated."""

    outcome = Outcome.UNAVAILABLE
    advice = "Braze gave no usable answer; repeating this call does no harm."


class OutcomeUnknown(BrazeError):
    """The call may have been performed, and performing it twice would do harm. Never repeat it unattended."""

    outcome = Outcome.UNKNOWN
    advice = "The call may have been performed: do not repeat it before somebody has looked in Braze."


class Refused(BrazeError):
    """Braze said no and did nothing. `words` is Braze's reason without the key, or empty."""

    outcome = Outcome.REFUSED
    advice = "Braze refused the call and did nothing: correct what it names."

    def __init__(self, call: Call, words: str = "", rows: tuple[RowError, ...] = ()) -> None:
        super().__init__(call)
        self.args = (call, words, rows)
        self.words = words
        self.rows = rows

    @property
    def status(self) -> int:
        """The HTTP status; 0 is never seen, for a refusal is an answer."""
        return self.call.status or 0


class KeyRejected(Refused):
    """401. `words` is always empty: the body of a 401 repeats the key."""

    advice = (
        "Braze does not accept the key here: check the REST endpoint, that the key is complete and of this "
        "workspace, and that it holds the permission for this call."
    )


class AccessDenied(Refused):
    """403. The key lacks the permission, predates the feature, or its account may not use it."""

    advice = "The key may not do this: make a new key in Braze that holds the permission for this call."
