"""Profiles: writing, reading, naming and deleting them."""

from __future__ import annotations

from ..answers.base import Acknowledged
from ..answers.users import (
    AliasesProcessed,
    ExportedUsers,
    ExternalIdsRemoved,
    ExternalIdsRenamed,
    Tracked,
    UsersDeleted,
)
from ..requests.identities import (
    CreateAliases,
    DeleteUsers,
    IdentifyUsers,
    MergeUsers,
    RemoveExternalIds,
    RenameExternalIds,
    UpdateAliases,
)
from ..requests.users import ExportUsers, TrackUsers
from ..retry import Repeat
from .base import Endpoints


class Users(Endpoints):
    """https://www.braze.com/docs/api/endpoints/user_data"""

    def track_users(self, request: TrackUsers) -> Tracked:
        """Write profiles, events and purchases; look at `partial` and `row_errors` of the answer.

        Repeats by itself only where all values are absolute. A call in which nothing was valid is Refused,
        with the rows in `rows`. Permission users.track.
        """
        # https://www.braze.com/docs/api/endpoints/user_data/post_user_track
        return self._post("/users/track", request, Tracked, request.repeat)

    def export_users(self, request: ExportUsers) -> ExportedUsers:
        """Read profiles. Permission users.export.ids; 250 a minute."""
        # https://www.braze.com/docs/api/endpoints/export/user_data/post_users_identifier
        return self._post("/users/export/ids", request, ExportedUsers, Repeat.HARMLESS)

    def delete_users(self, request: DeleteUsers) -> UsersDeleted:
        """Delete profiles for ever; may take five minutes. Permission users.delete."""
        # https://www.braze.com/docs/api/endpoints/user_data/post_user_delete
        return self._post("/users/delete", request, UsersDeleted, Repeat.HARMFUL)

    def identify_users(self, request: IdentifyUsers) -> AliasesProcessed:
        """Give alias-only or address-only profiles their external id. Permission users.identify."""
        # https://www.braze.com/docs/api/endpoints/user_data/post_user_identify
        return self._post("/users/identify", request, AliasesProcessed, Repeat.HARMFUL)

    def create_aliases(self, request: CreateAliases) -> AliasesProcessed:
        """Give users aliases; one without an external id becomes an alias-only user. Permission users.alias.new."""
        # https://www.braze.com/docs/api/endpoints/user_data/post_user_alias
        return self._post("/users/alias/new", request, AliasesProcessed, Repeat.HARMFUL)

    def update_aliases(self, request: UpdateAliases) -> AliasesProcessed:
        """Give aliases another name. Permission users.alias.update."""
        # https://www.braze.com/docs/api/endpoints/user_data/post_users_alias_update
        return self._post("/users/alias/update", request, AliasesProcessed, Repeat.HARMFUL)

    def merge_users(self, request: MergeUsers) -> Acknowledged:
        """Merge profiles into others; those merged are gone. Permission users.merge."""
        # https://www.braze.com/docs/api/endpoints/user_data/post_users_merge
        return self._post("/users/merge", request, Acknowledged, Repeat.HARMFUL)

    def rename_external_ids(self, request: RenameExternalIds) -> ExternalIdsRenamed:
        """Give users other external ids; the old ones stay as deprecated. Permission users.external_ids.rename."""
        # https://www.braze.com/docs/api/endpoints/user_data/external_id_migration/post_external_ids_rename
        return self._post("/users/external_ids/rename", request, ExternalIdsRenamed, Repeat.HARMFUL)

    def remove_external_ids(self, request: RemoveExternalIds) -> ExternalIdsRemoved:
        """Remove deprecated external ids for ever. Permission users.external_ids.remove."""
        # https://www.braze.com/docs/api/endpoints/user_data/external_id_migration/post_external_ids_remove
        return self._post("/users/external_ids/remove", request, ExternalIdsRemoved, Repeat.HARMFUL)
