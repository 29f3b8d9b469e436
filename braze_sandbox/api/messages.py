"""POST /messages/schedule/…: book, change and cancel a message.

https://www.braze.com/docs/api/endpoints/messaging/schedule_messages
"""

from __future__ import annotations

import re
from typing import Any

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.audience import BadAudience, validate
from braze_sandbox.calls import Call
from braze_sandbox.changes import BadObject, alias_of
from braze_sandbox.database import Row
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.schedules import read_schedule
from braze_sandbox.workspaces import Campaign, Workspace

MAX_IDS = 50
_CHANNELS = {
    "email",
    "sms",
    "apple_push",
    "android_push",
    "kindle_push",
    "web_push",
    "webhook",
    "content_card",
}
_CREATE_FIELDS = {
    "broadcast",
    "external_user_ids",
    "user_aliases",
    "segment_id",
    "audience",
    "campaign_id",
    "send_id",
    "override_messaging_limits",
    "recipient_subscription_state",
    "schedule",
    "messages",
}
_SENDER = re.compile(r"[^<>]+<[^@<>\s]+@[^@<>\s]+\.[^@<>\s]+>")
_TEXTS = ("subject", "body", "plaintext_body", "preheader", "reply_to", "bcc")


def create(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    _check_recipients(workspace, body)
    campaign = _campaign(workspace, body)
    _check_send_id(sandbox, workspace, body)
    variation = _check_messages(workspace, campaign, body.get("messages"))
    due = read_schedule(body.get("schedule"), sandbox.choices, call.at)
    schedule_id, dispatch_id = sandbox.schedules.create(call, body, due, variation)
    return Answer({"dispatch_id": dispatch_id, "schedule_id": schedule_id, "message": "success"})


def update(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    if not body.get("schedule") and not body.get("messages"):
        raise Refused("Bad Request: schedule or messages is required")
    row = _open_schedule(sandbox, workspace, body)
    content = _amended(sandbox, row, body)
    variation = _check_messages(workspace, _campaign(workspace, content), content["messages"])
    due = read_schedule(content["schedule"], sandbox.choices, call.at)
    if not _late(sandbox, row, call):
        sandbox.schedules.amend(row, content, due, variation)
    return Answer()


def delete(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    try:
        row = _open_schedule(sandbox, workspace, body)
    except Refused:
        if sandbox.choices.repeated_delete == "refuse" or not body.get("schedule_id"):
            raise
        return Answer()
    if _late(sandbox, row, call):
        sandbox.schedules.cancel_late(row)
    else:
        sandbox.schedules.cancel(row)
    return Answer()


def _open_schedule(sandbox: Sandbox, workspace: Workspace, body: dict[str, Any]) -> Row:
    if not isinstance(body.get("schedule_id"), str):
        raise Refused("Bad Request: schedule_id is required")
    row = sandbox.schedules.find(workspace.name, body["schedule_id"])
    if row is None:
        raise Refused("Invalid schedule_id: no such schedule")
    if row["state"] in ("sent", "cancelled"):
        raise Refused(f"Invalid schedule_id: the schedule was already {row['state']}")
    return row


def _late(sandbox: Sandbox, row: Row, call: Call) -> bool:
    choices = sandbox.choices
    close = row["state"] == "sending" or row["due"] - call.at < choices.late_seconds
    return close and choices.late_change == "partly"


def _amended(sandbox: Sandbox, row: Row, body: dict[str, Any]) -> dict[str, Any]:
    """The stored message with the schedule, and each channel given, replaced whole."""
    content = sandbox.schedules.content(row)
    if body.get("schedule"):
        content["schedule"] = body["schedule"]
    if body.get("messages"):
        _check_channels(body["messages"])
        content["messages"] = {**content["messages"], **body["messages"]}
    return content


# --- Who gets it ---------------------------------------------------------------------------------------------


def _check_recipients(workspace: Workspace, body: dict[str, Any]) -> None:
    if unknown := body.keys() - _CREATE_FIELDS:
        raise Refused(f"Bad Request: unknown field '{min(unknown)}'")
    listed = _listed(body)
    if not listed and not body.get("segment_id") and not body.get("audience"):
        raise Refused("No Recipients")
    if listed > MAX_IDS:
        raise Refused("The max number of external_ids and aliases per request was exceeded")
    _check_broadcast(body.get("broadcast", False), listed)
    if body.get("segment_id") and body["segment_id"] not in workspace.segments:
        raise Refused("segment_id must be a string of the Segment api identifier")
    if body.get("audience") is not None:
        _check_audience(body["audience"])
    if body.get("recipient_subscription_state", "subscribed") not in ("opted_in", "subscribed", "all"):
        raise Refused("Bad Request: recipient_subscription_state must be opted_in, subscribed or all")


def _listed(body: dict[str, Any]) -> int:
    """How many users the call names. Raises Refused for names that are none."""
    ids, aliases = body.get("external_user_ids") or [], body.get("user_aliases") or []
    if not isinstance(ids, list) or not all(isinstance(one, (str, int)) and one != "" for one in ids):
        raise Refused("Bad Request: external_user_ids must be a list of strings")
    if not isinstance(aliases, list):
        raise Refused("Bad Request: user_aliases must be a list of alias objects")
    try:
        return len(ids) + len([alias_of(one) for one in aliases])
    except BadObject as error:
        raise Refused(f"Bad Request: {error}") from error


def _check_broadcast(broadcast: object, listed: int) -> None:
    if not isinstance(broadcast, bool):
        raise Refused("Bad Request: broadcast must be true or false")
    if broadcast and listed:
        raise Refused("Bad Request: recipients may not be listed when broadcast is true")
    if not broadcast and not listed:
        raise Refused("Bad Request: broadcast must be true when no recipients are listed")


def _check_audience(audience: object) -> None:
    try:
        validate(audience)
    except BadAudience as error:
        raise Refused(f"Invalid Connected Audience: {error}") from error


# --- Under which name ----------------------------------------------------------------------------------------


def _campaign(workspace: Workspace, body: dict[str, Any]) -> Campaign | None:
    if body.get("campaign_id") is None:
        return None
    campaign = workspace.campaigns.get(str(body["campaign_id"]))
    if campaign is None:
        raise Refused("Invalid Campaign ID")
    return campaign


def _check_send_id(sandbox: Sandbox, workspace: Workspace, body: dict[str, Any]) -> None:
    send_id = body.get("send_id")
    if send_id is None:
        return
    if body.get("campaign_id") is None:
        raise Refused("Bad Request: send_id needs a campaign_id")
    if sandbox.choices.unknown_send_id == "accept":
        return
    if not sandbox.has_send_id(workspace.name, str(body["campaign_id"]), str(send_id)):
        raise Refused("Invalid send_id: it does not exist for this campaign")


# --- What they get -------------------------------------------------------------------------------------------


def _check_messages(workspace: Workspace, campaign: Campaign | None, messages: object) -> str:
    """The variation under which the e-mail counts, "" without campaign. Raises Refused."""
    channels = _check_channels(messages)
    for channel, message in channels.items():
        if campaign is not None:
            _check_variation(campaign, channel, message.get("message_variation_id"))
    if "email" not in channels:
        return ""
    _check_email(workspace, channels["email"])
    return str(channels["email"].get("message_variation_id") or "") if campaign else ""


def _check_channels(messages: object) -> dict[str, dict[str, Any]]:
    if not isinstance(messages, dict) or not messages:
        raise Refused("No message to send")
    for channel, message in messages.items():
        if channel not in _CHANNELS:
            raise Refused(f"Bad Request: unknown message type '{channel}'")
        if not isinstance(message, dict) or not message:
            raise Refused("No message to send")
    return messages


def _check_variation(campaign: Campaign, channel: str, variation_id: object) -> None:
    if not variation_id:
        raise Refused("Message Variant Unspecified")
    variation = campaign.variations.get(str(variation_id))
    if variation is None:
        raise Refused("Invalid Message Variant")
    if variation.channel != channel:
        raise Refused("Mismatched Message Type")


def _check_email(workspace: Workspace, email: dict[str, Any]) -> None:
    if not isinstance(email.get("app_id"), str) or email["app_id"] not in workspace.app_ids:
        raise Refused("Bad Request: app_id is not an app of this workspace")
    if not isinstance(email.get("from"), str) or not _SENDER.fullmatch(email["from"].strip()):
        raise Refused("Bad Request: from must be in the form 'Display Name <address@domain>'")
    if email.get("email_template_id"):
        raise Refused("Bad Request: email_template_id was not found")
    if not email.get("body"):
        raise Refused("No message to send")
    for name in _TEXTS:
        if email.get(name) is not None and not isinstance(email[name], str):
            raise Refused(f"Bad Request: {name} must be a string")
    for name in ("headers", "extras"):
        _check_strings(name, email.get(name))


def _check_strings(name: str, values: object) -> None:
    if values is None:
        return
    if not isinstance(values, dict) or not all(isinstance(one, str) for one in values.values()):
        raise Refused(f"Bad Request: {name} must be an object of strings")
