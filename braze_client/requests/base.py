"""What every request has in common: no unknown fields, no change after it is made, errors without values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, ValidationError
from pydantic_core import to_json

from ..errors import InvalidRequest
from ..limits import MAX_BODY_BYTES, MAX_IDS, MAX_SEND_ID_LENGTH

Item = TypeVar("Item")


class Request(BaseModel):
    """A body or a part of one. Breaking a rule raises InvalidRequest, whose text holds no values."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
    )

    def __init__(self, **fields: object) -> None:
        # The context of pydantic's error would hold the values, so ours is raised outside of it.
        try:
            super().__init__(**fields)
            return
        except ValidationError as error:
            words = _words(type(self).__name__, error)
        raise InvalidRequest(words)

    def to_json(self) -> bytes:
        """The JSON as it is sent."""
        body = to_json(self, by_alias=True, exclude_none=True)
        if len(body) > MAX_BODY_BYTES:
            raise InvalidRequest(
                f"The request has {len(body):,} bytes and Braze takes {MAX_BODY_BYTES:,}: make it smaller or split it."
            )
        return body


def _words(name: str, error: ValidationError) -> str:
    """Every broken rule, with the place where it was broken."""
    rules = []
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        place = ".".join([name, *map(str, each["loc"])])
        rules.append(f"{place}: {each['msg'].removeprefix('Value error, ')}")
    return "; ".join(rules)


R = TypeVar("R", bound=Request)


def changing(request: R, ids: set[str]) -> R:
    """The request, for a validator: refused when it says nothing beyond what it is about."""
    if not request.model_dump(exclude_none=True, exclude=ids):
        raise ValueError("there is nothing to change: give a field with its new value")
    return request


def utc_text(time: datetime) -> str:
    """An absolute time as Braze wants it: UTC, whole seconds, Z."""
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


#: An absolute time; written as UTC with Z.
Instant = Annotated[AwareDatetime, PlainSerializer(utc_text, return_type=str)]
#: An id is opaque: some of Braze's look like UUIDs and are not.
Identifier = Annotated[str, Field(min_length=1, max_length=1000)]
#: A list of as many as Braze takes in one call.
Few = Annotated[Sequence[Item], Field(min_length=1, max_length=MAX_IDS)]
SendIdText = Annotated[
    str, Field(min_length=1, max_length=MAX_SEND_ID_LENGTH, pattern=r"^[\x21-\x7e]+(?: [\x21-\x7e]+)*$")
]
#: Goes into a header of the mail, so a line break in it would start another header.
OneLine = Annotated[str, Field(pattern=r"^[^\r\n\x00]*$")]
