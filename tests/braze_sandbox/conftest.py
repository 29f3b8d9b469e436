"""A sandbox of one workspace with a coffee shop's customers, spoken to over WSGI, with a clock that tests turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from braze_sandbox.app import create_app
from braze_sandbox.courier import Courier
from braze_sandbox.sandbox import Sandbox

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEY, POOR_KEY = "key-of-the-portal", "key-that-may-only-list"
EVERYBODY = {"custom_attribute": {"custom_attribute_name": "store_id", "comparison": "exists"}}

WORKSPACE: dict[str, Any] = {
    "name": "bluebird",
    "keys": [
        {"key": KEY, "name": "portal", "permissions": "all"},
        {"key": POOR_KEY, "name": "poor", "permissions": ["segments.list"]},
    ],
    "app_ids": ["app-1"],
    "campaigns": [
        {
            "id": "campaign-1",
            "name": "Portal",
            "variations": [
                {"id": "leith", "name": "Leith Walk"},
                {"id": "sms", "name": "Text", "channel": "sms"},
            ],
        }
    ],
    "segments": [
        {
            "id": "segment-uk",
            "name": "United Kingdom",
            "description": "By country",
            "filter": {"attribute": {"name": "country", "comparison": "equals", "value": "GB"}},
        },
        {"id": "segment-dark", "name": "No series", "analytics": False},
    ],
}

PEOPLE = [
    {
        "external_id": "ada",
        "email": "ada@example.org",
        "first_name": "Ada",
        "country": "GB",
        "store_id": "12",
    },
    {
        "external_id": "bob",
        "email": "bob@example.org",
        "first_name": "Bob",
        "country": "FR",
        "store_id": "12",
    },
    {
        "external_id": "eve",
        "email": "eve@example.org",
        "first_name": "Eve",
        "country": "GB",
        "store_id": "13",
    },
]


class Setting:
    """The sandbox, its clock, and short ways to call it."""

    def __init__(self, folder: Any) -> None:
        self.now = NOON
        self.sandbox = Sandbox(
            folder, address="http://sandbox.test", clock=self.clock, choices={"profile_delay": 0}
        )
        self.courier = Courier(self.sandbox)
        self.http = self.client(KEY)

    def clock(self) -> float:
        return self.now.timestamp()

    def client(self, key: str | None) -> httpx2.Client:
        headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
        transport = httpx2.WSGITransport(app=create_app(self.sandbox))
        return httpx2.Client(transport=transport, base_url="http://sandbox.test", headers=headers)

    def post(self, path: str, body: Any) -> httpx2.Response:
        return self.http.post(path, json=body)

    def get(self, path: str, /, **query: Any) -> httpx2.Response:
        return self.http.get(path, params=query)

    def create(self, **changes: Any) -> httpx2.Response:
        return self.post("/messages/schedule/create", message(**changes))

    def booked(self, **changes: Any) -> str:
        """The id of a schedule that was accepted."""
        answer = self.create(**changes)
        assert answer.status_code == 201, answer.text
        schedule_id: str = answer.json()["schedule_id"]
        return schedule_id

    def later(self, **time: float) -> None:
        """Turn the clock and let happen what is due."""
        self.now += timedelta(**time)
        self.courier.beat()

    def deliveries(self, schedule_id: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("/sandbox/deliveries", schedule_id=schedule_id).json()[
            "deliveries"
        ]
        return found

    def drops(self, schedule_id: str) -> dict[str, str]:
        rows = self.get("/sandbox/deliveries", schedule_id=schedule_id).json()["drops"]
        return {row["who"]: row["reason"] for row in rows}

    def receivers(self, schedule_id: str) -> set[str]:
        return {one["external_id"] for one in self.deliveries(schedule_id)}

    def choose(self, **choices: Any) -> None:
        assert self.post("/sandbox/choices", choices).status_code == 200


def message(*, email: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """A broadcast to everybody of a store in an hour; a change to None leaves the field out."""
    mail = {
        "app_id": "app-1",
        "from": "Bluebird <leith@bluebird.example>",
        "subject": "Hello {{${first_name} | default: 'there'}}",
        "body": "<p>Hello {{${first_name}}}</p>",
        "message_variation_id": "leith",
        **(email or {}),
    }
    body = {
        "broadcast": True,
        "audience": EVERYBODY,
        "campaign_id": "campaign-1",
        "schedule": {"time": (NOON + timedelta(hours=1)).isoformat()},
        "messages": {"email": {name: value for name, value in mail.items() if value is not None}},
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}


@pytest.fixture
def braze(tmp_path) -> Iterator[Setting]:
    setting = Setting(tmp_path)
    assert setting.post("/sandbox/workspaces", WORKSPACE).status_code == 200
    seeded = setting.post("/sandbox/profiles", {"workspace": "bluebird", "profiles": PEOPLE})
    assert seeded.status_code == 200, json.dumps(seeded.json())
    yield setting
    setting.sandbox.close()
