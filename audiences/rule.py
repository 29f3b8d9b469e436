"""Whom one campaign addresses, as it is sealed and as Braze understands it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from braze_client import Audience
from braze_client.audience import custom_attribute


class Rule(BaseModel):
    """fence AND [segment]. There is no rule without a fence, so nothing can address a whole brand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fence_attribute: str = Field(min_length=1)
    fence_value: str = Field(min_length=1)
    segment_id: str | None = None

    def to_braze(self) -> Audience:
        """The connected audience; a segment goes beside it in the request, and both must hold."""
        return custom_attribute(self.fence_attribute).equals(self.fence_value)
