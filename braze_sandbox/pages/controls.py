"""The pages that change the sandbox: its clock and choices, faults, keys and rules; and what is left of its limits."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import falcon

from braze_sandbox import rules
from braze_sandbox.api.endpoints import ENDPOINTS
from braze_sandbox.clock import read_time
from braze_sandbox.limits import Window
from braze_sandbox.pages.forms import FormPage, number, text
from braze_sandbox.pages.views import Pages
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import PERMISSIONS, Workspace

Form = dict[str, list[str]]

HISTORY = 100

#: What the page offers of the faults: words, and the order they stand for.
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "429": ("429 until a minute has passed", {"status": 429}),
    "429-bare": ("429 without headers", {"status": 429, "reset_in": None}),
    "429-past": ("429 whose window has ended already", {"status": 429, "reset_in": -60}),
    "500": ("500 before performing", {"status": 500}),
    "502-html": ("502 as an HTML page", {"status": 502, "body": "html"}),
    "503": ("503 before performing", {"status": 503}),
    "504": ("504 before performing", {"status": 504}),
    "504-after": ("504 after performing", {"status": 504, "perform": True}),
    "401": ("401, as if the key were withdrawn", {"status": 401}),
    "redirect": ("307 to another place", {"status": 307}),
    "cut-before": ("connection cut before performing", {"cut": True}),
    "cut-after": ("connection cut after performing", {"cut": True, "perform": True}),
    "stall-before": ("60 silent seconds, then cut; not performed", {"stall_s": 60}),
    "stall-after": ("performed, 60 silent seconds, then cut", {"stall_s": 60, "perform": True}),
    "empty": ("performed, but an empty body", {"body": "empty"}),
    "truncated": ("performed, but half the body", {"body": "truncated"}),
    "wrong-type": ("performed, but a list as body", {"body": "wrong_type"}),
    "huge": ("performed, but 10 MB of body", {"body": "huge"}),
    "drip": ("performed, a byte a second", {"drip": True}),
    "slow": ("only later, by the time given", {}),
}
WINDOWS = {
    "pool": "Shared pool",
    "export": "/users/export/ids",
    "burst": "/users/track, burst",
    "track": "/users/track, hour",
    "send_ids": "New send ids",
    "broadcast": "Broadcasts",
}


def add_controls(app: falcon.App[falcon.Request, falcon.Response], pages: Pages) -> None:
    """Put the pages on ``app``."""
    clock = {"advance": _advance, "set": _set, "speed": _speed, "real": _real}
    choices = {"choose": _choose, "defaults": _defaults}
    app.add_route("/settings", FormPage(pages, _settings, {**clock, **choices}))
    app.add_route("/faults", FormPage(pages, _faults, {"order": _order, "clear": _clear, "seed": _seed}))
    edits = {"key": _edit_key, "campaign": _edit_campaign, "add-cap": _add_cap, "remove-cap": _remove_cap}
    app.add_route("/keys", FormPage(pages, _keys, edits))
    app.add_route("/limits", FormPage(pages, _limits, {}))


# --- Clock and choices ---------------------------------------------------------------------------------------


def _settings(sandbox: Sandbox) -> dict[str, Any]:
    groups = list(sandbox.choices.described().items())
    return {
        "template": "settings.html",
        "here": "settings",
        "now": sandbox.clock(),
        "clock": sandbox.clock.as_json(),
        "groups": groups,
    }


def _advance(sandbox: Sandbox, form: Form) -> None:
    sandbox.turn_clock({"advance": number(form, "seconds", "Choose how far to move the clock.")})


def _set(sandbox: Sandbox, form: Form) -> None:
    when = read_time(text(form, "at", "Give a date and a time."))
    if when is None:
        raise ValueError("Give a date and a time, such as 2026-12-01 09:00.")
    sandbox.turn_clock({"at": when.replace(tzinfo=when.tzinfo or UTC).isoformat()})


def _speed(sandbox: Sandbox, form: Form) -> None:
    sandbox.turn_clock({"speed": number(form, "speed", "The speed must be a number.")})


def _real(sandbox: Sandbox, _form: Form) -> None:
    sandbox.reset_clock()


def _choose(sandbox: Sandbox, form: Form) -> None:
    told = {name: values[0] for name, values in form.items() if name != "do"}
    sandbox.choose(sandbox.choices.read(told).as_json())


def _defaults(sandbox: Sandbox, _form: Form) -> None:
    sandbox.choose(type(sandbox.choices)().as_json())


# --- Faults --------------------------------------------------------------------------------------------------


def _faults(sandbox: Sandbox) -> dict[str, Any]:
    return {
        "template": "faults.html",
        "here": "faults",
        "faults": sandbox.faults.told(),
        "seed": sandbox.faults.as_json()["seed"],
        "kinds": [(kind, words) for kind, (words, _) in KINDS.items()],
        "paths": sorted({endpoint.path for endpoint in ENDPOINTS}),
    }


def _order(sandbox: Sandbox, form: Form) -> None:
    kind = text(form, "kind", "Choose what should happen.")
    wish = {"path": text(form, "path", "Give a path, or * for all."), **KINDS[kind][1]}
    if delay := number(form, "delay_ms", "The delay must be a number of milliseconds.", default=0):
        wish["delay_ms"] = delay
    chance = number(form, "chance", "The chance must be a number from 0 to 100.", default=100)
    wish["probability"] = chance / 100
    count = number(form, "count", "The number of calls must be a number.", default=0)
    wish["count"] = int(count) or None
    sandbox.faults.order(wish)


def _clear(sandbox: Sandbox, form: Form) -> None:
    sandbox.faults.clear(number=int(form["number"][0]) if "number" in form else None)


def _seed(sandbox: Sandbox, form: Form) -> None:
    sandbox.faults.order({"seed": int(number(form, "seed", "The seed must be a number."))})


# --- Keys and rules ------------------------------------------------------------------------------------------


def _keys(sandbox: Sandbox) -> dict[str, Any]:
    return {
        "template": "keys.html",
        "here": "keys",
        "workspaces": [_told(sandbox, one) for one in sandbox.workspaces],
        "permissions": sorted(PERMISSIONS),
    }


def _told(sandbox: Sandbox, workspace: Workspace) -> dict[str, Any]:
    keys = [
        {"name": key.name, "permissions": sorted(key.permissions), "addresses": "\n".join(key.addresses)}
        for key in sandbox.workspaces.keys_of(workspace.name)
    ]
    campaigns = [
        {"id": one.id, "name": one.name, **_re_eligibility(one.re_eligible)}
        for one in workspace.campaigns.values()
    ]
    caps = [{"words": str(cap), "position": position} for position, cap in enumerate(workspace.caps)]
    return {"name": workspace.name, "keys": keys, "campaigns": campaigns, "caps": caps}


def _re_eligibility(rule: rules.ReEligible) -> dict[str, Any]:
    if isinstance(rule, bool):
        return {"rule": "always" if rule else "never", "days": ""}
    return {"rule": "after", "days": f"{rule:g}"}


def _edit_key(sandbox: Sandbox, form: Form) -> None:
    granted = sorted(PERMISSIONS & set(form.get("permissions", [])))
    addresses = rules.read_addresses(form.get("addresses", [""])[0].split())

    def change(definition: dict[str, Any]) -> None:
        [key] = [one for one in definition["keys"] if one["name"] == form["key"][0]]
        key.update(permissions=granted, addresses=addresses)

    sandbox.workspaces.amend(form["workspace"][0], change)


def _edit_campaign(sandbox: Sandbox, form: Form) -> None:
    wish: rules.ReEligible = form["rule"][0] == "always"
    if form["rule"][0] == "after":
        wish = number(form, "days", "Say after how many days somebody may get the campaign again.")
    read = rules.read_re_eligible(wish)

    def change(definition: dict[str, Any]) -> None:
        [campaign] = [one for one in definition["campaigns"] if one["id"] == form["campaign"][0]]
        campaign["re_eligible"] = read

    sandbox.workspaces.amend(form["workspace"][0], change)


def _add_cap(sandbox: Sandbox, form: Form) -> None:
    wish = {
        "messages": int(number(form, "messages", "Say how many messages are allowed.")),
        "days": number(form, "days", "Say in how many days."),
        "channel": form.get("channel", [""])[0],
    }
    [cap] = rules.read_caps([wish])
    sandbox.workspaces.amend(
        form["workspace"][0], lambda definition: definition.setdefault("caps", []).append(cap)
    )


def _remove_cap(sandbox: Sandbox, form: Form) -> None:
    position = int(form["position"][0])
    sandbox.workspaces.amend(form["workspace"][0], lambda definition: definition["caps"].pop(position))


# --- Limits --------------------------------------------------------------------------------------------------


def _limits(sandbox: Sandbox) -> dict[str, Any]:
    now = sandbox.clock()
    history = sandbox.limits.history(limit=HISTORY)
    rows = [_window(one, now) for one in history]
    return {
        "template": "limits.html",
        "here": "limits",
        "now": now,
        "open": [row for row in rows if row["open"]],
        "past": [row for row in rows if not row["open"]],
    }


def _window(window: Window, now: float) -> dict[str, Any]:
    kind = "Broadcasts to one audience" if window.name.startswith("audience ") else window.name
    return {
        "workspace": window.workspace,
        "name": WINDOWS.get(kind, kind.replace("_", " ")),
        "start": window.start,
        "end": window.end,
        "allowed": window.allowed,
        "accepted": window.accepted,
        "refused": window.refused,
        "left": window.left,
        "open": window.start <= now < window.end,
    }
