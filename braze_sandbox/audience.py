"""Connected audiences: checking, describing and answering them.

https://www.braze.com/docs/api/objects_filters/connected_audience. Segments use the same grammar with one filter more,
``{"attribute": {"name": …, "comparison": …, "value": …}}`` over default attributes, which Braze's API does not offer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from braze_sandbox.clock import DAY, absolute, read_time

STATES = ("opted_in", "subscribed", "unsubscribed")
MAX_DEPTH = 30

_PRESENCE = {"exists", "does_not_exist"}
_NUMERIC = {"greater_than", "greater_than_or_equal_to", "less_than", "less_than_or_equal_to"}
_DAYS = {
    "less_than_x_days_ago",
    "greater_than_x_days_ago",
    "less_than_x_days_in_the_future",
    "greater_than_x_days_in_the_future",
}
_MOMENTS = {"after", "before"}
_REGEX = {"matches_regex", "does_not_match_regex"}
_LISTS = {"is_any_of", "is_none_of", "includes_value", "does_not_include_value"}
_EQUAL = {"equals", "not_equal", "does_not_equal"}
COMPARISONS = _PRESENCE | _NUMERIC | _DAYS | _MOMENTS | _REGEX | _LISTS | _EQUAL


class BadAudience(ValueError):
    """An audience that is not one. The text says where."""


class Member(Protocol):
    """What a filter asks of a profile."""

    custom: dict[str, Any]
    fields: dict[str, Any]

    @property
    def last_used(self) -> float | None: ...


Test = Callable[[Member, float], bool]


# --- Checking ------------------------------------------------------------------------------------------------


def validate(audience: object, *, default_attributes: bool = False, depth: int = 0) -> None:
    """Raise BadAudience unless ``audience`` has the documented shape."""
    if not isinstance(audience, dict) or len(audience) != 1 or depth > MAX_DEPTH:
        raise BadAudience("each filter must be an object with exactly one key")
    [(kind, inner)] = audience.items()
    if kind in ("AND", "OR"):
        _check_group(kind, inner, default_attributes, depth)
    elif kind == "custom_attribute":
        _check_attribute(inner, "custom_attribute_name")
    elif kind == "attribute" and default_attributes:
        _check_attribute(inner, "name")
    elif kind in ("push_subscription_status", "email_subscription_status"):
        _check_state(kind, inner)
    elif kind == "last_used_app":
        _check_last_used(inner)
    else:
        raise BadAudience(f"'{kind}' is not a filter")


def _check_group(kind: str, inner: object, default_attributes: bool, depth: int) -> None:
    if not isinstance(inner, list) or not inner:
        raise BadAudience(f"'{kind}' must be a list of filters that is not empty")
    for one in inner:
        validate(one, default_attributes=default_attributes, depth=depth + 1)


def _check_attribute(inner: object, name: str) -> None:
    if not isinstance(inner, dict) or not isinstance(inner.get(name), str) or not inner[name]:
        raise BadAudience(f"'{name}' must be a string")
    if unknown := inner.keys() - {name, "comparison", "value"}:
        raise BadAudience(f"unknown key '{min(unknown)}'")
    comparison = inner.get("comparison")
    if comparison not in COMPARISONS:
        raise BadAudience(f"'{comparison}' is not a comparison")
    if comparison not in _PRESENCE:
        _check_value(comparison, inner.get("value"))


def _check_value(comparison: str, value: object) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if comparison in _NUMERIC | _DAYS:
        fits = number
    elif comparison in _MOMENTS:
        fits = read_time(value) is not None
    elif comparison in _REGEX:
        fits = isinstance(value, str) and _is_regex(value)
    elif comparison in _LISTS:
        fits = isinstance(value, str) or (
            isinstance(value, list) and all(isinstance(one, str) for one in value)
        )
    else:
        fits = number or isinstance(value, (str, bool))
    if not fits:
        raise BadAudience(f"the value does not fit '{comparison}'")


def _is_regex(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _check_state(kind: str, inner: object) -> None:
    if not isinstance(inner, dict) or inner.keys() != {"comparison", "value"}:
        raise BadAudience(f"'{kind}' needs a comparison and a value")
    if inner["comparison"] not in ("is", "is_not") or inner["value"] not in STATES:
        raise BadAudience(f"'{kind}' compares by is or is_not with {', '.join(STATES)}")


def _check_last_used(inner: object) -> None:
    if (
        not isinstance(inner, dict)
        or inner.get("comparison") not in _MOMENTS
        or not read_time(inner.get("value"))
    ):
        raise BadAudience("'last_used_app' needs after or before and an ISO 8601 time")


# --- Describing ----------------------------------------------------------------------------------------------


def describe(audience: dict[str, Any]) -> str:
    """A valid audience in words."""
    [(kind, inner)] = audience.items()
    if kind in ("AND", "OR"):
        return f" {kind.lower()} ".join(
            f"({describe(one)})" if len(inner) > 1 else describe(one) for one in inner
        )
    name = inner.get("custom_attribute_name") or inner.get("name") or kind.replace("_", " ")
    words = [name, inner["comparison"].replace("_", " ")]
    if "value" in inner:
        value = inner["value"]
        words.append(", ".join(value) if isinstance(value, list) else str(value))
    return " ".join(words)


# --- Answering -----------------------------------------------------------------------------------------------


def test_of(audience: dict[str, Any]) -> Test:
    """A valid audience as a question to a member, asked at a moment."""
    [(kind, inner)] = audience.items()
    if kind in ("AND", "OR"):
        parts = [test_of(one) for one in inner]
        combine: Callable[[Iterable[bool]], bool] = all if kind == "AND" else any
        return lambda member, now: combine(part(member, now) for part in parts)
    if kind == "custom_attribute":
        name, compare = inner["custom_attribute_name"], _comparison(inner)
        return lambda member, now: compare(member.custom.get(name), now)
    if kind == "attribute":
        field, compare = inner["name"], _comparison(inner)
        return lambda member, now: compare(member.fields.get(field), now)
    if kind == "last_used_app":
        compare = _comparison(inner)
        return lambda member, now: compare(member.last_used, now)
    return _state_test("email_subscribe" if kind.startswith("email") else "push_subscribe", inner)


def _state_test(field: str, inner: dict[str, Any]) -> Test:
    wanted, state = inner["comparison"] == "is", inner["value"]
    return lambda member, _now: (member.fields.get(field, "subscribed") == state) == wanted


def _comparison(inner: dict[str, Any]) -> Callable[[Any, float], bool]:
    comparison: str = inner["comparison"]
    value: Any = inner.get("value")
    if comparison in _PRESENCE:
        return lambda held, _now: (held is not None) == (comparison == "exists")
    if comparison in _EQUAL:
        return lambda held, _now: _same(held, value) == (comparison == "equals")
    if comparison in _REGEX:
        pattern = re.compile(value)
        return lambda held, _now: _matches(pattern, held) == (comparison == "matches_regex")
    if comparison in _LISTS:
        wanted = set(value) if isinstance(value, list) else {value}
        positive = comparison in ("is_any_of", "includes_value")
        return lambda held, _now: _among(held, wanted) == positive
    if comparison in _NUMERIC:
        return lambda held, _now: _ordered(comparison, held, value)
    return lambda held, now: _timely(comparison, held, value, now)


def _same(held: Any, value: Any) -> bool:
    # A string never equals a number here, nor a number a boolean: the types must agree.
    return bool(held == value) and isinstance(held, bool) == isinstance(value, bool)


def _matches(pattern: re.Pattern[str], held: Any) -> bool:
    return isinstance(held, str) and pattern.search(held) is not None


def _among(held: Any, wanted: set[str]) -> bool:
    if isinstance(held, list):
        return any(one in wanted for one in held if isinstance(one, str))
    return isinstance(held, str) and held in wanted


def _ordered(comparison: str, held: Any, value: float) -> bool:
    if isinstance(held, bool) or not isinstance(held, (int, float)):
        return False
    if comparison.endswith("equal_to") and held == value:
        return True
    return held > value if comparison.startswith("greater") else held < value


def _timely(comparison: str, held: Any, value: Any, now: float) -> bool:
    moment = held if isinstance(held, float) else None
    if moment is None and (read := read_time(held)):
        moment = absolute(read)
    if moment is None:
        return False
    if comparison in _MOMENTS:
        limit = read_time(value)
        return limit is not None and (moment > absolute(limit)) == (comparison == "after")
    days = (now - moment) / DAY if comparison.endswith("ago") else (moment - now) / DAY
    if days < 0:
        return False
    return bool(days > value if comparison.startswith("greater") else days < value)


def equals_of(audience: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Conditions all members must meet that an index answers: attribute name and the strings it may be."""
    [(kind, inner)] = audience.items()
    if kind == "AND":
        return [found for one in inner for found in equals_of(one)]
    if kind != "custom_attribute" or inner["comparison"] not in ("equals", "is_any_of"):
        return []
    values = inner["value"] if isinstance(inner["value"], list) else [inner["value"]]
    # A list attribute can hold a value without being equal to it; the index therefore knows both.
    return [(inner["custom_attribute_name"], values)] if all(isinstance(one, str) for one in values) else []
