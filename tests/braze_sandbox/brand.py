"""A brand that uses more of Braze than mailings: groups, tags, triggered campaigns, content of its own."""

from __future__ import annotations

from typing import Any

from tests.braze_sandbox.conftest import WORKSPACE, Setting

EMAIL = {"app_id": "app-1", "from": "Bluebird <hello@bluebird.example>"}

WELCOME: dict[str, Any] = {
    "id": "welcome",
    "name": "Welcome",
    "kind": "triggered",
    "tags": ["news"],
    "created": "2026-02-01T09:00:00Z",
    "variations": [
        {
            "id": "welcome-mail",
            "name": "Mail",
            "message": {
                **EMAIL,
                "subject": "{{api_trigger_properties.${greeting}}} {{${first_name}}}",
                "body": "<p>{{api_trigger_properties.${gift}}}</p>",
            },
        }
    ],
}
RECEIPT: dict[str, Any] = {
    "id": "receipt",
    "name": "Receipt",
    "kind": "transactional",
    "created": "2026-03-01T09:00:00Z",
    "archived": True,
    "variations": [{"id": "receipt-mail", "message": {**EMAIL, "subject": "Receipt", "body": "<p>Paid</p>"}}],
}
PUSHES = [{"id": "ios", "channel": "apple_push"}, {"id": "android", "channel": "android_push"}]

BRAND: dict[str, Any] = {
    **WORKSPACE,
    "tags": ["news", "units"],
    "subscription_groups": [
        {"id": "group-mail", "name": "Offers"},
        {"id": "group-sms", "name": "Texts", "channel": "sms"},
    ],
    "campaigns": [
        {
            **WORKSPACE["campaigns"][0],
            "variations": [*WORKSPACE["campaigns"][0]["variations"], *PUSHES],
        },
        WELCOME,
        RECEIPT,
    ],
    "scheduled_broadcasts": [
        {"name": "May news", "id": "canvas-1", "type": "Canvas", "next_send_time": "2026-11-24 09:00:00"},
        {"name": "June news", "id": "campaign-9", "next_send_time": "2026-12-24 09:00:00"},
    ],
}


def define(braze: Setting) -> None:
    assert braze.post("/sandbox/workspaces", BRAND).status_code == 200


def track(braze: Setting, **attributes: Any) -> None:
    assert braze.post("/users/track", {"attributes": [attributes]}).status_code == 201


def exported(braze: Setting, fields: list[str], **identifier: Any) -> list[dict[str, Any]]:
    """Profiles as /users/export/ids tells them."""
    answer = braze.post("/users/export/ids", {**identifier, "fields_to_export": fields})
    users: list[dict[str, Any]] = answer.json()["users"]
    return users


def mailed(braze: Setting, address: str) -> list[dict[str, Any]]:
    """What reached an address, newest first."""
    braze.later(seconds=1)
    found: list[dict[str, Any]] = braze.get("/sandbox/deliveries", to=address).json()["deliveries"]
    return found
