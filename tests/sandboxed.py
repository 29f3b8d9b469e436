"""Braze for tests: the real client, the real sandbox, and a wire between them that can be cut."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import httpx2

from braze_sandbox.app import create_app
from braze_sandbox.sandbox import Sandbox
from tests.factories import API_KEY

CREATE, UPDATE, DELETE = (f"/messages/schedule/{verb}" for verb in ("create", "update", "delete"))
SEND_ID, SERIES = "/sends/id/create", "/sends/data_series"

Forward = Callable[[httpx2.Request], httpx2.Response]
#: What happens to one call in place of what should.
Mishap = Callable[[httpx2.Request, Forward], httpx2.Response]


class Killed(BaseException):
    """The process dies here."""


class Inline:
    """Calls are made where they are asked for, so that what happens meanwhile sees the test's own transaction."""

    def submit(self, deed: Callable[..., Any], *args: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(deed(*args))
        except BaseException as error:  # noqa: BLE001 - raised again by whoever asks for the result
            future.set_exception(error)
        return future


class Sandboxed(httpx2.BaseTransport):
    """`calls` are those that got on the wire, `ledger` what the sandbox took; mishaps are used up one a call."""

    def __init__(self, folder: Path) -> None:
        self.sandbox = Sandbox(folder)
        self.sandbox.workspaces.define(workspace("bluebird", "Leith", "Portobello"))
        self._inside = httpx2.WSGITransport(app=create_app(self.sandbox))
        self._mishaps: dict[str, list[Mishap]] = defaultdict(list)
        self.calls: list[str] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        self.calls.append(path)
        mishap = self._mishaps[path].pop(0) if self._mishaps[path] else None
        return mishap(request, self._forward) if mishap else self._forward(request)

    def _forward(self, request: httpx2.Request) -> httpx2.Response:
        return self._inside.handle_request(request)

    def ledger(self, path: str = CREATE) -> list[dict[str, Any]]:
        """Bodies of the accepted calls."""
        return [
            call["body"] for call in self.sandbox.calls.page(path=path, accepted=True, after=0, limit=1000)
        ]

    def count(self, path: str = CREATE) -> int:
        return self.calls.count(path)

    def will(self, path: str, *mishaps: Mishap) -> None:
        self._mishaps[path].extend(mishaps)

    def forget_mishaps(self) -> None:
        """What has not happened yet does not happen."""
        self._mishaps.clear()

    def counted(self, send_id: str, variation: str, day: str, **numbers: int) -> None:
        """Set what the sandbox will report."""
        cell = ("bluebird", "campaign-bluebird", send_id, variation, day)
        self.sandbox.numbers.replace(cell, numbers)


def workspace(brand: str, *places: str) -> dict[str, Any]:
    own = [{"id": f"variation-{place.lower()}", "name": place} for place in places]
    return {
        "name": brand,
        "keys": [{"name": "portal", "key": API_KEY, "permissions": "all"}],
        "app_ids": [f"app-{brand}"],
        "campaigns": [
            {"id": f"campaign-{brand}", "name": "Portal",
             "variations": [*own, {"id": f"default-{brand}", "name": "Default"}]}
        ],
        "segments": [{"id": "segment-loyal", "name": "Loyal"}],
    }  # fmt: skip


def answers(status: int, body: Any = None, **headers: str) -> Mishap:
    """Braze answers this and does nothing."""
    content = {"text": body} if isinstance(body, str) else {"json": body or {"message": "Trouble"}}

    def answer(request: httpx2.Request, forward: Forward) -> httpx2.Response:
        return httpx2.Response(status, headers=headers, **content)

    return answer


def accepts_but_answers(status: int, body: Any = None) -> Mishap:
    """Braze does it, and something on the way spoils the answer."""

    def spoil(request: httpx2.Request, forward: Forward) -> httpx2.Response:
        forward(request)
        return answers(status, body)(request, forward)

    return spoil


def unreachable(request: httpx2.Request, forward: Forward) -> httpx2.Response:
    raise httpx2.ConnectError("refused", request=request)


def cut_after_accepting(request: httpx2.Request, forward: Forward) -> httpx2.Response:
    forward(request)
    raise httpx2.ReadTimeout("silence", request=request)


def cut_before_accepting(request: httpx2.Request, forward: Forward) -> httpx2.Response:
    raise httpx2.ReadError("cut", request=request)


def killed_after_accepting(request: httpx2.Request, forward: Forward) -> httpx2.Response:
    forward(request)
    raise Killed


def killed_before_accepting(request: httpx2.Request, forward: Forward) -> httpx2.Response:
    raise Killed


def meanwhile(deed: Callable[[], Any]) -> Mishap:
    """Something happens while Braze thinks."""

    def during(request: httpx2.Request, forward: Forward) -> httpx2.Response:
        deed()
        return forward(request)

    return during
