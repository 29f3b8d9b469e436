"""What a message holds: the channel objects, their rules, and the templates behind them.

https://www.braze.com/docs/api/objects_filters/messaging
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from braze_sandbox.answers import Refused
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Campaign, Workspace

Message = dict[str, Any]

MAX_APPLE, MAX_ANDROID = 1_912, 4_000
MAX_TIME_TO_LIVE = 2_419_200

CHANNELS = {
    "email",
    "sms",
    "apple_push",
    "android_push",
    "kindle_push",
    "web_push",
    "webhook",
    "content_card",
}
_SENDER = re.compile(r"[^<>]+<[^@<>\s]+@[^@<>\s]+\.[^@<>\s]+>")
_TEXTS = ("subject", "body", "plaintext_body", "preheader", "reply_to", "bcc")
_OF_TEMPLATES = ("subject", "body", "plaintext_body", "preheader", "should_inline_css")
_INTERRUPTIONS = ("passive", "active", "time-sensitive", "critical")


def filled(sandbox: Sandbox, workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    """``body``, with what its e-mail leaves to a template; the very same if there is none."""
    messages = body.get("messages")
    email = messages.get("email") if isinstance(messages, dict) else None
    if not isinstance(messages, dict) or not isinstance(email, dict) or not email.get("email_template_id"):
        return body
    template = sandbox.objects.get(workspace.name, "email_template", email["email_template_id"])
    if template is None:
        raise Refused("Bad Request: email_template_id was not found")
    known = {name: template[name] for name in _OF_TEMPLATES if template.get(name) is not None}
    return {**body, "messages": {**messages, "email": known | email}}


def check_messages(
    workspace: Workspace, campaign: Campaign | None, messages: object, *, also: frozenset[str] = frozenset()
) -> str:
    """The variation under which the e-mail, or else the first message, counts; "" without campaign. Raises Refused."""
    channels = check_channels(messages, also)
    for channel, message in channels.items():
        if campaign is not None:
            _check_variation(campaign, channel, message.get("message_variation_id"))
        if channel in _RULES:
            _RULES[channel](workspace, message)
    if campaign is None:
        return ""
    first = channels.get("email") or next(iter(channels.values()))
    return str(first["message_variation_id"])


def check_channels(messages: object, also: frozenset[str] = frozenset()) -> dict[str, Message]:
    if not isinstance(messages, dict) or not messages:
        raise Refused("No message to send")
    for channel, message in messages.items():
        if channel not in CHANNELS | also:
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


def _check_email(workspace: Workspace, email: Message) -> None:
    if not isinstance(email.get("app_id"), str) or email["app_id"] not in workspace.app_ids:
        raise Refused("Bad Request: app_id is not an app of this workspace")
    if not isinstance(email.get("from"), str) or not _SENDER.fullmatch(email["from"].strip()):
        raise Refused("Bad Request: from must be in the form 'Display Name <address@domain>'")
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


# --- SMS and push --------------------------------------------------------------------------------------------


def _check_sms(workspace: Workspace, sms: Message) -> None:
    group = workspace.extras.groups.get(str(sms.get("subscription_group_id")))
    if group is None or group.channel != "sms":
        raise Refused("Invalid subscription group ID")
    if not isinstance(sms.get("app_id"), str) or sms["app_id"] not in workspace.app_ids:
        raise Refused("Bad Request: app_id is not an app of this workspace")
    if not isinstance(sms.get("body"), str) or not sms["body"]:
        raise Refused("No message to send")
    if not isinstance(sms.get("media_items", []), list):
        raise Refused("Bad Request: media_items must be a list of URLs")


def _check_apple(_workspace: Workspace, push: Message) -> None:
    alert = push.get("alert")
    if not alert and not push.get("content-available"):
        raise Refused("No message to send")
    if alert is not None and not isinstance(alert, (str, dict)):
        raise Refused("Bad Request: alert must be a string or an object")
    _check_extra(push, forbidden={"ab", "aps"})
    if push.get("interruption_level", "active") not in _INTERRUPTIONS:
        raise Refused(f"Bad Request: interruption_level must be {', '.join(_INTERRUPTIONS)}")
    if not _within(push.get("relevance_score", 0), 0, 1):
        raise Refused("Bad Request: relevance_score must be between 0 and 1")
    if _size(push) > MAX_APPLE:
        raise Refused("Apple Push Length Exceeded")


def _check_android(_workspace: Workspace, push: Message) -> None:
    for name in ("alert", "title"):
        if not isinstance(push.get(name), str) or not push[name]:
            raise Refused(f"Bad Request: {name} is required for android_push")
    _check_extra(push, forbidden=set())
    if not _within(push.get("priority", 0), -2, 2):
        raise Refused("Bad Request: priority must be between -2 and 2")
    if not _within(push.get("time_to_live", 0), 0, MAX_TIME_TO_LIVE):
        raise Refused("Bad Request: time_to_live must be at most 2419200 seconds")
    if _size(push) > MAX_ANDROID:
        raise Refused("Android Push Length Exceeded")


def _check_extra(push: Message, *, forbidden: set[str]) -> None:
    extra = push.get("extra")
    if extra is None:
        return
    if not isinstance(extra, dict) or extra.keys() & forbidden:
        raise Refused("Invalid Extra Push Payload")


def _within(value: object, least: float, most: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most


def _size(push: Message) -> int:
    """Bytes of what reaches the device; the variation is only for counting."""
    payload = {name: value for name, value in push.items() if name != "message_variation_id"}
    return len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode())


_RULES: dict[str, Callable[[Workspace, Message], None]] = {
    "email": _check_email,
    "sms": _check_sms,
    "apple_push": _check_apple,
    "android_push": _check_android,
}
