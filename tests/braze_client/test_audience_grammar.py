"""Whatever the builder builds is what Braze's page on connected audiences allows, and nothing else can be built."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braze_client import Audience, InvalidRequest, audience

# https://www.braze.com/docs/api/objects_filters/connected_audience
NO_VALUE = {"exists", "does_not_exist"}
TEXT = {"equals", "not_equal", "matches_regex", "does_not_match_regex"}
NUMBER = {"greater_than", "greater_than_or_equal_to", "less_than", "less_than_or_equal_to"}
DAYS = {f"{way}_than_x_days_{when}" for way in ("less", "greater") for when in ("ago", "in_the_future")}
LIST = {"is_any_of", "is_none_of"}
STATES = {"opted_in", "subscribed", "unsubscribed"}


def fits(node: Any) -> bool:
    [[kind, inner]] = node.items()
    match kind:
        case "AND" | "OR":
            return len(inner) > 1 and all(map(fits, inner))
        case "custom_attribute":
            return bool(inner.pop("custom_attribute_name").strip()) and compares(**inner)
        case "email_subscription_status" | "push_subscription_status":
            return set(inner) == {"comparison", "value"} and (
                inner["comparison"] in {"is", "is_not"} and inner["value"] in STATES
            )
        case "last_used_app":
            return inner["comparison"] in {"after", "before"} and is_time(inner["value"])
    return False


def compares(comparison: str, value: object = None) -> bool:
    if comparison in NO_VALUE:
        return value is None
    if comparison in {"equals", "not_equal"}:
        return isinstance(value, str | int | float) and value != ""
    if comparison in TEXT | {"does_not_include_value"}:
        return isinstance(value, str) and value != ""
    if comparison in NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if comparison in DAYS:
        return isinstance(value, int) and value >= 0
    if comparison in LIST:
        return is_texts(value)
    if comparison == "includes_value":
        return isinstance(value, str) or is_texts(value)
    return comparison in {"after", "before"} and is_time(value)


def is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each for each in value)


def is_time(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value))


names = st.from_regex(r"[a-z][a-z_ ]{0,20}_x", fullmatch=True)
texts = st.text(min_size=1)
times = st.datetimes(timezones=st.just(UTC))
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def filters(draw: st.DrawFn) -> Audience:
    """One filter of any kind, through any method that the builder has for it."""
    values: dict[str, st.SearchStrategy[object]] = {
        "string": texts,
        "array": texts,
        "number": numbers,
        "boolean": st.booleans(),
        "time": times,
    }
    kind = draw(st.sampled_from([*values, "email", "push", "app"]))
    if kind == "app":
        return draw(st.sampled_from([audience.last_used_app().after, audience.last_used_app().before]))(
            draw(times)
        )
    if kind in {"email", "push"}:
        status = audience.email_subscription() if kind == "email" else audience.push_subscription()
        return draw(st.sampled_from([status.is_, status.is_not]))(draw(st.sampled_from(sorted(STATES))))
    attribute = audience.custom_attribute(draw(names), kind)  # type: ignore[call-overload]
    name = draw(st.sampled_from([each for each in dir(type(attribute)) if each[0] != "_"]))
    method: Callable[..., Audience] = getattr(attribute, name)
    if name in NO_VALUE:
        return method()
    if name in LIST:
        return method(draw(st.lists(texts, min_size=1)))
    return method(draw(st.integers(min_value=0) if name in DAYS else values[kind]))


audiences = st.recursive(
    filters(),
    lambda inner: st.lists(inner, min_size=1, max_size=4).flatmap(
        lambda parts: st.sampled_from([audience.all_of(*parts), audience.any_of(*parts)])
    ),
    max_leaves=12,
)


@given(audiences)
def test_all_that_can_be_built_fits_the_grammar(built: Audience) -> None:
    assert fits(built.to_json())


@given(audiences, audiences)
def test_joining_keeps_both_sides(one: Audience, other: Audience) -> None:
    joined = (one & other).to_json()["AND"]

    for side in (one.to_json(), other.to_json()):
        assert all(part in joined for part in side.get("AND", [side]))  # type: ignore[attr-defined]


@pytest.mark.parametrize("field", ["email", "country", "language", "first_name", "external_id"])
def test_a_field_of_the_profile_cannot_be_asked_for(field: str) -> None:
    with pytest.raises(InvalidRequest, match="use a segment"):
        audience.custom_attribute(field)


def test_a_comparison_of_another_type_fails_the_type_check_and_at_run_time() -> None:
    """Each ignored type error is proof: strict mypy reports one that is not needed."""
    text, array = audience.custom_attribute("tier"), audience.custom_attribute("lists", "array")
    number, truth = (
        audience.custom_attribute("visits", "number"),
        audience.custom_attribute("member", "boolean"),
    )
    time, state = audience.custom_attribute("renewal", "time"), audience.email_subscription()
    for wrong in (
        lambda: text.greater_than(3),  # type: ignore[attr-defined]
        lambda: text.after("2026-01-01"),  # type: ignore[attr-defined]
        lambda: array.equals("may"),  # type: ignore[attr-defined]
        lambda: array.matches_regex("may"),  # type: ignore[attr-defined]
        lambda: number.matches_regex("3"),  # type: ignore[attr-defined]
        lambda: number.is_any_of(["3"]),  # type: ignore[attr-defined]
        lambda: truth.less_than(1),  # type: ignore[attr-defined]
        lambda: time.equals("2026-01-01"),  # type: ignore[attr-defined]
        lambda: audience.last_used_app().exists(),  # type: ignore[attr-defined]
    ):
        with pytest.raises(AttributeError):
            wrong()
    for misused in (
        lambda: text.equals(3),  # type: ignore[arg-type]
        lambda: number.less_than("3"),  # type: ignore[arg-type]
        lambda: truth.equals("yes"),  # type: ignore[arg-type]
        lambda: time.after("2026-01-01"),  # type: ignore[arg-type]
        lambda: state.is_("gone"),  # type: ignore[arg-type]
        lambda: array.does_not_include_value(["may"]),  # type: ignore[arg-type]
    ):
        with pytest.raises(InvalidRequest):
            misused()
