"""Preference centres made through the API.

https://www.braze.com/docs/api/endpoints/preference_center
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.asking import text
from braze_sandbox.calls import Call
from braze_sandbox.clock import iso
from braze_sandbox.mail import subscription_url
from braze_sandbox.objects import Object
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Workspace

Body = dict[str, Any]

KIND = "preference_center"

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_PAGES = ("preference_center_page_html", "confirmation_page_html")
_GIVEN = (*_PAGES, "preference_center_title", "state", "options")


def create(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    name = text(body, "name")
    if not _NAME.fullmatch(name):
        raise Refused("name may hold letters, digits, - and _ only")
    if any(one["name"] == name for one in sandbox.objects.all(workspace.name, KIND)):
        raise Refused("name is already in use")
    for page in _PAGES:
        text(body, page)
    made = {
        "preference_center_api_id": str(uuid4()),
        "name": name,
        "liquid_tag": f"{{{{preference_center.${{{name}}}}}}}",
        "created_at": iso(call.at),
        "preference_center_title": "",
        "state": "active",
        "options": {},
    }
    return _keep(sandbox, workspace, call, made, body)


def update(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    held = _known(sandbox, workspace, call)
    if body.get("name", held["name"]) != held["name"]:
        raise Refused("name cannot be changed")
    return _keep(sandbox, workspace, call, held, body)


def _keep(sandbox: Sandbox, workspace: Workspace, call: Call, held: Object, body: Body) -> Answer:
    kept: Object = {**held, **{name: body[name] for name in _GIVEN if name in body}}
    for page in _PAGES:
        text(kept, page)
    if kept["state"] not in ("active", "draft"):
        raise Refused("state must be active or draft")
    if not isinstance(kept["options"], dict):
        raise Refused("options must be an object")
    kept["updated_at"] = iso(call.at)
    sandbox.objects.put(workspace.name, KIND, kept["preference_center_api_id"], kept)
    told = {name: kept[name] for name in ("preference_center_api_id", "liquid_tag", "created_at")}
    return Answer({**told, "message": "success"})


def _known(sandbox: Sandbox, workspace: Workspace, call: Call) -> Object:
    found = sandbox.objects.get(workspace.name, KIND, call.parts["centre"])
    if found is None:
        raise Refused("Invalid preference center ID")
    return found


def list_centres(sandbox: Sandbox, workspace: Workspace, _call: Call, _query: Body) -> Answer:
    listed = ("name", "preference_center_api_id", "created_at", "updated_at")
    rows = [{name: one[name] for name in listed} for one in sandbox.objects.all(workspace.name, KIND)]
    return Answer({"preference_centers": rows, "message": "success"}, status=200)


def details(sandbox: Sandbox, workspace: Workspace, call: Call, _query: Body) -> Answer:
    return Answer({**_known(sandbox, workspace, call), "message": "success"}, status=200)


def user_url(sandbox: Sandbox, workspace: Workspace, call: Call, _query: Body) -> Answer:
    """Works once the user got a mail: the page knows people by the mail they come from."""
    _known(sandbox, workspace, call)
    profile = sandbox.profiles.book(workspace.name).external(call.parts["external_id"])
    if profile is None:
        raise Refused("Invalid external ID")
    newest = sandbox.database.number("SELECT max(number) FROM deliveries WHERE profile = ?", profile.number)
    return Answer(
        {"preference_center_url": subscription_url(sandbox, newest), "message": "success"}, status=200
    )
