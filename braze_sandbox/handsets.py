"""SMS and push: who can be reached, and what Liquid makes of the message. Nothing leaves the machine here either."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from braze_sandbox.profiles import Profile

PUSHES = ("apple_push", "android_push", "kindle_push", "web_push")

#: Turns Liquid into the recipient's text.
Writer = Callable[[str], str]


def obstacle(profile: Profile, channel: str, message: dict[str, Any]) -> str:
    """Why this person silently gets nothing; "" if nothing is in the way."""
    if channel == "sms":
        if not profile.fields.get("phone"):
            return "no phone number"
        state = (profile.groups or {}).get(str(message.get("subscription_group_id")))
        return "" if state == "subscribed" else "not subscribed to the SMS group"
    if channel not in PUSHES:
        return f"no {channel} is delivered here"
    if not profile.fields.get("push_tokens"):
        return "no push token"
    return "unsubscribed from push" if profile.fields.get("push_subscribe") == "unsubscribed" else ""


def address(profile: Profile, channel: str) -> str:
    """Where the message goes: a phone number, or the newest device's token."""
    if channel == "sms":
        return str(profile.fields["phone"])
    return str(profile.fields["push_tokens"][-1].get("token", ""))


def write(channel: str, message: dict[str, Any], writer: Writer) -> tuple[str, str]:
    """Title and text as the recipient reads them; an SMS has no title."""
    if channel == "sms":
        return "", writer(str(message["body"]))
    alert = message.get("alert")
    if isinstance(alert, dict):
        return writer(str(alert.get("title") or "")), writer(str(alert.get("body") or ""))
    return writer(str(message.get("title") or "")), writer(str(alert or ""))


def as_html(title: str, text: str) -> str:
    """For the page that shows what was delivered."""
    heading = f"<h1>{html.escape(title)}</h1>" if title else ""
    return f"<html><head></head><body>{heading}<p>{html.escape(text)}</p></body></html>"
