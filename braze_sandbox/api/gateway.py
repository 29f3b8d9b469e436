"""The door of every Braze endpoint: the order of checks, the headers, the faults and the ledger."""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import falcon

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.troubles import Outcome, cut, disturbed, drip
from braze_sandbox.calls import Call, about
from braze_sandbox.clock import DAY, http_date
from braze_sandbox.faults import Fault
from braze_sandbox.limits import NO_ALLOWANCE, Allowance, send_id_allowance
from braze_sandbox.rules import may_call_from
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.wire import Wire, wire_of
from braze_sandbox.workspaces import Key, Workspace

MAX_BODY = 4 * 1024 * 1024

Handler = Callable[[Sandbox, Workspace, Call, dict[str, Any]], Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``window`` is the allowance it draws on: pool, export, track, send_ids or one of limits.FIXED.

    Of ``broadcast`` calls those to an audience have windows of their own; those that name people draw on the pool.
    ``path`` may have parts in braces; a call has them in ``parts``.
    """

    method: str
    path: str
    permission: str
    window: str
    handle: Handler


class Doors:
    """A falcon resource: the endpoints of one path, each behind its method."""

    def __init__(self, sandbox: Sandbox, *endpoints: Endpoint) -> None:
        for endpoint in endpoints:
            setattr(self, f"on_{endpoint.method.lower()}", Gateway(sandbox, endpoint).serve)


class Gateway:
    """The way of one endpoint's calls."""

    def __init__(self, sandbox: Sandbox, endpoint: Endpoint) -> None:
        self._sandbox, self._endpoint = sandbox, endpoint

    def serve(self, req: falcon.Request, resp: falcon.Response, **parts: str) -> None:
        started, wire = time.perf_counter(), wire_of(req.env)
        wait, fault = (0.0, wire.fault) if wire and wire.held else self._met(req)
        if wire and wait:
            wire.wait, wire.fault = wait, fault  # the server comes again
            return
        if wait:
            self._sandbox.pause(wait)
        at = self._sandbox.clock()
        call = Call(at, req.method, req.path, req.query_string, _request_id(), parts=parts)
        self._sandbox.settle(at)
        outcome = self._disturbed(fault, req, call) if fault else self._perform(req, call)
        self._respond(resp, wire, outcome, call, time.perf_counter() - started)

    def _met(self, req: falcon.Request) -> tuple[float, Fault | None]:
        """How long this call takes at least, and what becomes of its answer."""
        delay, fault = self._sandbox.faults.take(req.path)
        return delay + self._sandbox.choices.latency_ms / 1000, fault

    def _disturbed(self, fault: Fault, req: falcon.Request, call: Call) -> Outcome:
        call.fault = fault.name
        answer = None
        if fault.perform:
            answer = self._perform(req, call)
        else:
            call.status = fault.status or 0
            self._sandbox.calls.write(call)
        return disturbed(fault, answer, key=_bearer(req)[1], now=call.at)

    def _respond(
        self, resp: falcon.Response, wire: Wire | None, outcome: Outcome, call: Call, took: float
    ) -> None:
        if outcome.cut_in is not None:
            cut(resp, wire, outcome.cut_in, self._sandbox.pause)
            return
        resp.status = outcome.status
        resp.content_type = outcome.content_type
        etag = f'W/"{zlib.crc32(outcome.body):08x}{len(outcome.body):x}"'
        told = {"ETag": etag, "X-Request-Id": call.request_id, "Date": http_date(call.at)}
        resp.set_headers({**told, "X-Runtime": f"{took:.6f}", **outcome.headers})
        if outcome.drip:
            drip(resp, wire, outcome.body, self._sandbox.pause)
        else:
            resp.data = outcome.body

    def _perform(self, req: falcon.Request, call: Call) -> Outcome:
        allowance: Allowance | None = None
        try:
            key = self._admit(req, call)
            # Which window these draw on stands in their bodies.
            early = self._peek(req, call) if self._endpoint.window in ("broadcast", "export") else None
            allowance = self._allowance(key, call, early)
            if allowance.exceeded:
                raise Refused("Rate Limited", status=429)
            self._handle(call, self._read(req, call) if early is None else _sound(early))
        except Refused as refused:
            call.status, call.answer = refused.status, json.dumps(refused.body()).encode()
            self._sandbox.calls.write(call)
        if self._endpoint.window == "send_ids" and call.workspace:
            allowance = self._send_ids(call)
        told = allowance.headers() if allowance else NO_ALLOWANCE
        return Outcome(call.status, call.answer, {**told, **call.headers})

    def _handle(self, call: Call, data: dict[str, Any]) -> None:
        """Effect and ledger in one transaction: what the ledger shows has happened, and nothing else has."""
        sandbox = self._sandbox
        with sandbox.database:
            sandbox.calls.accept(call)
            answer = self._endpoint.handle(sandbox, sandbox.workspaces[call.workspace], call, data)
            call.status, call.answer = answer.status, json.dumps(answer.body).encode()
            if answer.next_page:
                call.headers["Link"] = f'<{answer.next_page}>; rel="next"'
            about(call, data, answer.body)
            sandbox.calls.write(call)

    # --- The checks, in Braze's order ---

    def _admit(self, req: falcon.Request, call: Call) -> Key:
        scheme, sent = _bearer(req)
        key = self._sandbox.workspaces.key(sent) if scheme == "Bearer" else None
        if key is None:
            raise Refused(f"Invalid API key: {sent}", status=401)
        call.key_name = key.name
        if not may_call_from(req.remote_addr, key.addresses):
            raise Refused("Invalid whitelisted IPs", status=self._sandbox.choices.unlisted_address)
        if self._endpoint.permission not in key.permissions:
            if self._sandbox.choices.missing_permission == HTTPStatus.FORBIDDEN.value:
                raise Refused("Access Denied", status=403)
            raise Refused(f"Invalid API key: {sent}", status=401)
        call.workspace = key.workspace
        return key

    def _peek(self, req: falcon.Request, call: Call) -> dict[str, Any] | Refused:
        try:
            return self._read(req, call)
        except Refused as refused:
            return refused

    def _allowance(self, key: Key, call: Call, early: dict[str, Any] | Refused | None) -> Allowance:
        if self._endpoint.window == "send_ids":
            return self._send_ids(call)
        limits, choices, window = self._sandbox.limits, self._sandbox.choices, self._endpoint.window
        if window == "broadcast" and isinstance(early, dict) and (audience := _audience(early)):
            return limits.broadcast(key.workspace, audience, call.at)
        if window == "export" and choices.lean_exports == "by_second" and _is_lean(early):
            window = "lean_export"
        return limits.count(key.workspace, window, choices, call.at)

    def _send_ids(self, call: Call) -> Allowance:
        used = self._sandbox.send_ids_today(call.workspace)
        limits, end = self._sandbox.limits, (int(call.at // DAY) + 1) * DAY
        return send_id_allowance(self._sandbox.choices.send_ids_per_day, used, limits.reset_at(end, call.at))

    def _read(self, req: falcon.Request, call: Call) -> dict[str, Any]:
        """The query, or the body of a POST or PUT."""
        if req.method == "GET":
            return dict(req.params)
        if (req.content_type or "").partition(";")[0].strip().lower() != "application/json":
            raise Refused("Unsupported Media Type", status=415)
        call.body = _body(req)
        try:
            parsed = json.loads(call.body)
        except (ValueError, RecursionError) as error:
            words = "Error while parsing request body. Please check your syntax."
            raise Refused(words, field="error") from error
        if not isinstance(parsed, dict):
            raise Refused("The request body must be a JSON object", field="error")
        return parsed


def _request_id() -> str:
    """Like a UUID in looks; making a true one takes longer than finding the endpoint."""
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _bearer(req: falcon.Request) -> tuple[str, str]:
    """The scheme and the key of the Authorization header."""
    scheme, _, sent = (req.auth or "").partition(" ")
    return scheme, sent


def _sound(read: dict[str, Any] | Refused) -> dict[str, Any]:
    if isinstance(read, Refused):
        raise read
    return read


def _audience(body: dict[str, Any]) -> str:
    """One word for the audience of a broadcast, "" for a call that names its recipients."""
    if body.get("external_user_ids") or body.get("user_aliases") or body.get("recipients"):
        return ""
    parts = [body.get(name) for name in ("campaign_id", "segment_id", "audience")]
    if body.get("broadcast") is not True and not any(parts[1:]):
        return ""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _is_lean(body: object) -> bool:
    """Whether an export names its fields and leaves out what was received, the slow part."""
    fields = body.get("fields_to_export") if isinstance(body, dict) else None
    return (
        isinstance(fields, list)
        and bool(fields)
        and not {"campaigns_received", "canvases_received"} & set(map(str, fields))
    )


def _body(req: falcon.Request) -> bytes:
    if (req.content_length or 0) > MAX_BODY:
        raise Refused("Request Entity Too Large", status=413)
    stream = req.bounded_stream if req.content_length is not None else req.stream
    data: bytes = stream.read(MAX_BODY + 1)
    if len(data) > MAX_BODY:
        raise Refused("Request Entity Too Large", status=413)
    return data
