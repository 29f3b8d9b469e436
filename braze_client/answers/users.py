"""Answers about profiles."""

from __future__ import annotations

from pydantic import JsonValue

from .base import Answer, Listing, Part


class Tracked(Answer):
    """Queued, not yet applied. Rows that Braze did not take are in `row_errors`, of a partial success."""

    attributes_processed: int = 0
    events_processed: int = 0
    purchases_processed: int = 0

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


class UsersDeleted(Answer):
    """How many profiles go; those not found are not counted."""

    deleted: int | None = None


class AliasesProcessed(Answer):
    """How many aliases were taken, where Braze says so."""

    aliases_processed: int | None = None


class ExternalIdsRenamed(Answer):
    """The new ids of those renamed, and what was wrong with the others."""

    external_ids: Listing[str] = []
    rename_errors: Listing[JsonValue] = []

    @property
    def partial(self) -> bool:
        """Whether some were not renamed."""
        return bool(self.errors or self.rename_errors)


class ExternalIdsRemoved(Answer):
    """The ids removed, and what was wrong with the others."""

    removed_ids: Listing[str] = []
    removal_errors: Listing[JsonValue] = []

    @property
    def partial(self) -> bool:
        """Whether some were not removed."""
        return bool(self.errors or self.removal_errors)
