"""Campaigns as the dashboard knows them, and what it has scheduled by itself.

https://www.braze.com/docs/api/endpoints/export/campaigns
https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/get_messages_scheduled
"""

from __future__ import annotations

from typing import Any

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.asking import day_range, instant, is_true, page_of
from braze_sandbox.api.reports import campaign_of
from braze_sandbox.calls import Call
from braze_sandbox.channels import in_stats
from braze_sandbox.clock import absolute, iso, read_time
from braze_sandbox.database import Row
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Campaign, Variation, Workspace

Query = dict[str, Any]

#: What a message's entry tells of an e-mail, empty where an API campaign's message holds nothing.
_EMAIL = ("subject", "body", "from", "reply_to", "title", "amp_body", "preheader", "custom_plain_text")


def list_campaigns(_sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    after = instant(query, "last_edit.time[gt]")
    found = [
        one
        for one in workspace.campaigns.values()
        if is_true(query, "include_archived") or not workspace.extras.card(one.id).archived
    ]
    found = [one for one in found if after is None or _edited(workspace, one) > after]
    shown = page_of(found, query, key=lambda one: workspace.extras.card(one.id).created)
    return Answer({"campaigns": [_listed(workspace, one) for one in shown], "message": "success"}, status=200)


def _edited(workspace: Workspace, campaign: Campaign) -> float:
    read = read_time(workspace.extras.card(campaign.id).edited)
    return absolute(read) if read else 0.0


def _listed(workspace: Workspace, campaign: Campaign) -> dict[str, Any]:
    card = workspace.extras.card(campaign.id)
    return {
        "id": campaign.id,
        "last_edited": card.edited,
        "name": campaign.name,
        "is_api_campaign": card.kind == "api",
        "tags": card.tags,
    }


def details(sandbox: Sandbox, workspace: Workspace, _call: Call, query: Query) -> Answer:
    campaign = campaign_of(workspace, query)
    card = workspace.extras.card(campaign.id)
    sent = _sent(sandbox, workspace, campaign)
    told = {
        "message": "success",
        "created_at": card.created,
        "updated_at": card.edited,
        "archived": card.archived,
        "draft": False,
        "enabled": not card.archived,
        "has_post_launch_draft": False,
        "name": campaign.name,
        "description": card.description,
        "schedule_type": "api_campaign" if card.kind == "api" else "api_triggered",
        "channels": sorted({in_stats(one.channel) for one in campaign.variations.values()}),
        "first_sent": iso(sent["first"]) if sent else None,
        "last_sent": iso(sent["last"]) if sent else None,
        "tags": card.tags,
        "teams": [],
        "messages": {one.id: _message(one, card.messages) for one in campaign.variations.values()},
        "conversion_behaviors": [],
    }
    return Answer(told, status=200)


def _sent(sandbox: Sandbox, workspace: Workspace, campaign: Campaign) -> Row | None:
    """When the campaign first and last went out, None if never."""
    row = sandbox.database.row(
        "SELECT min(sent) AS first, max(sent) AS last FROM schedules WHERE workspace = ? AND campaign = ?",
        *(workspace.name, campaign.id),
    )
    return row if row and row["first"] is not None else None


def _message(variation: Variation, contents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    entry: dict[str, Any] = {"channel": variation.channel, "name": variation.name}
    if variation.channel != "email":
        return entry | contents.get(variation.id, {})
    content = contents.get(variation.id, {})
    plain = {"custom_plain_text": content.get("plaintext_body")}
    fixed = {"should_whitespace_header": False, "email_headers": [], "extras": []}
    texts = {name: content.get(name) for name in _EMAIL}
    return entry | texts | plain | {"should_inline_css": content.get("should_inline_css", False)} | fixed


def series(sandbox: Sandbox, workspace: Workspace, call: Call, query: Query) -> Answer:
    campaign = campaign_of(workspace, query)
    days = day_range(query, call)
    data = sandbox.numbers.campaign_series(workspace.name, campaign, days, sandbox.choices)
    return Answer({"data": data, "message": "success"}, status=200)


def scheduled_broadcasts(_sandbox: Sandbox, workspace: Workspace, call: Call, query: Query) -> Answer:
    """Only what was made in the dashboard: messages scheduled through the API never appear."""
    end = instant(query, "end_time")
    if end is None:
        raise Refused("end_time is required and must be a valid ISO 8601 time")
    found = []
    for one in workspace.extras.broadcasts:
        read = read_time(one["next_send_time"])
        if read and call.at <= absolute(read) <= end:
            found.append(one)
    return Answer({"scheduled_broadcasts": found, "message": "success"}, status=200)
