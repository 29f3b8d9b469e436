"""The control API under /sandbox/: JSON, without key, for callers on this machine only."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from typing import Any

import falcon

from braze_sandbox import changes
from braze_sandbox.changes import BadObject
from braze_sandbox.choices import UnknownChoice
from braze_sandbox.clock import BadTime, absolute, iso, read_time
from braze_sandbox.database import Row
from braze_sandbox.faults import UnknownFault
from braze_sandbox.numbers import METRICS
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import BadDefinition, Workspace

MAX_PROFILES = 5_000
MAX_ROWS = 1_000


class OnlyFromHere:
    """Refuses callers from elsewhere, and pages in a browser: those cannot send JSON unasked."""

    def process_request(self, req: falcon.Request, _resp: falcon.Response) -> None:
        if not req.path.startswith("/sandbox/"):
            return
        try:
            local = ipaddress.ip_address(req.env.get("REMOTE_ADDR", "")).is_loopback
        except ValueError:
            local = False
        if not local:
            raise falcon.HTTPForbidden(description="The control API answers this machine only.")
        if req.method == "POST" and (req.content_type or "").partition(";")[0] != "application/json":
            raise falcon.HTTPUnsupportedMediaType(description="Send JSON.")


class _Control:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox


def _posted(req: falcon.Request) -> dict[str, Any]:
    """The JSON object of a request; an empty body is an empty object."""
    data = req.bounded_stream.read()
    try:
        body = json.loads(data) if data else {}
    except ValueError as error:
        raise falcon.HTTPBadRequest(description=f"This is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise falcon.HTTPBadRequest(description="Send a JSON object.")
    return body


class Health(_Control):
    def on_get(self, _req: falcon.Request, resp: falcon.Response) -> None:
        database = self.sandbox.database
        resp.media = {
            "ok": True,
            "time": iso(self.sandbox.clock()),
            "workspaces": len(self.sandbox.workspaces),
            "profiles": database.number("SELECT count(*) FROM profiles"),
            "scheduled": database.number(
                "SELECT count(*) FROM schedules WHERE state IN ('scheduled', 'sending')"
            ),
            "deliveries": database.number("SELECT count(*) FROM deliveries"),
        }


class DefineWorkspace(_Control):
    """Upsert: {name, keys, app_ids, campaigns, segments, sends, subscription_groups, tags, scheduled_broadcasts}.

    The same call twice changes nothing. docs/sandbox-endpoints.md tells what each part holds.
    """

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        wish = _posted(req)
        try:
            with self.sandbox.database:
                workspace = self.sandbox.workspaces.define(wish)
                for past in wish.get("sends") or []:
                    self._add_past_send(workspace, past)
        except (BadDefinition, KeyError, TypeError, AttributeError) as error:
            self.sandbox.workspaces.load()
            raise falcon.HTTPBadRequest(description=f"The workspace cannot be read: {error}") from error
        resp.media = {"workspace": workspace.name, "message": "success"}

    def _add_past_send(self, workspace: Workspace, past: Mapping[str, Any]) -> None:
        """{campaign_id, send_id, variation_id, days: [{time: YYYY-MM-DD, sent, delivered, …}]}."""
        campaign, send_id, variation = past["campaign_id"], past["send_id"], past["variation_id"]
        if variation not in workspace.campaigns[campaign].variations:
            raise BadDefinition(f"sends: {variation} is no variation of {campaign}.")
        # Day 0: ids of the past take nothing from today's allowance.
        self.sandbox.database.run(
            "INSERT OR IGNORE INTO send_ids VALUES (?, ?, ?, 0)", workspace.name, campaign, send_id
        )
        for day in past["days"]:
            counts = {metric: int(day.get(metric, 0)) for metric in METRICS}
            self.sandbox.numbers.replace((workspace.name, campaign, send_id, variation, day["time"]), counts)


class SeedProfiles(_Control):
    """{workspace, profiles: [attribute objects, up to 5,000]}; ``created_at`` may lie in the past."""

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        body = _posted(req)
        workspace, objects = body.get("workspace"), body.get("profiles")
        if self.sandbox.workspaces.get(str(workspace)) is None:
            raise falcon.HTTPBadRequest(description=f"There is no workspace '{workspace}'.")
        if not isinstance(objects, list) or len(objects) > MAX_PROFILES:
            raise falcon.HTTPBadRequest(description=f"'profiles' must be a list of up to {MAX_PROFILES}.")
        for index, one in enumerate(objects):
            self._check(index, one)
        with self.sandbox.database:
            self._change(str(workspace), objects)
        resp.media = {"profiles": len(objects), "message": "success"}

    def _check(self, index: int, one: object) -> None:
        try:
            changes.check_attributes(changes.check_identity(one))
        except BadObject as error:
            raise falcon.HTTPBadRequest(description=f"profiles[{index}]: {error}") from error

    def _change(self, workspace: str, objects: list[dict[str, Any]]) -> None:
        batches: dict[str, list[dict[str, Any]]] = {}
        for one in objects:
            made = str(one.get("created_at") or "")
            batches.setdefault(made, []).append({key: one[key] for key in one if key != "created_at"})
        for made, batch in batches.items():
            read = read_time(made)
            self.sandbox.change_profiles(workspace, batch, absolute(read) if read else self.sandbox.clock())


class Ledger(_Control):
    """What was truly accepted, in order: ?path=…&after=<number>&limit=…; ?all=1 adds what was refused or disturbed,

    ?bodies=1 what each call carried and was answered.
    """

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        everything = req.get_param_as_bool("all", default=False)
        resp.media = {
            "calls": self.sandbox.calls.page(
                path=req.get_param("path", default=""),
                accepted=not everything,
                after=req.get_param_as_int("after", default=0),
                limit=req.get_param_as_int("limit", default=MAX_ROWS, min_value=1, max_value=MAX_ROWS),
                bodies=req.get_param_as_bool("bodies", default=False),
            )
        }


class LedgerSummary(_Control):
    """Calls by path and status, faults apart, and the windows of the rate limits: ?window=<name> for one kind."""

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        windows = self.sandbox.limits.history(name=req.get_param("window", default=""))
        resp.media = {
            "calls": self.sandbox.calls.totals(),
            "windows": [window.as_json() for window in windows],
        }


class TurnClock(_Control):
    """{"advance": seconds}, {"at": ISO time}, {"speed": times}."""

    def on_get(self, _req: falcon.Request, resp: falcon.Response) -> None:
        resp.media = self.sandbox.clock.as_json()

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        try:
            self.sandbox.turn_clock(_posted(req))
        except BadTime as error:
            raise falcon.HTTPBadRequest(description=str(error)) from error
        self.on_get(req, resp)


class OrderFaults(_Control):
    def on_get(self, _req: falcon.Request, resp: falcon.Response) -> None:
        resp.media = self.sandbox.faults.as_json()

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        try:
            self.sandbox.faults.order(_posted(req))
        except UnknownFault as error:
            raise falcon.HTTPBadRequest(description=str(error)) from error
        self.on_get(req, resp)

    def on_delete(self, req: falcon.Request, resp: falcon.Response) -> None:
        self.sandbox.faults.clear(req.get_param("path"), req.get_param_as_int("number"))
        self.on_get(req, resp)


class SwitchChoices(_Control):
    def on_get(self, _req: falcon.Request, resp: falcon.Response) -> None:
        resp.media = self.sandbox.choices.as_json()

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        try:
            self.sandbox.choose(_posted(req))
        except UnknownChoice as error:
            raise falcon.HTTPBadRequest(description=str(error)) from error
        self.on_get(req, resp)


class Reset(_Control):
    """Forget everything; {"keep_workspaces": true} keeps workspaces and their people."""

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        self.sandbox.reset(keep_workspaces=_posted(req).get("keep_workspaces") is True)
        resp.media = {"message": "success"}


class Deliveries(_Control):
    """What reached whom: ?to=<address> or ?schedule_id=…, newest first."""

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        to, schedule_id = req.get_param("to"), req.get_param("schedule_id")
        if not to and not schedule_id:
            raise falcon.HTTPBadRequest(description="Give to or schedule_id.")
        rows = self.sandbox.database.rows(
            "SELECT d.*, s.id AS schedule_id, s.dispatch_id, s.campaign, s.send_id, s.variation FROM deliveries d"
            " JOIN schedules s ON s.number = d.schedule WHERE (? = '' OR d.email = ?) AND (? = '' OR s.id = ?)"
            " ORDER BY d.number DESC LIMIT ?",
            *(to or "", (to or "").lower(), schedule_id or "", schedule_id or "", MAX_ROWS),
        )
        drops = self.sandbox.database.rows(
            "SELECT a.* FROM activity a JOIN schedules s ON s.number = a.schedule WHERE s.id = ? LIMIT ?",
            *(schedule_id or "", MAX_ROWS),
        )
        resp.media = {
            "deliveries": [self._told(row) for row in rows],
            "drops": [{"who": row["who"], "reason": row["reason"]} for row in drops],
        }

    def _told(self, row: Row) -> dict[str, Any]:
        profile = self.sandbox.profiles.book(row["workspace"]).by_number.get(row["profile"])
        named = (
            "workspace",
            "channel",
            "email",
            "subject",
            "schedule_id",
            "dispatch_id",
            "campaign",
            "send_id",
            "variation",
        )
        return {name: row[name] for name in named} | {
            "id": row["number"],
            "external_id": profile.external_id if profile else None,
            "attributes": dict(profile.custom) if profile else {},
            "time": iso(row["at"]),
            "bounced": bool(row["bounced"]),
            "opens": row["opens"],
            "clicks": row["clicks"],
        }


ROUTES: dict[str, type[_Control]] = {
    "/sandbox/health": Health,
    "/sandbox/workspaces": DefineWorkspace,
    "/sandbox/profiles": SeedProfiles,
    "/sandbox/ledger": Ledger,
    "/sandbox/ledger/summary": LedgerSummary,
    "/sandbox/clock": TurnClock,
    "/sandbox/faults": OrderFaults,
    "/sandbox/choices": SwitchChoices,
    "/sandbox/reset": Reset,
    "/sandbox/deliveries": Deliveries,
}
