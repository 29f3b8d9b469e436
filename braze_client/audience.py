"""Connected audiences: filters that fit their attribute's type, joined with `&` and `|`.

    audience.custom_attribute("store_id").equals("12") & audience.email_subscription().is_("opted_in")

Braze evaluates them when it sends, not when the send is booked. Only custom attributes, subscription states
and the last use of an app can be asked for; everything else needs a segment.
https://www.braze.com/docs/api/objects_filters/connected_audience
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal, TypeAlias, overload

from .errors import InvalidRequest
from .requests.base import utc_text
from .requests.users import PROFILE_FIELDS

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Json: TypeAlias = "dict[str, object]"
AttributeType = Literal["string", "number", "boolean", "time", "array"]
State = Literal["opted_in", "subscribed", "unsubscribed"]


class Audience(ABC):
    """Whom to write to. Immutable; equal to another that says the same."""

    @abstractmethod
    def to_json(self) -> Json:
        """The object for the `audience` field."""

    def __and__(self, other: Audience) -> Audience:
        return all_of(self, other)

    def __or__(self, other: Audience) -> Audience:
        return any_of(self, other)


@dataclass(frozen=True)
class _Filter(Audience):
    kind: str
    comparison: str
    value: Value = None
    attribute: str | None = None

    def to_json(self) -> Json:
        named: Json = {} if self.attribute is None else {"custom_attribute_name": self.attribute}
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        valued: Json = {} if value is None else {"value": value}
        return {self.kind: {**named, "comparison": self.comparison, **valued}}


@dataclass(frozen=True)
class _Joined(Audience):
    operator: Literal["AND", "OR"]
    parts: tuple[Audience, ...]

    def to_json(self) -> Json:
        return {self.operator: [part.to_json() for part in self.parts]}


def all_of(*audiences: Audience) -> Audience:
    """Everybody who is in each of these."""
    return _joined("AND", audiences)


def any_of(*audiences: Audience) -> Audience:
    """Everybody who is in at least one of these."""
    return _joined("OR", audiences)


def _joined(operator: Literal["AND", "OR"], audiences: tuple[Audience, ...]) -> Audience:
    """Nested groups of the same operator become one; none at all is refused, for it might mean everybody."""
    if not audiences:
        raise InvalidRequest("An audience needs at least one filter.")
    parts: list[Audience] = []
    for each in audiences:
        parts.extend(each.parts if isinstance(each, _Joined) and each.operator == operator else (each,))
    return parts[0] if len(parts) == 1 else _Joined(operator, tuple(parts))


@dataclass(frozen=True)
class _Attribute:
    """A custom attribute; its type decides what can be asked of it."""

    name: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidRequest("A filter needs the name of a custom attribute.")
        if self.name in PROFILE_FIELDS:
            raise InvalidRequest(
                f"{self.name} is a field of Braze's own profile, which audiences cannot ask for: use a segment."
            )

    def exists(self) -> Audience:
        return self._filter("exists")

    def does_not_exist(self) -> Audience:
        return self._filter("does_not_exist")

    def _filter(self, comparison: str, value: Value = None) -> Audience:
        return _Filter("custom_attribute", comparison, value, self.name)


class StringAttribute(_Attribute):
    """An attribute that holds a text."""

    def equals(self, value: str) -> Audience:
        return self._filter("equals", _text(value))

    def not_equal(self, value: str) -> Audience:
        return self._filter("not_equal", _text(value))

    def matches_regex(self, pattern: str) -> Audience:
        return self._filter("matches_regex", _text(pattern))

    def does_not_match_regex(self, pattern: str) -> Audience:
        return self._filter("does_not_match_regex", _text(pattern))

    def is_any_of(self, values: Sequence[str]) -> Audience:
        return self._filter("is_any_of", _texts(values))

    def is_none_of(self, values: Sequence[str]) -> Audience:
        """Also holds for those who lack the attribute."""
        return self._filter("is_none_of", _texts(values))


class ArrayAttribute(_Attribute):
    """An attribute that holds a list of texts."""

    def includes_value(self, value: str | Sequence[str]) -> Audience:
        """One of several values suffices."""
        return self._filter("includes_value", _one_or_more(value))

    def does_not_include_value(self, value: str) -> Audience:
        return self._filter("does_not_include_value", _text(value))

    def is_any_of(self, values: Sequence[str]) -> Audience:
        return self._filter("is_any_of", _texts(values))

    def is_none_of(self, values: Sequence[str]) -> Audience:
        """Also holds for those who lack the attribute."""
        return self._filter("is_none_of", _texts(values))


class NumberAttribute(_Attribute):
    """An attribute that holds a number."""

    def equals(self, value: float) -> Audience:
        return self._filter("equals", _number(value))

    def not_equal(self, value: float) -> Audience:
        return self._filter("not_equal", _number(value))

    def greater_than(self, value: float) -> Audience:
        return self._filter("greater_than", _number(value))

    def greater_than_or_equal_to(self, value: float) -> Audience:
        return self._filter("greater_than_or_equal_to", _number(value))

    def less_than(self, value: float) -> Audience:
        return self._filter("less_than", _number(value))

    def less_than_or_equal_to(self, value: float) -> Audience:
        return self._filter("less_than_or_equal_to", _number(value))


class BooleanAttribute(_Attribute):
    """An attribute that holds yes or no."""

    def equals(self, value: bool) -> Audience:
        return self._filter("equals", _truth(value))

    def not_equal(self, value: bool) -> Audience:
        return self._filter("not_equal", _truth(value))


class TimeAttribute(_Attribute):
    """An attribute that holds a time."""

    def after(self, time: datetime) -> Audience:
        return self._filter("after", _instant(time))

    def before(self, time: datetime) -> Audience:
        return self._filter("before", _instant(time))

    def less_than_x_days_ago(self, days: int) -> Audience:
        return self._filter("less_than_x_days_ago", _days(days))

    def greater_than_x_days_ago(self, days: int) -> Audience:
        return self._filter("greater_than_x_days_ago", _days(days))

    def less_than_x_days_in_the_future(self, days: int) -> Audience:
        return self._filter("less_than_x_days_in_the_future", _days(days))

    def greater_than_x_days_in_the_future(self, days: int) -> Audience:
        return self._filter("greater_than_x_days_in_the_future", _days(days))


@dataclass(frozen=True)
class SubscriptionStatus:
    """A channel's subscription state."""

    kind: Literal["email_subscription_status", "push_subscription_status"]
    STATES: ClassVar[tuple[State, ...]] = ("opted_in", "subscribed", "unsubscribed")

    def is_(self, state: State) -> Audience:
        return self._filter("is", state)

    def is_not(self, state: State) -> Audience:
        return self._filter("is_not", state)

    def _filter(self, comparison: str, state: State) -> Audience:
        if state not in self.STATES:
            raise InvalidRequest(f"A subscription state is one of {', '.join(self.STATES)}.")
        return _Filter(self.kind, comparison, state)


class LastUsedApp:
    """When somebody last used the brand's app or site."""

    def after(self, time: datetime) -> Audience:
        return _Filter("last_used_app", "after", _instant(time))

    def before(self, time: datetime) -> Audience:
        return _Filter("last_used_app", "before", _instant(time))


_KINDS: Final[Mapping[AttributeType, type[_Attribute]]] = {
    "string": StringAttribute,
    "number": NumberAttribute,
    "boolean": BooleanAttribute,
    "time": TimeAttribute,
    "array": ArrayAttribute,
}


@overload
def custom_attribute(name: str, type: Literal["string"] = "string") -> StringAttribute: ...
@overload
def custom_attribute(name: str, type: Literal["number"]) -> NumberAttribute: ...
@overload
def custom_attribute(name: str, type: Literal["boolean"]) -> BooleanAttribute: ...
@overload
def custom_attribute(name: str, type: Literal["time"]) -> TimeAttribute: ...
@overload
def custom_attribute(name: str, type: Literal["array"]) -> ArrayAttribute: ...
def custom_attribute(name: str, type: AttributeType = "string") -> _Attribute:  # noqa: A002 - Braze's word for it
    """A custom attribute of the type it has in Braze; the type decides which comparisons there are."""
    if type not in _KINDS:
        raise InvalidRequest(f"The type of a custom attribute is one of {', '.join(_KINDS)}.")
    return _KINDS[type](name)


def email_subscription() -> SubscriptionStatus:
    """The global state for e-mail."""
    return SubscriptionStatus("email_subscription_status")


def push_subscription() -> SubscriptionStatus:
    """The global state for push."""
    return SubscriptionStatus("push_subscription_status")


def last_used_app() -> LastUsedApp:
    """The last use of an app."""
    return LastUsedApp()


def _text(value: str) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidRequest("This filter compares with a text that is not empty.")
    return value


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    if isinstance(values, str) or not values:
        raise InvalidRequest("This filter compares with a list of at least one text.")
    return tuple(map(_text, values))


def _one_or_more(value: str | Sequence[str]) -> Value:
    return _text(value) if isinstance(value, str) else _texts(value)


def _number(value: float) -> float:
    # A bool is an int to Python, and a different type to Braze.
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InvalidRequest("This filter compares with a number.")
    return value


def _truth(value: bool) -> bool:
    if not isinstance(value, bool):
        raise InvalidRequest("This filter compares with True or False.")
    return value


def _days(value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidRequest("This filter compares with a whole number of days, 0 or more.")
    return value


def _instant(time: datetime) -> str:
    if not isinstance(time, datetime) or time.utcoffset() is None:
        raise InvalidRequest("This filter compares with a time that has a zone, for instance UTC.")
    return utc_text(time)
