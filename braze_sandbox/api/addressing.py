"""Whom a message is for and under which name it counts: what all sending endpoints check alike."""

from __future__ import annotations

from typing import Any

from braze_sandbox.answers import Refused
from braze_sandbox.audience import BadAudience, validate
from braze_sandbox.changes import BadObject, alias_of
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Campaign, Workspace

MAX_IDS = 50

#: What /messages/send and /messages/schedule/create have in common.
FIELDS = {
    "broadcast",
    "external_user_ids",
    "user_aliases",
    "segment_id",
    "audience",
    "campaign_id",
    "send_id",
    "recipient_subscription_state",
    "messages",
}


def check_fields(body: dict[str, Any], known: set[str]) -> None:
    if unknown := body.keys() - known:
        raise Refused(f"Bad Request: unknown field '{min(unknown)}'")


def check_recipients(workspace: Workspace, body: dict[str, Any]) -> None:
    listed = _listed(body)
    if not listed and not body.get("segment_id") and not body.get("audience"):
        raise Refused("No Recipients")
    if listed > MAX_IDS:
        raise Refused("The max number of external_ids and aliases per request was exceeded")
    check_broadcast(body.get("broadcast", False), listed)
    if body.get("segment_id") and body["segment_id"] not in workspace.segments:
        raise Refused("segment_id must be a string of the Segment api identifier")
    if body.get("audience") is not None:
        check_audience(body["audience"])
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


def check_broadcast(broadcast: object, listed: int) -> None:
    if not isinstance(broadcast, bool):
        raise Refused("Bad Request: broadcast must be true or false")
    if broadcast and listed:
        raise Refused("Bad Request: recipients may not be listed when broadcast is true")
    if not broadcast and not listed:
        raise Refused("Bad Request: broadcast must be true when no recipients are listed")


def check_audience(audience: object) -> None:
    try:
        validate(audience)
    except BadAudience as error:
        raise Refused(f"Invalid Connected Audience: {error}") from error


def campaign_of(workspace: Workspace, body: dict[str, Any]) -> Campaign | None:
    if body.get("campaign_id") is None:
        return None
    campaign = workspace.campaigns.get(str(body["campaign_id"]))
    if campaign is None:
        raise Refused("Invalid Campaign ID")
    return campaign


def check_send_id(sandbox: Sandbox, workspace: Workspace, body: dict[str, Any]) -> None:
    send_id = body.get("send_id")
    if send_id is None:
        return
    if body.get("campaign_id") is None:
        raise Refused("Bad Request: send_id needs a campaign_id")
    if sandbox.choices.unknown_send_id == "accept":
        return
    if not sandbox.has_send_id(workspace.name, str(body["campaign_id"]), str(send_id)):
        raise Refused("Invalid send_id: it does not exist for this campaign")
