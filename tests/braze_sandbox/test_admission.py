"""Keys, permissions, and the order in which Braze says no."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.conftest import KEY, POOR_KEY, WORKSPACE

LIMITS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


@pytest.mark.parametrize(
    "header", [None, "", KEY, f"bearer {KEY}", f'Bearer "{KEY}"', "Bearer wrong", f"Bearer  {KEY}"]
)
def test_a_header_that_is_not_quite_right_is_a_401_with_empty_limits(braze, header):
    http = braze.client(None)
    answer = http.get("/segments/list", headers={} if header is None else {"Authorization": header})
    assert answer.status_code == 401
    assert [answer.headers[name] for name in LIMITS] == ["", "", ""]


def test_a_401_repeats_the_key(braze):
    assert braze.client("wrong").get("/segments/list").json() == {"message": "Invalid API key: wrong"}


def test_a_missing_permission_looks_like_a_wrong_key(braze):
    answer = braze.client(POOR_KEY).post("/users/track", json={})
    assert (answer.status_code, answer.json()) == (401, {"message": f"Invalid API key: {POOR_KEY}"})


def test_a_missing_permission_can_be_a_403(braze):
    braze.choose(missing_permission=403)
    answer = braze.client(POOR_KEY).post("/users/track", json={})
    assert (answer.status_code, answer.json()) == (403, {"message": "Access Denied"})


def test_the_permission_it_has_opens_its_endpoint(braze):
    assert braze.client(POOR_KEY).get("/segments/list").status_code == 200


def test_an_unknown_path_is_a_404_even_without_key(braze):
    assert braze.client(None).post("/messages/sent", json={}).status_code == 404
    assert braze.get("/users/track").status_code == 404


@pytest.mark.parametrize(("choice", "status"), [(403, 403), (404, 404)])
def test_a_trailing_slash_is_another_address(braze, choice, status):
    braze.choose(trailing_slash=choice)
    assert braze.post("/users/track/", {}).status_code == status


def test_another_content_type_is_a_415_before_the_body_is_read(braze):
    answer = braze.http.post("/users/track", content=b"{not json", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_more_than_4_mb_is_a_413_before_it_is_parsed(braze):
    answer = braze.http.post(
        "/users/track", content=b"{" * (4 * 2**20 + 1), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"{", b"", b"[]", b'"text"', b"[" * 100_000])
def test_what_is_no_json_object_is_a_400_in_the_error_field(braze, body):
    answer = braze.http.post("/users/track", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_answers_carry_the_documented_headers(braze):
    answer = braze.get("/segments/list")
    assert {"etag", "x-request-id", "x-runtime"} <= set(answer.headers)
    assert answer.headers["content-type"] == "application/json"


# --- Allowlists ---


def only_from(braze, *addresses):
    keys = [{"key": KEY, "addresses": list(addresses)}]
    assert braze.post("/sandbox/workspaces", {**WORKSPACE, "keys": keys}).status_code == 200


@pytest.mark.parametrize(("addresses", "status"), [([], 200), (["127.0.0.0/8"], 200), (["192.0.2.7"], 403)])
def test_a_key_may_be_bound_to_addresses(braze, addresses, status):
    only_from(braze, *addresses)
    assert braze.get("/segments/list").status_code == status


def test_the_refusal_of_an_address_says_so_in_the_chosen_status(braze):
    only_from(braze, "192.0.2.7")
    assert braze.get("/segments/list").json() == {"message": "Invalid whitelisted IPs"}
    braze.choose(unlisted_address=401)
    assert braze.get("/segments/list").status_code == 401
