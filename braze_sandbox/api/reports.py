"""Send ids, send analytics and segments: what is read, and the one thing that is made for reading.

https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_create_send_ids
https://www.braze.com/docs/api/endpoints/export/campaigns/get_send_analytics
https://www.braze.com/docs/api/endpoints/export/segments
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import uuid4

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.asking import day_range, page_of
from braze_sandbox.calls import Call
from braze_sandbox.choices import Choices
from braze_sandbox.clock import DAY, utc_day
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Campaign, Segment, Workspace

MAX_SEND_ID = 64

Query = dict[str, Any]


def create_send_id(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    campaign = campaign_of(workspace, body)
    send_id = _send_id(body)
    if not sandbox.has_send_id(workspace.name, campaign.id, send_id):
        _add_send_id(sandbox, workspace, call, campaign, send_id)
    elif sandbox.choices.repeated_send_id == "refuse":
        raise Refused("send_id already exists for this campaign")
    return Answer({"message": "success", "send_id": send_id})


def _add_send_id(
    sandbox: Sandbox, workspace: Workspace, call: Call, campaign: Campaign, send_id: str
) -> None:
    limit = sandbox.choices.send_ids_per_day
    left = sandbox.send_ids_today(workspace.name) < limit
    sandbox.limits.note(workspace.name, "send_ids", DAY, limit, call.at, taken=left)
    if not left:
        raise Refused("Rate Limited", status=429)
    sandbox.database.run(
        "INSERT INTO send_ids VALUES (?, ?, ?, ?)", workspace.name, campaign.id, send_id, int(call.at // DAY)
    )


def _send_id(body: dict[str, Any]) -> str:
    send_id = body.get("send_id", uuid4().hex)
    if not isinstance(send_id, str) or not send_id:
        raise Refused("send_id must be a string")
    if len(send_id) > MAX_SEND_ID or not send_id.isascii():
        raise Refused("send_id must be at most 64 ASCII characters")
    return send_id


def campaign_of(workspace: Workspace, given: dict[str, Any]) -> Campaign:
    campaign = workspace.campaigns.get(str(given.get("campaign_id")))
    if campaign is None:
        raise Refused("campaign_id must be a string of the campaign api identifier")
    return campaign


def send_series(sandbox: Sandbox, workspace: Workspace, call: Call, query: Query) -> Answer:
    campaign = campaign_of(workspace, query)
    days = day_range(query, call)
    send_id = str(query.get("send_id", ""))
    if not send_id or not sandbox.has_send_id(workspace.name, campaign.id, send_id):
        raise Refused("send_id must be a string of the send identifier")
    data = sandbox.numbers.series(workspace.name, campaign, send_id, days, utc_day(call.at), sandbox.choices)
    return Answer({"data": data, "message": "success"}, status=200)


# --- Segments ------------------------------------------------------------------------------------------------


def list_segments(_sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    segments = page_of(list(workspace.segments.values()), query, key=lambda one: one.created)
    told = [_listed(one) for one in segments]
    return Answer({"segments": told, "message": "success"}, status=200)


def _listed(segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "name": segment.name,
        "analytics_tracking_enabled": segment.analytics,
        "tags": segment.tags,
    }


def _segment(workspace: Workspace, query: Query) -> Segment:
    segment = workspace.segments.get(str(query.get("segment_id")))
    if segment is None:
        raise Refused("segment_id must be a string of the Segment api identifier")
    return segment


def segment_details(_sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    segment = _segment(workspace, query)
    details = {
        "message": "success",
        "created_at": segment.created,
        "updated_at": segment.created,
        "name": segment.name,
        "description": segment.rendering(),
        "text_description": segment.description,
        "tags": segment.tags,
        "teams": [],
    }
    return Answer(details, status=200)


def segment_series(sandbox: Sandbox, workspace: Workspace, call: Call, query: Query) -> Answer:
    segment = _segment(workspace, query)
    days = day_range(query, call)
    if segment.analytics:
        data = _sizes(sandbox, workspace, segment, days, call.at)
    else:
        data = _unmeasured(sandbox.choices, days)
    return Answer({"message": "success", "data": data}, status=200)


def _unmeasured(choices: Choices, days: list[date]) -> list[dict[str, Any]]:
    if choices.dark_segment == "refuse":
        raise Refused("Analytics tracking is not enabled for this segment")
    return [{"time": day.isoformat(), "size": 0} for day in days] if choices.dark_segment == "zeros" else []


def _sizes(
    sandbox: Sandbox, workspace: Workspace, segment: Segment, days: list[date], now: float
) -> list[dict[str, Any]]:
    """Today's members, on each day as many of them as had a profile by then."""
    members = sandbox.members(workspace.name, segment, now)
    made = Counter(max(utc_day(one.created), days[0]) for one in members)
    size, sizes = 0, []
    for day in days:
        size += made[day]
        sizes.append({"time": day.isoformat(), "size": size})
    return sizes
