"""Bodies of the endpoints that name, merge and delete users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..limits import MAX_IDS
from .base import Few, Identifier, Request
from .triggers import Preference
from .users import UserAlias


class ByEmail(Request):
    """The profile of an address; `prioritization` chooses where there are several."""

    email: Identifier
    prioritization: Annotated[Sequence[Preference], Field(min_length=1)]


class ByPhone(Request):
    """The profile of a phone number; `prioritization` chooses where there are several."""

    phone: Identifier
    prioritization: Annotated[Sequence[Preference], Field(min_length=1)]


class DeleteUsers(Request):
    """Up to 50 users by one kind of id."""

    external_ids: Few[Identifier] | None = None
    user_aliases: Few[UserAlias] | None = None
    braze_ids: Few[Identifier] | None = None
    email_addresses: Few[ByEmail] | None = None
    phone_numbers: Few[ByPhone] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [getattr(self, name) for name in type(self).model_fields]
        if len(given) - given.count(None) != 1:
            raise ValueError("give exactly one kind of id")
        return self


class AliasToIdentify(Request):
    """An alias-only user and the external id it gets."""

    external_id: Identifier
    user_alias: UserAlias


class EmailToIdentify(ByEmail):
    """An address and the external id its profile gets."""

    external_id: Identifier


class PhoneToIdentify(ByPhone):
    """A phone number and the external id its profile gets."""

    external_id: Identifier


class IdentifyUsers(Request):
    """Up to 50 profiles in all. `merge_behavior` says what becomes of a profile that has the external id."""

    aliases_to_identify: Sequence[AliasToIdentify] = ()
    emails_to_identify: Sequence[EmailToIdentify] = ()
    phone_numbers_to_identify: Sequence[PhoneToIdentify] = ()
    merge_behavior: Literal["merge", "none"] | None = None

    @model_validator(mode="after")
    def _some_but_not_too_many(self) -> Self:
        given = (self.aliases_to_identify, self.emails_to_identify, self.phone_numbers_to_identify)
        count = sum(map(len, given))
        if not 1 <= count <= MAX_IDS:
            raise ValueError(f"{count} profiles; Braze takes 1 to {MAX_IDS} in one call, so split them")
        return self


class NewAlias(UserAlias):
    """An alias; without `external_id` it makes an alias-only user."""

    external_id: Identifier | None = None


class CreateAliases(Request):
    """Up to 50 aliases."""

    user_aliases: Few[NewAlias]


class AliasUpdate(Request):
    """Another name for an alias."""

    alias_label: Identifier
    old_alias_name: Identifier
    new_alias_name: Identifier


class UpdateAliases(Request):
    """Up to 50 aliases with their new names."""

    alias_updates: Few[AliasUpdate]


class Identity(Request):
    """One user, named in one way."""

    external_id: Identifier | None = None
    user_alias: UserAlias | None = None
    braze_id: Identifier | None = None
    email: Identifier | None = None
    phone: Identifier | None = None
    prioritization: Annotated[Sequence[Preference], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_user(self) -> Self:
        named = (self.external_id, self.user_alias, self.braze_id, self.email, self.phone)
        if len(named) - named.count(None) != 1:
            raise ValueError("give exactly one of external_id, user_alias, braze_id, email and phone")
        return self


class Merge(Request):
    """The first is merged into the second, and then gone."""

    identifier_to_merge: Identity
    identifier_to_keep: Identity


class MergeUsers(Request):
    """Up to 50 pairs."""

    merge_updates: Few[Merge]


class Rename(Request):
    """An external id and its successor."""

    current_external_id: Identifier
    new_external_id: Identifier


class RenameExternalIds(Request):
    """Up to 50 users with their new ids."""

    external_id_renames: Few[Rename]


class RemoveExternalIds(Request):
    """Up to 50 deprecated ids."""

    external_ids: Few[Identifier]
