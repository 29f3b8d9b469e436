"""From a call to its answer or its error: what each outcome means, and whether to try again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from ._http import Fault, Http, Reply
from ._key import Key
from ._words import problem_in
from .answers.base import Answer
from .calls import Call, allowance_in, next_cursor_in, wait_until
from .errors import (
    AccessDenied,
    BrazeError,
    KeyRejected,
    NotReached,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Unavailable,
)
from .retry import Repeat, Retry

log = logging.getLogger("braze_client")

BeforeCall = Callable[[str, str], None]
OnCall = Callable[[Call], None]
A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Ask:
    """A call before it is made. `path` is the documented one; its {places} are filled from `places`."""

    method: str
    path: str
    repeat: Repeat
    params: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    body: bytes | None = field(default=None, repr=False)
    places: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def address(self) -> str:
        """The path as it is called; an id cannot lead out of its place."""
        if not self.places:
            return self.path
        return self.path.format_map({name: quote(value, safe="") for name, value in self.places.items()})


class Caller:
    """Makes calls, announces and reports each attempt, and names what went wrong."""

    def __init__(
        self, http: Http, key: Key, retry: Retry, before_call: BeforeCall | None, on_call: OnCall | None
    ) -> None:
        self._http = http
        self._key = key
        self._retry = retry
        self._before_call = before_call
        self._on_call = on_call

    def answer(self, ask: Ask, shape: type[A]) -> A:
        """The answer in its shape, or a BrazeError."""
        began = time.monotonic()
        attempt, doubtful = 1, False
        while isinstance(outcome := self._attempt(ask, shape, attempt), BrazeError):
            pause = self._pause(outcome, attempt, time.monotonic() - began, ask.repeat)
            if pause is None:
                raise _in_doubt(outcome, ask.repeat) if doubtful else outcome
            time.sleep(pause)
            attempt, doubtful = attempt + 1, doubtful or isinstance(outcome, Unavailable)
        return outcome

    def _pause(self, error: BrazeError, attempt: int, elapsed: float, repeat: Repeat) -> float | None:
        """A 429 is not slept through here: its window may be an hour, and others wait for it too."""
        if not isinstance(error, NotReached | Unavailable):
            return None
        return self._retry.pause_after(attempt, elapsed, repeat)

    def _attempt(self, ask: Ask, shape: type[A], attempt: int) -> A | BrazeError:
        if self._before_call is not None:
            self._before_call(ask.method, ask.path)
        began = time.monotonic()
        result = self._http.exchange(ask.method, ask.address, ask.params, ask.body)
        call = self._call(ask, result, attempt, time.monotonic() - began)
        self._report(call)
        if isinstance(result, Fault):
            return _after_fault(call, result, ask.repeat)
        if HTTPStatus.OK <= result.status < HTTPStatus.MULTIPLE_CHOICES:
            return self._read(call, result, shape, ask.repeat)
        return self._no(call, result, ask.repeat)

    def _call(self, ask: Ask, result: Reply | Fault, attempt: int, duration: float) -> Call:
        if isinstance(result, Fault):
            return Call(ask.method, ask.path, duration=duration, attempt=attempt, trouble=result.trouble)
        return Call(
            ask.method,
            ask.path,
            status=result.status,
            request_id=self._key.blacked_out(result.headers.get("x-request-id", ""))[:100] or None,
            duration=duration,
            attempt=attempt,
            allowance=allowance_in(result.headers, datetime.now(UTC)),
            next_cursor=next_cursor_in(result.headers),
            trouble=result.trouble,
        )

    def _report(self, call: Call) -> None:
        log.debug("%s, %.3f s, allowance left %s", call, call.duration, call.allowance.remaining)
        if self._on_call is None:
            return
        try:
            self._on_call(call)
        except Exception:
            log.exception("on_call failed after %s", call)

    def _read(self, call: Call, reply: Reply, shape: type[A], repeat: Repeat) -> A | BrazeError:
        if reply.body is None:
            return _doubt(call, repeat)
        try:
            # Some 2xx of Braze are undocumented; an empty one still means accepted.
            answer = shape.model_validate_json(reply.body.strip() or b"{}")
        except ValidationError:
            return _doubt(call, repeat)
        return answer.of(call)

    def _no(self, call: Call, reply: Reply, repeat: Repeat) -> BrazeError:
        if reply.status == HTTPStatus.TOO_MANY_REQUESTS:
            now = datetime.now(UTC)
            until = wait_until(reply.headers, now)
            return RateLimited(call, until, (until - now).total_seconds())
        if reply.status == HTTPStatus.UNAUTHORIZED:
            return KeyRejected(call)
        if HTTPStatus.BAD_REQUEST <= reply.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            kind = AccessDenied if reply.status == HTTPStatus.FORBIDDEN else Refused
            return kind(call, *problem_in(reply.body or b"", self._key))
        return _odd(call, reply, repeat)


def _odd(call: Call, reply: Reply, repeat: Repeat) -> BrazeError:
    """A 5xx, or a redirect, which is never followed: the key stays with the instance it was given for."""
    if repeat is not Repeat.HARMFUL and reply.status < HTTPStatus.BAD_REQUEST:
        return Refused(call, "The answer was a redirect: the REST endpoint is not the one Braze shows.")
    return _doubt(call, repeat)


def _after_fault(call: Call, fault: Fault, repeat: Repeat) -> BrazeError:
    return _doubt(call, repeat) if fault.sent else NotReached(call)


def _doubt(call: Call, repeat: Repeat) -> BrazeError:
    return OutcomeUnknown(call) if repeat is Repeat.HARMFUL else Unavailable(call)


def _in_doubt(error: BrazeError, repeat: Repeat) -> BrazeError:
    """The error of a later attempt, in view of an earlier one that may have worked."""
    if isinstance(error, NotReached):
        return Unavailable(error.call)
    if repeat is Repeat.REFUSED and isinstance(error, RateLimited):
        return Unavailable(error.call)  # “nothing was done” would hide that the first one may have worked
    if repeat is Repeat.REFUSED and type(error) is Refused:
        return OutcomeUnknown(error.call)
    return error
