"""Custom attributes and the daily figures of the whole workspace.

https://www.braze.com/docs/api/endpoints/export/custom_attributes
https://www.braze.com/docs/api/endpoints/export/kpi
"""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.asking import day_range
from braze_sandbox.calls import Call
from braze_sandbox.clock import read_time, utc_day
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Workspace

Query = dict[str, Any]

PAGE = 50
MONTH = 30


def custom_attributes(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    """Fifty a page, alphabetical; the address of the next page is in the Link header."""
    behind = _cursor(query)
    values: dict[str, Any] = {}
    for profile in sandbox.profiles.book(workspace.name):
        values |= {name: value for name, value in profile.custom.items() if name not in values}
    names = sorted(name for name in values if name > behind)
    shown = [_attribute(name, values[name]) for name in names[:PAGE]]
    following = f"{sandbox.address}/custom_attributes?cursor={_mark(names[PAGE - 1])}" if names[PAGE:] else ""
    return Answer({"attributes": shown, "message": "success"}, status=200, next_page=following)


def _cursor(query: Query) -> str:
    given = query.get("cursor")
    if not given:
        return ""
    try:
        return base64.urlsafe_b64decode(str(given)).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("cursor is invalid") from None


def _mark(name: str) -> str:
    return quote(base64.urlsafe_b64encode(name.encode()).decode())


def _attribute(name: str, value: Any) -> dict[str, Any]:
    array = isinstance(value, list) and not any(isinstance(one, dict) for one in value)
    return {
        "name": name,
        "data_type": f"{_type(value)} (Automatically Detected)",
        "description": "",
        "status": "Active",
        "array_length": 500 if array else None,
        "tag_names": [],
    }


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, (int, float)):
        return "Number"
    if isinstance(value, list):
        return "Object Array" if any(isinstance(one, dict) for one in value) else "Array"
    if isinstance(value, dict):
        return "Object"
    return "Time" if read_time(value) else "String"


# --- Daily figures -------------------------------------------------------------------------------------------


def active_users(sandbox: Sandbox, workspace: Workspace, call: Call, query: Query) -> Answer:
    return _series(workspace, call, query, "dau", _seen(sandbox, workspace))


def monthly_active_users(sandbox: Sandbox, workspace: Workspace, call: Call, query: Query) -> Answer:
    """Who was there in the thirty days up to each day."""
    return _series(workspace, call, query, "mau", _seen(sandbox, workspace), within=MONTH)


def new_users(sandbox: Sandbox, workspace: Workspace, call: Call, query: Query) -> Answer:
    made = Counter(utc_day(one.created) for one in sandbox.profiles.book(workspace.name))
    return _series(workspace, call, query, "new_users", made)


def uninstalls(_sandbox: Sandbox, workspace: Workspace, call: Call, query: Query) -> Answer:
    """No app is ever taken off a device here."""
    return _series(workspace, call, query, "uninstalls", Counter())


def _seen(sandbox: Sandbox, workspace: Workspace) -> Counter[date]:
    """How many people were last there on each day."""
    last = (one.last_used for one in sandbox.profiles.book(workspace.name))
    return Counter(utc_day(moment) for moment in last if moment is not None)


def _series(
    workspace: Workspace, call: Call, query: Query, name: str, counts: Counter[date], within: int = 1
) -> Answer:
    """``counts`` by day, each day with those of the days before it that lie ``within``."""
    if query.get("app_id") and query["app_id"] not in workspace.app_ids:
        raise Refused("app_id must be a string of the app api identifier")
    data = [
        {"time": day.isoformat(), name: sum(counts[day - timedelta(days=back)] for back in range(within))}
        for day in day_range(query, call)
    ]
    return Answer({"data": data, "message": "success"}, status=200)
