"""What holds for every endpoint: its permission, its window, its one method."""

from __future__ import annotations

import re

import pytest

from braze_sandbox.api.endpoints import ENDPOINTS
from tests.braze_sandbox.conftest import KEY, POOR_KEY, WORKSPACE, Setting

NAMES = [f"{one.method} {one.path}" for one in ENDPOINTS]

LIMITS = {
    "/users/track": 3_000,
    "/users/export/ids": 250,
    "/sends/id/create": 100,
    "/users/delete": 20_000,
    "/users/identify": 20_000,
    "/users/merge": 20_000,
    "/users/alias/new": 20_000,
    "/users/alias/update": 20_000,
    "/users/external_ids/rename": 1_000,
    "/users/external_ids/remove": 1_000,
    "/campaigns/data_series": 50_000,
    "/subscription/status/set": 5_000,
    "/v2/subscription/status/set": 5_000,
    "/custom_attributes": 1_000,
    "/preference_center/v1": 10,
    "/preference_center/v1/list": 1_000,
    "/preference_center/v1/x": 1_000,
    "/preference_center/v1/x/url/x": 1_000,
}


def address(endpoint):
    return re.sub(r"\{\w+\}", "x", endpoint.path)


def ask(http, endpoint):
    body: dict[str, object] | None = None if endpoint.method == "GET" else {}
    return http.request(endpoint.method, address(endpoint), json=body)


def everywhere(question):
    """The answer of each endpoint by its name."""
    return {name: question(endpoint) for name, endpoint in zip(NAMES, ENDPOINTS, strict=True)}


def test_a_key_without_the_permission_is_turned_away(braze):
    poor = braze.client(POOR_KEY)
    answers = everywhere(lambda one: ask(poor, one))
    assert answers.pop("GET /segments/list").status_code == 200
    assert {(one.status_code, one.headers["X-RateLimit-Limit"]) for one in answers.values()} == {(401, "")}


def test_each_tells_the_window_it_draws_on(braze):
    answers = everywhere(lambda one: ask(braze.http, one))
    told = {name: int(one.headers["X-RateLimit-Limit"]) for name, one in answers.items()}
    assert told == everywhere(lambda one: 10 if one.method == "PUT" else LIMITS.get(address(one), 250_000))
    assert {one.status_code for one in answers.values()} == {200, 400}
    assert all(int(one.headers["X-RateLimit-Reset"]) > braze.clock() for one in answers.values())


def test_a_trailing_slash_is_another_address(braze):
    answers = everywhere(lambda one: braze.http.request(one.method, f"{address(one)}/", json={}))
    assert {(one.status_code, one.text) for one in answers.values()} == {
        (403, '{"message": "Access Denied"}')
    }


def test_a_method_it_does_not_have_is_a_404(braze):
    answers = everywhere(lambda one: braze.http.delete(address(one)))
    assert {one.status_code for one in answers.values()} == {404}


def test_a_key_with_the_partner_permissions_opens_what_the_partner_page_asks_for(braze):
    braze.post("/sandbox/workspaces", {**WORKSPACE, "keys": [{"key": KEY, "permissions": "partner"}]})
    opened = {one.permission for one in ENDPOINTS if ask(braze.http, one).status_code != 401}
    assert opened == {
        "users.track", "users.export.ids", "messages.schedule.create", "messages.schedule.update",
        "messages.schedule.delete", "sends.id.create", "sends.data_series", "segments.list", "segments.details",
        "segments.data_series",
    }  # fmt: skip


def test_what_endpoints_keep_outlives_a_restart(tmp_path):
    first = Setting(tmp_path)
    first.post("/sandbox/workspaces", {**WORKSPACE, "subscription_groups": [{"id": "g"}], "tags": ["news"]})
    block = first.post(
        "/content_blocks/create", {"name": "footer", "content": "Bye", "tags": ["news"]}
    ).json()
    first.post("/email/status", {"email": "new@example.org", "subscription_state": "unsubscribed"})
    first.sandbox.close()

    second = Setting(tmp_path)
    info = second.get("/content_blocks/info", content_block_id=block["content_block_id"]).json()
    assert info["content"] == "Bye"
    second.post("/users/track", {"attributes": [{"external_id": "new", "email": "new@example.org"}]})
    second.later(minutes=10)
    [listed] = second.get("/email/unsubscribes", email="new@example.org").json()["emails"]
    assert listed["email"] == "new@example.org"
    order = {"subscription_group_id": "g", "subscription_state": "subscribed", "external_id": "new"}
    assert second.post("/subscription/status/set", order).status_code == 201
    second.sandbox.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"subscription_groups": [{"id": "g", "channel": "fax"}]},
        {"subscription_groups": [{"name": "no id"}]},
        {"campaigns": [{"id": "c", "kind": "other"}]},
        {"campaigns": [{"id": "c", "kind": "triggered", "audience": {"x": 1}}]},
        {"scheduled_broadcasts": [{"name": "no id"}]},
    ],
)
def test_a_definition_that_cannot_be_read_changes_nothing(braze, wrong):
    assert braze.post("/sandbox/workspaces", {**WORKSPACE, **wrong}).status_code == 400
    assert braze.get("/campaigns/list").json()["campaigns"][0]["name"] == "Portal"
