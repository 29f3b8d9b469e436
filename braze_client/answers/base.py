"""What every answer has in common: missing fields are tolerated, unknown ones kept."""

from __future__ import annotations

from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, JsonValue, PrivateAttr

from ..calls import Call

Item = TypeVar("Item")


def _empty_if_null(value: object) -> object:
    return [] if value is None else value


#: A list that Braze may leave out or send as null.
Listing = Annotated[list[Item], BeforeValidator(_empty_if_null)]


class Part(BaseModel):
    """A piece of an answer. Fields that Braze adds are kept in `model_extra`."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)


class Answer(Part):
    """A 2xx: accepted and queued, which is not yet done."""

    message: JsonValue = None
    errors: Listing[JsonValue] = []

    _call: Call = PrivateAttr()

    @property
    def call(self) -> Call:
        """The HTTP call that brought this answer."""
        return self._call

    def of(self, call: Call) -> Self:
        """Remember the call. For the client; answers do not change otherwise."""
        self._call = call
        return self


class Acknowledged(Answer):
    """Accepted, with nothing to say (updates and deletions of schedules)."""
