"""Filters fit the type of their attribute, and join into Braze's JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from braze_client import Audience, InvalidRequest, audience

WHEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
text = audience.custom_attribute("store_id")
number = audience.custom_attribute("visits", "number")
truth = audience.custom_attribute("member", "boolean")
time = audience.custom_attribute("renewal", "time")
array = audience.custom_attribute("lists", "array")


@pytest.mark.parametrize(
    ("built", "name", "comparison", "value"),
    [
        (text.equals("12"), "store_id", "equals", "12"),
        (text.not_equal("12"), "store_id", "not_equal", "12"),
        (text.matches_regex("^1"), "store_id", "matches_regex", "^1"),
        (text.does_not_match_regex("^1"), "store_id", "does_not_match_regex", "^1"),
        (text.is_any_of(["12", "13"]), "store_id", "is_any_of", ["12", "13"]),
        (text.is_none_of(["12"]), "store_id", "is_none_of", ["12"]),
        (array.includes_value("may"), "lists", "includes_value", "may"),
        (array.includes_value(["may", "june"]), "lists", "includes_value", ["may", "june"]),
        (array.does_not_include_value("may"), "lists", "does_not_include_value", "may"),
        (array.is_any_of(["may"]), "lists", "is_any_of", ["may"]),
        (array.is_none_of(["may"]), "lists", "is_none_of", ["may"]),
        (number.equals(3), "visits", "equals", 3),
        (number.not_equal(3), "visits", "not_equal", 3),
        (number.greater_than(3.5), "visits", "greater_than", 3.5),
        (number.greater_than_or_equal_to(3), "visits", "greater_than_or_equal_to", 3),
        (number.less_than(0), "visits", "less_than", 0),
        (number.less_than_or_equal_to(3), "visits", "less_than_or_equal_to", 3),
        (truth.equals(False), "member", "equals", False),
        (truth.not_equal(True), "member", "not_equal", True),
        (time.after(WHEN), "renewal", "after", "2026-11-23T10:00:00Z"),
        (time.before(WHEN), "renewal", "before", "2026-11-23T10:00:00Z"),
        (time.less_than_x_days_ago(7), "renewal", "less_than_x_days_ago", 7),
        (time.greater_than_x_days_ago(7), "renewal", "greater_than_x_days_ago", 7),
        (time.less_than_x_days_in_the_future(7), "renewal", "less_than_x_days_in_the_future", 7),
        (time.greater_than_x_days_in_the_future(7), "renewal", "greater_than_x_days_in_the_future", 7),
    ],
)
def test_a_comparison_names_attribute_comparison_and_value(
    built: Audience, name: str, comparison: str, value: object
) -> None:
    assert built.to_json() == {
        "custom_attribute": {"custom_attribute_name": name, "comparison": comparison, "value": value}
    }


@pytest.mark.parametrize("attribute", [text, number, truth, time, array])
def test_any_attribute_can_be_asked_whether_it_exists(attribute: audience.StringAttribute) -> None:
    for comparison in ("exists", "does_not_exist"):
        [said] = getattr(attribute, comparison)().to_json().values()
        assert said == {"custom_attribute_name": attribute.name, "comparison": comparison}


def test_states_and_the_last_use_of_the_app_can_be_asked_for() -> None:
    assert audience.email_subscription().is_("opted_in").to_json() == {
        "email_subscription_status": {"comparison": "is", "value": "opted_in"}
    }
    assert audience.push_subscription().is_not("unsubscribed").to_json() == {
        "push_subscription_status": {"comparison": "is_not", "value": "unsubscribed"}
    }
    assert audience.last_used_app().after(WHEN).to_json() == {
        "last_used_app": {"comparison": "after", "value": "2026-11-23T10:00:00Z"}
    }
    assert audience.last_used_app().before(WHEN) != audience.last_used_app().after(WHEN)


@pytest.mark.parametrize(
    "build",
    [
        lambda: text.equals(12),  # type: ignore[arg-type]
        lambda: text.equals(""),
        lambda: text.is_any_of("12"),
        lambda: text.is_any_of([]),
        lambda: text.is_none_of([""]),
        lambda: array.includes_value([]),
        lambda: number.equals("3"),  # type: ignore[arg-type]
        lambda: number.equals(True),
        lambda: number.less_than(float("nan")),
        lambda: truth.equals(1),  # type: ignore[arg-type]
        lambda: time.after(datetime(2026, 11, 23)),
        lambda: time.before("2026-11-23"),  # type: ignore[arg-type]
        lambda: time.less_than_x_days_ago(-1),
        lambda: time.less_than_x_days_ago(True),
        lambda: audience.email_subscription().is_("yes"),  # type: ignore[arg-type]
        lambda: audience.custom_attribute(" "),
        lambda: audience.custom_attribute("x", "object"),  # type: ignore[call-overload]
        audience.all_of,
        audience.any_of,
    ],
)
def test_a_wrong_value_makes_no_filter(build: Callable[[], object]) -> None:
    with pytest.raises(InvalidRequest):
        build()


def test_filters_join_and_groups_of_one_kind_are_flat() -> None:
    one, two, three = text.equals("1"), text.equals("2"), text.equals("3")

    assert (one & two & three).to_json() == {"AND": [one.to_json(), two.to_json(), three.to_json()]}
    assert (one & (two | three)).to_json() == {
        "AND": [one.to_json(), {"OR": [two.to_json(), three.to_json()]}]
    }
    assert audience.any_of(one, two) == (one | two)
    assert audience.all_of(one) == one
    assert hash(one & two) == hash(audience.all_of(one, two))
