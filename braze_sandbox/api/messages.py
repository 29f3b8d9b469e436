"""POST /messages/schedule/… and /messages/send: book, change and cancel a message, or have it go out at once.

https://www.braze.com/docs/api/endpoints/messaging/schedule_messages
https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_send_messages
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.addressing import FIELDS, campaign_of, check_fields, check_recipients, check_send_id
from braze_sandbox.api.contents import check_channels, check_messages, filled
from braze_sandbox.calls import Call
from braze_sandbox.database import Row
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.schedules import Due, read_schedule
from braze_sandbox.workspaces import Workspace

_CREATE_FIELDS = FIELDS | {"override_messaging_limits", "schedule"}
_SEND_FIELDS = FIELDS | {"override_frequency_capping"}
#: Only what goes out at once may be a WhatsApp message.
_SEND_CHANNELS = frozenset({"whats_app"})


def create(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    check_fields(body, _CREATE_FIELDS)
    content, variation = _checked(sandbox, workspace, body)
    due = read_schedule(body.get("schedule"), sandbox.choices, call.at)
    schedule_id, dispatch_id = book(sandbox, call, body, content, due, variation)
    return Answer({"dispatch_id": dispatch_id, "schedule_id": schedule_id, "message": "success"})


def send(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    """Sent by the next beat of the courier, as Braze sends from a queue."""
    check_fields(body, _SEND_FIELDS)
    content, variation = _checked(sandbox, workspace, body, _SEND_CHANNELS)
    named = {}
    if body.get("broadcast") and body.get("campaign_id") and not body.get("send_id"):
        named = {"send_id": new_send_id(sandbox, workspace, str(body["campaign_id"]))}
    _, dispatch_id = book(sandbox, call, body | named, content, Due(call.at), variation)
    return Answer({"dispatch_id": dispatch_id, **named, "message": "success"})


def _checked(
    sandbox: Sandbox, workspace: Workspace, body: dict[str, Any], also: frozenset[str] = frozenset()
) -> tuple[dict[str, Any], str]:
    """What is to be sent, and the variation it counts under. Raises Refused."""
    check_recipients(workspace, body)
    campaign = campaign_of(workspace, body)
    check_send_id(sandbox, workspace, body)
    content = filled(sandbox, workspace, body)
    return content, check_messages(workspace, campaign, content.get("messages"), also=also)


def new_send_id(sandbox: Sandbox, workspace: Workspace, campaign: str) -> str:
    """The id Braze gives a broadcast that brings none; it takes nothing from the day's allowance."""
    send_id = uuid4().hex
    sandbox.database.run("INSERT INTO send_ids VALUES (?, ?, ?, 0)", workspace.name, campaign, send_id)
    return send_id


def book(
    sandbox: Sandbox, call: Call, body: dict[str, Any], content: dict[str, Any], due: Due, variation: str
) -> tuple[str, str]:
    """Schedule a checked message, as the call brought it or as ``content`` made of it; schedule and dispatch id."""
    schedule_id, dispatch_id = sandbox.schedules.create(call, body, due, variation)
    if content.get("messages") is not body.get("messages"):
        row = sandbox.schedules.find(call.workspace, schedule_id)
        assert row is not None  # noqa: S101 - made two lines above, in the same transaction
        sandbox.schedules.amend(row, content, due, variation)
    return schedule_id, dispatch_id


def update(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    if not body.get("schedule") and not body.get("messages"):
        raise Refused("Bad Request: schedule or messages is required")
    row = open_schedule(sandbox, workspace, body)
    content = _amended(sandbox, workspace, row, body)
    variation = check_messages(workspace, campaign_of(workspace, content), content["messages"])
    due = read_schedule(content["schedule"], sandbox.choices, call.at)
    if not change_late(sandbox, row, call):
        sandbox.schedules.amend(row, content, due, variation)
    elif body.get("messages"):
        sandbox.schedules.amend_late(row, content["messages"])
    return Answer()


def delete(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    try:
        row = open_schedule(sandbox, workspace, body)
    except Refused:
        if sandbox.choices.repeated_delete == "refuse" or not body.get("schedule_id"):
            raise
        return Answer()
    cancel(sandbox, row, call)
    return Answer()


def cancel(sandbox: Sandbox, row: Row, call: Call) -> None:
    """Call off what is not sent yet; too close to the send only a part of it."""
    if change_late(sandbox, row, call):
        sandbox.schedules.cancel_late(row)
    else:
        sandbox.schedules.cancel(row)


def open_schedule(sandbox: Sandbox, workspace: Workspace, body: dict[str, Any]) -> Row:
    if not isinstance(body.get("schedule_id"), str):
        raise Refused("Bad Request: schedule_id is required")
    row = sandbox.schedules.find(workspace.name, body["schedule_id"])
    if row is None:
        raise Refused("Invalid schedule_id: no such schedule")
    if row["state"] in ("sent", "cancelled"):
        raise Refused(f"Invalid schedule_id: the schedule was already {row['state']}")
    return row


def change_late(sandbox: Sandbox, row: Row, call: Call) -> bool:
    choices = sandbox.choices
    close = row["state"] == "sending" or row["due"] - call.at < choices.late_seconds
    return close and choices.late_change == "partly"


def _amended(sandbox: Sandbox, workspace: Workspace, row: Row, body: dict[str, Any]) -> dict[str, Any]:
    """The stored message with the schedule, and each channel given, replaced whole."""
    content = sandbox.schedules.content(row)
    if body.get("schedule"):
        content["schedule"] = body["schedule"]
    if body.get("messages"):
        check_channels(body["messages"])
        content["messages"] = {**content["messages"], **body["messages"]}
        content = filled(sandbox, workspace, content)
    return content
