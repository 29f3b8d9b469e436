"""Answers of /users/track and /users/export/ids."""

from __future__ import annotations

from pydantic import JsonValue

from .._words import row_error
from ..errors import RowError
from .base import Answer, Listing, Part


class Tracked(Answer):
    """Queued, not yet applied. Rows that Braze did not take are in `row_errors`."""

    attributes_processed: int = 0
    events_processed: int = 0
    purchases_processed: int = 0

    @property
    def partial(self) -> bool:
        """Whether Braze left something out."""
        return bool(self.errors)

    @property
    def row_errors(self) -> tuple[RowError, ...]:
        """What was left out, by array and position as sent."""
        return tuple(row for row in map(row_error, self.errors) if row)

    @property
    def other_errors(self) -> tuple[JsonValue, ...]:
        """Errors that name no row: which rows they concern is for a person to find out."""
        return tuple(error for error in self.errors if row_error(error) is None)

    def rejected(self, input_array: str = "attributes") -> dict[int, str]:
        """Position in that array to Braze's words."""
        return {row.index: row.words for row in self.row_errors if row.input_array == input_array}


class AliasSeen(Part):
    """An alias of an exported profile."""

    alias_name: str | None = None
    alias_label: str | None = None


class CampaignReceived(Part):
    """A campaign that an exported profile got; variations only where it has several messages."""

    name: str | None = None
    api_campaign_id: str | None = None
    last_received: str | None = None
    variation_name: str | None = None
    variation_api_id: str | None = None


class Profile(Part):
    """An exported profile. None means that Braze holds nothing, or was not asked for it.

    Times are left as Braze writes them: the form differs between accounts and years.
    """

    external_id: str | None = None
    braze_id: str | None = None
    user_aliases: Listing[AliasSeen] = []
    created_at: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    email_subscribe: str | None = None
    push_subscribe: str | None = None
    phone: str | None = None
    country: str | None = None
    language: str | None = None
    time_zone: str | None = None
    custom_attributes: dict[str, JsonValue] | None = None
    campaigns_received: Listing[CampaignReceived] = []


class ExportedUsers(Answer):
    """Profiles found, and the ids that have none. A look-up by e-mail may find several."""

    users: Listing[Profile] = []
    invalid_user_ids: Listing[str] = []
