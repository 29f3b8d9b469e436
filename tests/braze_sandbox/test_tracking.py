"""POST /users/track: what is taken, what is refused, and what becomes of a profile."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.conftest import WORKSPACE

NO_DATA = "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields."


def track(braze, *attributes, **more):
    return braze.post("/users/track", {"attributes": list(attributes), **more})


def profile(braze, external_id, *fields):
    body = {
        "external_ids": [external_id],
        "fields_to_export": list(fields) or ["external_id", "email", "custom_attributes"],
    }
    users = braze.post("/users/export/ids", body).json()["users"]
    return users[0] if users else None


def custom(braze, external_id="ada"):
    return profile(braze, external_id)["custom_attributes"]


def test_each_array_is_counted(braze):
    answer = track(
        braze,
        {"external_id": "ada", "tier": "gold"},
        {"external_id": "new"},
        events=[{"external_id": "ada", "name": "came_in", "time": "2026-11-23T10:00:00Z"}],
        purchases=[
            {
                "external_id": "ada",
                "product_id": "tea",
                "currency": "GBP",
                "price": 2,
                "time": "2026-11-23T10:00:00Z",
            }
        ],
    )
    assert answer.status_code == 201
    assert answer.json() == {
        "attributes_processed": 2,
        "events_processed": 1,
        "purchases_processed": 1,
        "message": "success",
    }


def test_partial_success_names_array_and_index(braze):
    answer = track(
        braze, {"external_id": "ada"}, {"tier": "gold"}, {"external_id": "bob", "email": "no address"}
    )
    assert answer.status_code == 201
    assert answer.json()["attributes_processed"] == 1
    assert [(one["input_array"], one["index"]) for one in answer.json()["errors"]] == [
        ("attributes", 1),
        ("attributes", 2),
    ]


@pytest.mark.parametrize(
    "body", [{}, {"attributes": []}, {"attributes": "x"}, {"attributes": [{"tier": "gold"}]}]
)
def test_nothing_valid_is_a_400(braze, body):
    answer = braze.post("/users/track", body)
    assert (answer.status_code, answer.json()["message"]) == (400, NO_DATA)


def test_more_than_75_objects_are_refused_whole(braze):
    objects = [{"external_id": f"many-{n}"} for n in range(76)]
    assert track(braze, *objects).json()["message"] == "Max Input Length Exceeded"
    assert profile(braze, "many-0") is None
    assert track(braze, *objects[:75]).status_code == 201


def test_75_an_array_can_be_chosen(braze):
    events = [{"external_id": "ada", "name": "x", "time": "2026-11-23"}]
    objects = [{"external_id": "ada"}] * 75
    assert track(braze, *objects, events=events).status_code == 400
    braze.choose(objects_per_track="per_array")
    assert track(braze, *objects, events=events).status_code == 201


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"braze_id": "x"}, "only one of"),
        ({"email_subscribe": "maybe"}, "BAD_EMAIL_SUBSCRIPTION_STATE"),
        ({"email": "a@b"}, "not a valid email"),
        ({"current_location": {"longitude": 1}}, "BAD_LOCATION_UPDATE"),
        ({"subscription_groups": "x"}, "BAD_SUBSCRIPTION_GROUP_ARRAY"),
        (
            {"subscription_groups": [{"subscription_group_id": "g", "subscription_state": "opted_in"}]},
            "BAD_SUBSCRIPTION_GROUP_STATE",
        ),
        ({"email_subscription_info": 1}, "INVALID_ATTRIBUTE_EMAIL_SUBSCRIPTION_INFO"),
        ({"external_id": "x" * 988}, "EXTERNAL_USER_ID_TOO_LARGE"),
        ({"push_token_import": True}, "BAD_PUSH_TOKEN_IMPORT"),
        ({"push_tokens": "x"}, "BAD_PUSH_TOKEN_VALUE"),
        ({"push_tokens": [{"token": "t"}]}, "BAD_PUSH_TOKEN_APP_ID"),
        ({"push_tokens": [{"app_id": "app-1"}]}, "BAD_PUSH_TOKEN_STRING"),
        ({"push_tokens": [{"app_id": "app-1", "token": "t", "device_id": "short"}]}, "BAD_DEVICE_ID"),
        ({"subscription_groups": [{"subscription_state": "subscribed"}]}, "BAD_SUBSCRIPTION_GROUP_HASH"),
        ({"push_subscribe": "maybe"}, "BAD_PUSH_SUBSCRIPTION_STATE"),
    ],
)
def test_a_bad_object_says_what_is_wrong(braze, change, words):
    errors = track(braze, {"external_id": "ada", **change}).json()["errors"]
    assert words in errors[0]["type"]


@pytest.mark.parametrize(
    ("first", "then", "held"),
    [
        (1, {"inc": 2}, 3),
        (None, {"inc": 2}, 2),
        (["a", "b"], {"add": ["a", "c"]}, ["b", "a", "c"]),
        (["a", "b"], {"remove": ["a"]}, ["b"]),
        (["a"], ["b", "b"], ["b"]),
        ({"a": 1}, {"b": 2}, {"b": 2}),
        ([{"id": 1}], {"$add": [{"id": 2}]}, [{"id": 1}, {"id": 2}]),
        (
            [{"id": 1}, {"id": 2}],
            {"$remove": [{"$identifier_key": "id", "$identifier_value": 1}]},
            [{"id": 2}],
        ),
        (
            [{"id": 1}],
            {"$update": [{"$identifier_key": "id", "$identifier_value": 1, "$new_object": {"n": 5}}]},
            [{"id": 1, "n": 5}],
        ),
    ],
)
def test_custom_attributes_change_by_braze_rules(braze, first, then, held):
    track(braze, {"external_id": "ada", "thing": first})
    track(braze, {"external_id": "ada", "thing": then})
    assert custom(braze)["thing"] == held


def test_objects_merge_when_asked_to(braze):
    track(braze, {"external_id": "ada", "home": {"city": "Leith", "flat": {"no": 1}}})
    track(braze, {"external_id": "ada", "home": {"flat": {"floor": 2}}, "_merge_objects": True})
    assert custom(braze)["home"] == {"city": "Leith", "flat": {"no": 1, "floor": 2}}


def test_null_removes_an_attribute(braze):
    track(braze, {"external_id": "ada", "store_id": None})
    assert "custom_attributes" not in profile(braze, "ada")


def test_an_email_finds_the_profile_that_holds_it(braze):
    track(braze, {"email": "ADA@example.org", "tier": "gold"})
    assert custom(braze)["tier"] == "gold"


def test_a_new_id_with_a_known_email_makes_a_second_profile(braze):
    track(braze, {"external_id": "ada-2", "email": "ada@example.org"})
    answer = braze.post(
        "/users/export/ids", {"email_address": "ada@example.org", "fields_to_export": ["external_id"]}
    )
    assert {one["external_id"] for one in answer.json()["users"]} == {"ada", "ada-2"}


def test_a_user_is_made_unless_only_existing_ones_may_change(braze):
    track(braze, {"external_id": "ghost", "_update_existing_only": True})
    assert profile(braze, "ghost") is None
    alias = {"alias_name": "lead-7", "alias_label": "crm"}
    track(braze, {"user_alias": alias, "tier": "gold"})
    asked = {"user_aliases": [alias], "fields_to_export": ["user_aliases"]}
    assert braze.post("/users/export/ids", asked).json()["users"] == []
    track(braze, {"user_alias": alias, "_update_existing_only": False})
    assert braze.post("/users/export/ids", asked).json()["users"] == [{"user_aliases": [alias]}]


def test_a_new_address_starts_subscribed(braze):
    track(braze, {"external_id": "ada", "email_subscribe": "unsubscribed"})
    track(braze, {"external_id": "ada", "email": "ada@new.example"})
    assert profile(braze, "ada", "email_subscribe") == {"email_subscribe": "subscribed"}


def test_an_export_needs_fields_and_few_ids(braze):
    assert braze.post("/users/export/ids", {"external_ids": ["ada"]}).status_code == 400
    many = {"external_ids": [str(n) for n in range(51)], "fields_to_export": ["email"]}
    assert (
        braze.post("/users/export/ids", many).json()["message"]
        == "The max number of ids per request was exceeded"
    )
    assert (
        braze.post(
            "/users/export/ids", {"external_ids": ["ada"], "fields_to_export": ["nonsense"]}
        ).status_code
        == 400
    )


def test_an_export_tells_unknown_ids_and_leaves_empty_fields_out(braze):
    asked = {"external_ids": ["ada", "nobody"], "fields_to_export": ["external_id", "last_name"]}
    answer = braze.post("/users/export/ids", asked)
    assert answer.status_code == 201
    assert answer.json() == {
        "users": [{"external_id": "ada"}],
        "invalid_user_ids": ["nobody"],
        "message": "success",
    }


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("text", "The value provided for the 'email' field is not a valid email."),
        ("code", "EMAIL_BAD_FORMAT"),
        ("both", "EMAIL_BAD_FORMAT: The value provided for the 'email' field is not a valid email."),
    ],
)
def test_an_error_is_told_in_the_chosen_form(braze, form, told):
    braze.choose(track_errors=form)
    [error] = track(braze, {"external_id": "ada", "email": "a@b"}).json()["errors"]
    assert error == {"type": told, "input_array": "attributes", "index": 0}


def test_a_blocked_id_is_refused(braze):
    braze.post("/sandbox/workspaces", {**WORKSPACE, "blocked_external_ids": ["test"]})
    answer = track(braze, {"external_id": "test"}, {"external_id": "ada"})
    assert answer.json()["errors"][0]["type"] == "provided external_id is blacklisted and disallowed"
    assert answer.json()["attributes_processed"] == 1
