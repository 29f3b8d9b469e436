"""POST /transactional/v1/campaigns/{campaign_id}/send: one mail to one person, de-duplicated for a day.

https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_send_transactional_message
"""

from __future__ import annotations

import re
from typing import Any

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.addressing import check_fields
from braze_sandbox.api.messages import book
from braze_sandbox.api.triggers import check_recipient, composed, make_users
from braze_sandbox.calls import Call
from braze_sandbox.clock import DAY, iso
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.schedules import Due
from braze_sandbox.workspaces import Workspace

_KIND = "transactional_send"
_SEND_ID = re.compile(r"[a-zA-Z0-9\-_+/=]+")


def send(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    """A repeated ``external_send_id`` gets the first answer again, and nobody a second mail."""
    check_fields(body, {"external_send_id", "trigger_properties", "recipient"})
    send_id = _send_id(body)
    before = sandbox.objects.get(workspace.name, _KIND, send_id) if send_id else None
    if before and call.at - before["at"] < DAY:
        return Answer(before["answer"])
    answer = _send(sandbox, workspace, call, body)
    if send_id:
        sandbox.objects.put(workspace.name, _KIND, send_id, {"at": call.at, "answer": answer})
    return Answer(answer)


def _send(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> dict[str, Any]:
    recipient = body.get("recipient")
    if not isinstance(recipient, dict):
        raise Refused("Bad Request: recipient is required")
    check_recipient(recipient)
    campaign = call.parts["campaign_id"]
    trigger = {
        "campaign_id": campaign,
        "recipients": [recipient],
        "trigger_properties": body.get("trigger_properties", {}),
    }
    content, variation = composed(sandbox, workspace, trigger, "transactional")
    content["recipient_subscription_state"] = "all"
    make_users(sandbox, workspace, trigger, call.at)
    _, dispatch_id = book(sandbox, call, trigger, content, Due(call.at), variation)
    times = dict.fromkeys(("received_at", "enqueued_at"), iso(call.at))
    metadata = {**times, "campaign_api_id": campaign, "external_send_id": body.get("external_send_id")}
    return {"dispatch_id": dispatch_id, "status": "sent", "metadata": metadata}


def _send_id(body: dict[str, Any]) -> str:
    send_id = body.get("external_send_id")
    if send_id is None:
        return ""
    if not isinstance(send_id, str) or not _SEND_ID.fullmatch(send_id):
        raise Refused("Bad Request: external_send_id may hold letters, digits and - _ + / =")
    return send_id
