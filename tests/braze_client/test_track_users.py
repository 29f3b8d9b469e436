"""Writing profiles: the flat object on the wire, partial success, and what may be repeated."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
import respx

from braze_client import (
    Braze,
    Event,
    InvalidRequest,
    OutcomeUnknown,
    Purchase,
    Refused,
    RowError,
    SubscriptionGroup,
    TrackUsers,
    Unavailable,
    UserAlias,
    UserAttributes,
)

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def one(**fields: object) -> TrackUsers:
    return TrackUsers(attributes=[UserAttributes(external_id="u-1", **fields)])


def test_custom_attributes_stand_beside_the_profile_fields(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/users/track").respond(201, json={"attributes_processed": 2, "message": "success"})
    group = SubscriptionGroup(subscription_group_id="g", subscription_state="subscribed")

    tracked = braze.track_users(
        TrackUsers(
            attributes=[
                UserAttributes(
                    external_id="u-1",
                    first_name="Ada",
                    dob=date(1990, 2, 1),
                    merge_objects=True,
                    removed=["home_city"],
                    subscription_groups=[group],
                    custom={"store_id": "12", "lists": {"add": ["may"]}, "old": None},
                ),
                UserAttributes(
                    user_alias=UserAlias(alias_name="lead-77", alias_label="crm"), update_existing_only=False
                ),
            ]
        )
    )

    assert json.loads(api.calls.last.request.content) == {
        "attributes": [
            {
                "external_id": "u-1",
                "first_name": "Ada",
                "dob": "1990-02-01",
                "_merge_objects": True,
                "home_city": None,
                "subscription_groups": [{"subscription_group_id": "g", "subscription_state": "subscribed"}],
                "store_id": "12",
                "lists": {"add": ["may"]},
                "old": None,
            },
            {
                "user_alias": {"alias_name": "lead-77", "alias_label": "crm"},
                "_update_existing_only": False,
            },
        ]
    }
    assert (tracked.attributes_processed, tracked.partial) == (2, False)


def test_a_custom_attribute_may_be_called_custom_or_removed() -> None:
    names = {"custom": 1, "removed": True}

    body = json.loads(UserAttributes(external_id="u-1", removed=["phone"], custom=names).to_json())

    assert body == {"external_id": "u-1", "phone": None, "custom": 1, "removed": True}


def test_events_and_purchases_are_sent_in_their_own_arrays(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/users/track").respond(201, json={"events_processed": 1, "purchases_processed": 1})
    event = Event(external_id="u-1", name="signed_up", time=NOW, properties={"store": "12"})
    purchase = Purchase(email="a@example.org", product_id="p", currency="EUR", price=2.5, time=NOW)

    braze.track_users(TrackUsers(events=[event], purchases=[purchase]))

    assert json.loads(api.calls.last.request.content) == {
        "events": [
            {
                "external_id": "u-1",
                "name": "signed_up",
                "time": "2026-11-23T10:00:00Z",
                "properties": {"store": "12"},
            }
        ],
        "purchases": [
            {
                "email": "a@example.org",
                "product_id": "p",
                "currency": "EUR",
                "price": 2.5,
                "quantity": 1,
                "time": "2026-11-23T10:00:00Z",
            }
        ],
    }


def test_rows_that_braze_left_out_are_found_again(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/users/track").respond(
        201,
        json={
            "attributes_processed": 1,
            "message": "success",
            "errors": [
                {"type": "EMAIL_BAD_FORMAT", "input_array": "attributes", "index": 1},
                {"type": "late", "input_array": "events", "index": 0},
                "something general",
            ],
        },
    )

    tracked = braze.track_users(one(first_name="Ada"))

    assert tracked.partial
    assert tracked.rejected() == {1: "EMAIL_BAD_FORMAT"}
    assert tracked.rejected("events") == {0: "late"}
    assert tracked.other_errors == ("something general",)


def test_a_call_without_a_valid_row_is_refused_with_the_rows(api: respx.MockRouter, braze: Braze) -> None:
    api.post("/users/track").respond(
        400,
        json={
            "message": "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.",
            "errors": [{"type": "EMAIL_BAD_FORMAT", "input_array": "attributes", "index": 0}],
        },
    )

    with pytest.raises(Refused) as refused:
        braze.track_users(one(email="not an address"))

    assert refused.value.words.startswith("Valid data must be provided")
    assert refused.value.rows == (RowError("attributes", 0, "EMAIL_BAD_FORMAT"),)


@pytest.mark.parametrize(
    "custom",
    [
        {"tier": "gold"},
        {"lists": {"add": ["may"], "remove": ["april"]}},
        {"gone": None},
        {"tags": ["a", "b"]},
    ],
)
def test_absolute_values_are_written_again_after_a_failure(
    api: respx.MockRouter, braze: Braze, custom: dict[str, object]
) -> None:
    route = api.post("/users/track").respond(503)

    with pytest.raises(Unavailable):
        braze.track_users(one(custom=custom))

    assert route.call_count == 3


@pytest.mark.parametrize(
    "request_",
    [
        one(custom={"visits": {"inc": 1}}),
        one(custom={"visits": {"count": {"inc": 1}}}),
        one(custom={"pets": {"$add": [{"name": "Rex"}]}}),
        TrackUsers(events=[Event(external_id="u-1", name="visited", time=NOW)]),
        TrackUsers(
            purchases=[Purchase(external_id="u-1", product_id="p", currency="EUR", price=1, time=NOW)]
        ),
    ],
)
def test_occurrences_and_increments_are_never_written_again(
    api: respx.MockRouter, braze: Braze, request_: TrackUsers
) -> None:
    route = api.post("/users/track").respond(503)

    with pytest.raises(OutcomeUnknown):
        braze.track_users(request_)

    assert route.call_count == 1


@pytest.mark.parametrize("count", [0, 76])
def test_a_call_holds_one_to_seventy_five_objects(count: int) -> None:
    rows = [UserAttributes(external_id=str(n)) for n in range(count)]

    with pytest.raises(InvalidRequest, match=f"{count} objects; Braze takes 1 to 75"):
        TrackUsers(attributes=rows)


def test_the_seventy_five_are_counted_over_all_arrays() -> None:
    rows = [UserAttributes(external_id=str(n)) for n in range(75)]

    assert len(TrackUsers(attributes=rows).attributes) == 75
    with pytest.raises(InvalidRequest, match="76 objects"):
        TrackUsers(attributes=rows, events=[Event(external_id="u-1", name="visited", time=NOW)])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "say which user"),
        ({"external_id": "u", "braze_id": "b"}, "only one of external_id"),
        ({"external_id": "é" * 494}, "987 bytes"),
        ({"external_id": "u", "fist_name": "Ada"}, "fist_name"),
        ({"external_id": "u", "custom": {"email": "a@example.org"}}, "not a field of Braze's own"),
        ({"external_id": "u", "custom": {"_merge_objects": True}}, "not a field of Braze's own"),
        ({"external_id": "u", "custom": {"$odd": 1}}, "no leading"),
        ({"external_id": "u", "custom": {"score": float("nan")}}, "finite"),
        ({"external_id": "u", "custom": {"seen": NOW}}, "valid JSON"),
        ({"external_id": "u", "email": "a@example.org", "removed": ["email"]}, "given and removed"),
        ({"external_id": "u", "removed": ["external_id"]}, "removed"),
        ({"external_id": "u", "email_subscribe": "yes"}, "email_subscribe"),
    ],
)
def test_an_object_braze_would_reject_cannot_be_made(fields: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidRequest, match=words):
        UserAttributes(**fields)


def test_an_event_needs_a_time_with_a_zone_and_a_name_without_dollar() -> None:
    with pytest.raises(InvalidRequest, match=r"Event\.time"):
        Event(external_id="u", name="visited", time=datetime(2026, 11, 23))
    with pytest.raises(InvalidRequest, match=r"Event\.name"):
        Event(external_id="u", name="$visited", time=NOW)


def test_the_text_of_a_mistake_holds_no_values() -> None:
    with pytest.raises(InvalidRequest) as mistake:
        UserAttributes(external_id="u", email="ada@example.org", email_subscribe="ada@example.org")

    assert "ada@example.org" not in str(mistake.value)
    assert mistake.value.__context__ is None
