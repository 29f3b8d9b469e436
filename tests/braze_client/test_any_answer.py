"""Whatever comes back, on any endpoint: an answer or a BrazeError, and never a booking taken for refused."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from braze_client import Answer, Braze, BrazeError, OutcomeUnknown, Refused, Retry
from tests.braze_client.endpoints import CASES, Case

KEY = "4f9d2c1e-0b57-4f0e-9c66-7a1f3be0d2aa"

#: Names that answers have, so that odd values get into the places where values are read.
NAMES = st.sampled_from(["message", "error", "errors", "users", "invalid_user_ids", "data", "time", "messages", "email", "schedule_id", "dispatch_id", "send_id", "segments", "id", "name", "tags", "campaigns", "emails", "status", "subscription_groups", "templates", "content_blocks", "attributes", "preference_centers", "custom_attributes", "external_ids", "removed_ids", "type", "input_array", "index", "attributes_processed", "channel", "size", "sent"])  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["2020-06-17 19:27:44 +0000", "Subscribed"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(), inner, max_size=6)
)
BODIES = st.binary() | VALUES.map(lambda value: json.dumps(value).encode())
STATUSES = st.sampled_from(
    [200, 201, 202, 204, 301, 400, 401, 403, 404, 413, 415, 429, 500, 502, 503, 504, 999]
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "date",
            "retry-after",
            "x-ratelimit-reset",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "link",
            "x-request-id",
        ]
    ),
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)),
)


def outcome(
    case: Case, status: int, body: bytes, headers: dict[str, str] | None = None
) -> Answer | BrazeError:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(status, content=body, headers=headers))
    with Braze("https://rest.test", KEY, transport=transport, retry=Retry(attempts=1)) as braze:
        try:
            return case.call(braze)
        except BrazeError as error:
            return error


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CASES), STATUSES, BODIES, HEADERS)
def test_it_is_an_answer_or_a_braze_error(
    case: Case, status: int, body: bytes, headers: dict[str, str]
) -> None:
    result = outcome(case, status, body, headers)

    assert result.outcome
    assert repr(result)
    assert result.outcome != "refused" or 300 <= status < 500


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([case for case in CASES if case.path == "/messages/schedule/create"]), VALUES)
def test_a_success_is_a_booking_if_it_names_one_and_unknown_else(case: Case, extra: Any) -> None:
    answer = {"schedule_id": "s-1", "dispatch_id": extra, "message": extra, "errors": extra, "notice": extra}
    booked = outcome(case, 201, json.dumps(answer).encode())
    assert isinstance(booked, Answer)
    assert booked.model_dump()["schedule_id"] == "s-1"

    assert isinstance(
        outcome(case, 201, json.dumps({"schedule_id": None, "x": extra}).encode()), OutcomeUnknown
    )


def test_nesting_without_end_is_no_answer() -> None:
    [case] = [case for case in CASES if case.path == "/messages/schedule/create"]

    assert isinstance(outcome(case, 201, b"[" * 100_000), OutcomeUnknown)
    assert isinstance(outcome(case, 400, b'{"errors":' * 100_000), Refused)


@pytest.mark.parametrize(
    ("errors", "partial", "rows"),
    [
        (None, False, {}),
        ([], False, {}),
        ("one sentence", True, {}),
        ({"type": "bad", "input_array": "attributes", "index": 2}, True, {2: "bad"}),
        ([{"type": "bad", "input_array": "attributes", "index": 0}, "and more"], True, {0: "bad"}),
        ([{"message": "bad", "input_array": "attributes", "index": 1}], True, {1: "bad"}),
        ([{"type": "bad", "input_array": "attributes", "index": True}], True, {}),
        ([{"type": "bad", "input_array": "attributes", "index": -1}], True, {}),
        ([{"type": "bad", "input_array": "events", "index": 0}], True, {}),
    ],
)
def test_errors_of_every_form_are_mapped_to_rows_where_they_name_one(
    errors: Any, partial: bool, rows: dict[int, str]
) -> None:
    tracked = outcome(CASES[0], 201, json.dumps({"message": "success", "errors": errors}).encode())

    assert (tracked.partial, tracked.rejected()) == (partial, rows)
    assert tracked.outcome == ("partial" if partial else "ok")
    assert len(tracked.row_errors) + len(tracked.other_errors) == len(tracked.errors)
