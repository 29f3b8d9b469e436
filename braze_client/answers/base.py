"""What every answer has in common: odd, missing and unknown fields are tolerated, and errors mapped to rows."""

from __future__ import annotations

from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    JsonValue,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

from .._words import row_error
from ..calls import Call
from ..errors import Outcome, RowError

Item = TypeVar("Item")
Value = TypeVar("Value")


def _empty_if_null(value: object) -> object:
    return [] if value is None else value


def _always_a_list(value: object) -> object:
    return value if isinstance(value, list) else [] if value is None else [value]


def _object_if_empty(value: object) -> object:
    return {} if value is None or value == [] else value


def _in_lower_case(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


#: A list that Braze may leave out or send as null.
Listing = Annotated[list[Item], BeforeValidator(_empty_if_null)]
#: A list that may also come as its only item.
OneOrMore = Annotated[list[Item], BeforeValidator(_always_a_list)]
#: An object by name that may come as null, or as an empty list.
Mapped = Annotated[dict[str, Value], BeforeValidator(_object_if_empty)]
#: A state, which Braze spells `Subscribed` on one page and `subscribed` on another.
Lowered = Annotated[str, BeforeValidator(_in_lower_case)]


class Part(BaseModel):
    """A piece of an answer. Fields that Braze adds are kept in `model_extra`.

    A field that may be absent is absent when its value is not what it should be: one odd value must not make
    an answer unreadable that says a message was booked. Lists are strict, for an empty one would be a lie.
    """

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _absent_if_odd(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        try:
            return handler(value)
        except ValidationError:
            field = cls.model_fields[str(info.field_name)]
            if field.is_required() or isinstance(field.default, list | dict):
                raise
            return field.default


class Answer(Part):
    """A 2xx: accepted and queued, which is not yet done."""

    message: JsonValue = None
    errors: OneOrMore[JsonValue] = []

    _call: Call = PrivateAttr()

    @property
    def call(self) -> Call:
        """The HTTP call that brought this answer."""
        return self._call

    @property
    def partial(self) -> bool:
        """Whether Braze left something out."""
        return bool(self.errors)

    @property
    def outcome(self) -> Outcome:
        """OK or PARTIAL."""
        return Outcome.PARTIAL if self.partial else Outcome.OK

    @property
    def row_errors(self) -> tuple[RowError, ...]:
        """What was left out, by array and position as sent."""
        return tuple(row for row in map(row_error, self.errors) if row)

    @property
    def other_errors(self) -> tuple[JsonValue, ...]:
        """Errors that name no row: which rows they concern is for a person to find out."""
        return tuple(error for error in self.errors if row_error(error) is None)

    def of(self, call: Call) -> Self:
        """Remember the call. For the client; answers do not change otherwise."""
        self._call = call
        return self


class Acknowledged(Answer):
    """Accepted, with nothing to say (updates and deletions of schedules, states)."""
