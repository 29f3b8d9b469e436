"""Bodies that change who may be written to."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from .base import Few, Identifier, Request
from .users import SubscriptionState

GroupStateName = Literal["subscribed", "unsubscribed"]


class EmailAddresses(Request):
    """Up to 50 addresses."""

    email: Few[Identifier]


class EmailStatus(EmailAddresses):
    """The global state that they get."""

    subscription_state: SubscriptionState


class SetSubscription(Request):
    """A state in one group for up to 50 users, by one kind of id: addresses are for e-mail groups, phones for SMS."""

    subscription_group_id: Identifier
    subscription_state: GroupStateName
    external_id: Few[Identifier] | None = None
    email: Few[Identifier] | None = None
    phone: Few[Identifier] | None = None
    use_double_opt_in_logic: bool | None = None
    """For SMS groups."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.external_id, self.email, self.phone).count(None) != 2:  # noqa: PLR2004 - of three
            raise ValueError("give exactly one of external_id, email and phone")
        return self


class GroupChange(Request):
    """A state in one group for up to 50 users, by one kind of id."""

    subscription_group_id: Identifier
    subscription_state: GroupStateName
    external_ids: Few[Identifier] | None = None
    emails: Few[Identifier] | None = None
    phones: Few[Identifier] | None = None
    use_double_opt_in_logic: bool | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.external_ids, self.emails, self.phones).count(None) != 2:  # noqa: PLR2004 - of three
            raise ValueError("give exactly one of external_ids, emails and phones")
        return self


class SetSubscriptions(Request):
    """States in several groups."""

    subscription_groups: Few[GroupChange]
