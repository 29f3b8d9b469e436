"""API-triggered campaigns: their content is in Braze, a call says to whom and with which properties.

https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_send_triggered_campaigns
https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_schedule_triggered_campaigns
"""

from __future__ import annotations

from typing import Any

from braze_sandbox import changes
from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.addressing import MAX_IDS, check_audience, check_broadcast, check_fields, check_send_id
from braze_sandbox.api.messages import book, cancel, change_late, new_send_id, open_schedule
from braze_sandbox.calls import Call
from braze_sandbox.changes import BadObject
from braze_sandbox.database import Row
from braze_sandbox.extras import CampaignKind
from braze_sandbox.recipients import PRIORITIES
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.schedules import Due, read_schedule
from braze_sandbox.workspaces import Campaign, Workspace

Body = dict[str, Any]

_FIELDS = {
    "campaign_id",
    "send_id",
    "trigger_properties",
    "broadcast",
    "audience",
    "recipients",
    "attachments",
}
#: So long a mail waits for the address of a user who has none yet.
PATIENCE = 2 * 3600.0
_IDENTIFIERS = ("external_user_id", "user_alias", "braze_id", "email")


def send(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    check_fields(body, _FIELDS)
    content, variation = composed(sandbox, workspace, body, "triggered")
    make_users(sandbox, workspace, body, call.at)
    content["waits_until"] = call.at + PATIENCE
    named = {}
    if body.get("broadcast") and not body.get("send_id"):
        named = {"send_id": new_send_id(sandbox, workspace, str(body["campaign_id"]))}
    _, dispatch_id = book(sandbox, call, body | named, content, Due(call.at), variation)
    return Answer({"dispatch_id": dispatch_id, **named, "message": "success"})


def create(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    check_fields(body, _FIELDS | {"schedule"})
    content, variation = composed(sandbox, workspace, body, "triggered")
    due = read_schedule(body.get("schedule"), sandbox.choices, call.at)
    if due.last is None:
        content["waits_until"] = due.first + PATIENCE
    make_users(sandbox, workspace, body, call.at)
    schedule_id, dispatch_id = book(sandbox, call, body, content, due, variation)
    return Answer({"dispatch_id": dispatch_id, "schedule_id": schedule_id, "message": "success"})


def update(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    """Changes the time only; the new schedule replaces the old one whole."""
    check_fields(body, {"campaign_id", "schedule_id", "schedule"})
    row = _own_schedule(sandbox, workspace, body)
    content = sandbox.schedules.content(row) | {"schedule": body.get("schedule")}
    due = read_schedule(content["schedule"], sandbox.choices, call.at)
    if not change_late(sandbox, row, call):
        sandbox.schedules.amend(row, content, due, row["variation"])
    return Answer()


def delete(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    check_fields(body, {"campaign_id", "schedule_id"})
    cancel(sandbox, _own_schedule(sandbox, workspace, body), call)
    return Answer()


def _own_schedule(sandbox: Sandbox, workspace: Workspace, body: Body) -> Row:
    campaign = triggered(workspace, body, "triggered")
    row = open_schedule(sandbox, workspace, body)
    if row["campaign"] != campaign.id:
        raise Refused("Invalid schedule_id: it belongs to another campaign")
    return row


# --- What a call makes of a campaign -------------------------------------------------------------------------


def composed(sandbox: Sandbox, workspace: Workspace, body: Body, kind: CampaignKind) -> tuple[Body, str]:
    """The whole message, and the variation it counts under. Raises Refused."""
    campaign = triggered(workspace, body, kind)
    _check_recipients(body)
    _check_properties(body)
    check_send_id(sandbox, workspace, body)
    messages = _messages(workspace, campaign)
    if not messages:
        raise Refused("No message to send")
    wanted = [workspace.extras.card(campaign.id).audience, body.get("audience")]
    audiences = [one for one in wanted if one]
    content = body | {"messages": messages, "audience": {"AND": audiences} if audiences else None}
    first = messages.get("email") or next(iter(messages.values()))
    return content, str(first["message_variation_id"])


def triggered(workspace: Workspace, body: Body, kind: CampaignKind) -> Campaign:
    campaign = workspace.campaigns.get(str(body.get("campaign_id")))
    if campaign is None or workspace.extras.card(campaign.id).kind != kind:
        raise Refused("Invalid Campaign ID")
    return campaign


def _messages(workspace: Workspace, campaign: Campaign) -> dict[str, Body]:
    """The campaign's content by channel: of several variations the first."""
    messages: dict[str, Body] = {}
    for variation, message in workspace.extras.card(campaign.id).messages.items():
        channel = campaign.variations[variation].channel
        messages.setdefault(channel, {**message, "message_variation_id": variation})
    return messages


# --- To whom -------------------------------------------------------------------------------------------------


def _check_recipients(body: Body) -> None:
    recipients = body.get("recipients") or []
    if not isinstance(recipients, list) or not all(isinstance(one, dict) for one in recipients):
        raise Refused("Bad Request: recipients must be a list of objects")
    if not recipients and not body.get("audience") and not body.get("broadcast"):
        raise Refused("No Recipients")
    if len(recipients) > MAX_IDS:
        raise Refused("The max number of external_ids and aliases per request was exceeded")
    check_broadcast(body.get("broadcast", False), len(recipients))
    if body.get("audience") is not None:
        check_audience(body["audience"])
    for one in recipients:
        check_recipient(one)


def check_recipient(one: Body) -> None:
    """Raise Refused unless ``one`` names one user by the rules of the recipients object."""
    given = [name for name in _IDENTIFIERS if one.get(name)]
    if len(given) != 1:
        raise Refused(f"Bad Request: a recipient has exactly one of {', '.join(_IDENTIFIERS)}")
    _check_properties(one)
    priorities = one.get("prioritization") or []
    if not isinstance(priorities, list) or not set(map(str, priorities)) <= set(PRIORITIES):
        raise Refused(f"Bad Request: prioritization is a list of {', '.join(PRIORITIES)}")
    try:
        if one.get("user_alias"):
            changes.alias_of(one["user_alias"])
        if one.get("attributes") is not None:
            _check_attributes(one)
    except BadObject as error:
        raise Refused(f"Bad Request: {error}") from error


def _check_attributes(one: Body) -> None:
    if not isinstance(one["attributes"], dict):
        raise BadObject("attributes must be an object")
    if one.get("user_alias") and one.get("send_to_existing_only") is False:
        raise BadObject("send_to_existing_only cannot be false for a user_alias")
    changes.check_attributes(one["attributes"])


def _check_properties(given: Body) -> None:
    if not isinstance(given.get("trigger_properties", {}), dict):
        raise Refused("Bad Request: trigger_properties must be an object")
    if given.get("attachments") and given.get("broadcast"):
        raise Refused("Bad Request: attachments cannot be used with broadcast")


def make_users(sandbox: Sandbox, workspace: Workspace, body: Body, now: float) -> None:
    """Recipients' attributes are written before the message; with send_to_existing_only false, new users too."""
    names = {"external_user_id": "external_id"}
    for one in body.get("recipients") or []:
        identity = {names.get(name, name): one[name] for name in _IDENTIFIERS if one.get(name)}
        existing = one.get("send_to_existing_only", True) is not False
        if one.get("attributes"):
            change = {**one["attributes"], **identity, "_update_existing_only": existing}
            sandbox.change_profiles(workspace.name, [change], now)
