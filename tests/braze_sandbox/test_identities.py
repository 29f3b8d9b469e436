"""Who is who: deleting, identifying, merging and renaming users."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.brand import exported, track

LEAD = {"alias_name": "lead-7", "alias_label": "crm"}


@pytest.fixture
def lead(braze):
    """Somebody known by an alias only."""
    track(braze, user_alias=LEAD, _update_existing_only=False, email="lead@example.org", tier="gold")


def ids(braze, **identifier):
    return [one.get("external_id") for one in exported(braze, ["external_id"], **identifier)]


# --- Deleting ---


@pytest.mark.parametrize(
    ("order", "deleted"),
    [
        ({"external_ids": ["ada", "bob", "nobody"]}, 2),
        ({"user_aliases": [LEAD]}, 1),
        ({"email_addresses": [{"email": "eve@example.org", "prioritization": ["identified"]}]}, 1),
        ({"phone_numbers": [{"phone": "+44", "prioritization": ["unidentified"]}]}, 0),
    ],
)
def test_deleted_is_told_by_number(braze, lead, order, deleted):
    answer = braze.post("/users/delete", order)
    assert (answer.status_code, answer.json()) == (201, {"deleted": deleted, "message": "success"})
    assert answer.headers["X-RateLimit-Limit"] == "20000"
    assert len(braze.sandbox.profiles.book("bluebird")) == 4 - deleted


def test_the_deleted_are_gone_for_good(braze):
    schedule_id = braze.booked()
    [ada] = exported(braze, ["braze_id"], external_ids=["ada"])
    braze.post("/users/delete", {"braze_ids": [ada["braze_id"]]})
    assert exported(braze, ["external_id"], email_address="ada@example.org") == []
    braze.sandbox.profiles.load()
    assert ids(braze, external_ids=["ada", "bob"]) == ["bob"]
    braze.later(hours=1)
    assert braze.receivers(schedule_id) == {"bob", "eve"}


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"external_ids": ["ada"], "braze_ids": ["x"]},
        {"external_ids": ["x"] * 51},
        {"user_aliases": [{"alias_name": "x"}]},
        {"email_addresses": [{"email": "ada@example.org"}]},
        {"email_addresses": [{"email": "ada@example.org", "prioritization": ["any"]}]},
    ],
)
def test_a_wrong_deletion_is_a_400_and_deletes_nobody(braze, order):
    assert braze.post("/users/delete", order).status_code == 400
    assert len(braze.sandbox.profiles.book("bluebird")) == 3


# --- Identifying ---


def identify(braze, external_id, **more):
    order = {"external_id": external_id, "user_alias": LEAD}
    return braze.post("/users/identify", {"aliases_to_identify": [order], **more})


def test_an_unknown_external_id_is_given_to_the_alias(braze, lead):
    answer = identify(braze, "new")
    assert (answer.status_code, answer.json()) == (201, {"aliases_processed": 1, "message": "success"})
    [new] = exported(braze, ["user_aliases", "custom_attributes"], external_ids=["new"])
    assert new == {"user_aliases": [LEAD], "custom_attributes": {"tier": "gold"}}


def test_a_known_one_takes_the_alias_in(braze, lead):
    track(braze, external_id="ada", tier="silver")
    identify(braze, "ada")
    assert len(braze.sandbox.profiles.book("bluebird")) == 3
    assert ids(braze, user_aliases=[LEAD]) == ["ada"]
    [ada] = exported(braze, ["custom_attributes", "email"], external_ids=["ada"])
    assert (ada["custom_attributes"]["tier"], ada["email"]) == ("silver", "ada@example.org")


def test_without_merging_only_the_alias_moves(braze, lead):
    identify(braze, "ada", merge_behavior="none")
    assert ids(braze, user_aliases=[LEAD]) == ["ada"]
    [ada] = exported(braze, ["custom_attributes"], external_ids=["ada"])
    assert "tier" not in ada["custom_attributes"]


def test_an_address_is_identified_by_priority(braze, lead):
    order = {"external_id": "new", "email": "lead@example.org", "prioritization": ["unidentified"]}
    answer = braze.post("/users/identify", {"emails_to_identify": [order]})
    assert answer.status_code == 201
    assert ids(braze, email_address="lead@example.org") == ["new"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"aliases_to_identify": [{}]},
        {"aliases_to_identify": [{"external_id": "x"}]},
        {"merge_behavior": "x"},
    ],
)
def test_a_wrong_identification_is_a_400(braze, body):
    assert braze.post("/users/identify", body).status_code == 400


def test_merging_leaves_the_one_to_keep(braze, lead):
    updates = [{"identifier_to_merge": {"user_alias": LEAD}, "identifier_to_keep": {"external_id": "bob"}}]
    answer = braze.post("/users/merge", {"merge_updates": updates})
    assert (answer.status_code, answer.json()) == (201, {"message": "success"})
    [bob] = exported(braze, ["custom_attributes", "user_aliases"], external_ids=["bob"])
    assert (bob["custom_attributes"]["tier"], bob["user_aliases"]) == ("gold", [LEAD])
    assert len(braze.sandbox.profiles.book("bluebird")) == 3
    assert braze.post("/users/merge", {"merge_updates": [{}]}).status_code == 400


# --- Aliases ---


def test_a_new_alias_names_a_user_or_makes_one(braze):
    orders = [{"external_id": "ada", **LEAD}, {"alias_name": "lead-8", "alias_label": "crm"}]
    answer = braze.post("/users/alias/new", {"user_aliases": orders})
    assert (answer.status_code, answer.json()) == (201, {"aliases_processed": 2, "message": "success"})
    assert ids(braze, user_aliases=[LEAD]) == ["ada"]
    assert ids(braze, user_aliases=[{"alias_name": "lead-8", "alias_label": "crm"}]) == [None]
    assert braze.post("/users/alias/new", {"user_aliases": [{"alias_name": "x"}]}).status_code == 400


def test_an_alias_is_renamed_within_its_label(braze, lead):
    change = {"alias_label": "crm", "old_alias_name": "lead-7", "new_alias_name": "lead-9"}
    assert braze.post("/users/alias/update", {"alias_updates": [change]}).status_code == 201
    answer = braze.post(
        "/users/export/ids",
        {"user_aliases": [LEAD, {**LEAD, "alias_name": "lead-9"}], "fields_to_export": ["email"]},
    ).json()
    assert (answer["users"], answer["invalid_user_ids"]) == ([{"email": "lead@example.org"}], ["lead-7"])
    assert braze.post("/users/alias/update", {"alias_updates": [{}]}).status_code == 400


# --- External ids ---


def test_a_renamed_id_works_under_both_names_until_the_old_one_is_removed(braze):
    renames = [
        {"current_external_id": "ada", "new_external_id": "ada-2"},
        {"current_external_id": "bob", "new_external_id": "eve"},
        {"current_external_id": "nobody", "new_external_id": "x"},
    ]
    answer = braze.post("/users/external_ids/rename", {"external_id_renames": renames})
    assert answer.headers["X-RateLimit-Limit"] == "1000"
    assert (answer.status_code, answer.json()["external_ids"]) == (201, ["ada-2"])
    assert len(answer.json()["rename_errors"]) == 2
    braze.sandbox.profiles.load()
    assert ids(braze, external_ids=["ada"]) == ids(braze, external_ids=["ada-2"]) == ["ada-2"]
    removed = braze.post("/users/external_ids/remove", {"external_ids": ["ada", "ada-2"]}).json()
    assert (removed["removed_ids"], len(removed["removal_errors"])) == (["ada"], 1)
    assert ids(braze, external_ids=["ada", "ada-2"]) == ["ada-2"]


def test_the_two_windows_of_external_ids_are_apart(braze):
    braze.post("/users/external_ids/rename", {})
    assert braze.post("/users/external_ids/remove", {}).headers["X-RateLimit-Remaining"] == "999"
