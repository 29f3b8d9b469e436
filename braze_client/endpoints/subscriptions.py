"""Who may be written to: e-mail lists, global states and subscription groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..answers.base import Acknowledged
from ..answers.emails import HardBounces, Unsubscribes
from ..answers.subscriptions import SubscriptionStatus, UserSubscriptions
from ..errors import InvalidRequest
from ..limits import MAX_LISTED_EMAILS, MAX_USER_SUBSCRIPTIONS
from ..requests.subscriptions import EmailAddresses, EmailStatus, SetSubscription, SetSubscriptions
from ..requests.users import SubscriptionState
from ..retry import Repeat
from .base import Endpoints, SortDirection, few, known, slice_of


class Subscriptions(Endpoints):
    """https://www.braze.com/docs/api/endpoints/email and …/subscription_groups"""

    def hard_bounces(
        self,
        *,
        email: str | None = None,
        start: date | None = None,
        end: date | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> HardBounces:
        """Addresses that bounced, of a period or one of them. Permission email.hard_bounces."""
        # https://www.braze.com/docs/api/endpoints/email/get_list_hard_bounces
        params = _of_addresses(email, start, end) | slice_of(limit, offset, MAX_LISTED_EMAILS)
        return self._get("/email/hard_bounces", HardBounces, params)

    def unsubscribes(
        self,
        *,
        email: str | None = None,
        start: date | None = None,
        end: date | None = None,
        limit: int = 100,
        offset: int = 0,
        sort_direction: SortDirection = "desc",
    ) -> Unsubscribes:
        """Addresses that unsubscribed, of a period or one of them. Permission email.unsubscribe."""
        # https://www.braze.com/docs/api/endpoints/email/get_query_unsubscribed_email_addresses
        params = _of_addresses(email, start, end) | slice_of(limit, offset, MAX_LISTED_EMAILS)
        return self._get("/email/unsubscribes", Unsubscribes, params | {"sort_direction": sort_direction})

    def set_email_status(self, emails: Sequence[str], state: SubscriptionState) -> Acknowledged:
        """The global state of up to 50 addresses; kept for addresses nobody has yet. Permission email.status."""
        # https://www.braze.com/docs/api/endpoints/email/post_email_subscription_status
        request = EmailStatus(email=emails, subscription_state=state)
        return self._post("/email/status", request, Acknowledged, Repeat.HARMLESS)

    def remove_bounces(self, emails: Sequence[str]) -> Acknowledged:
        """Take up to 50 addresses off the list of bounces. Permission email.bounce.remove."""
        # https://www.braze.com/docs/api/endpoints/email/post_remove_hard_bounces
        return self._post("/email/bounce/remove", EmailAddresses(email=emails), Acknowledged, Repeat.HARMFUL)

    def remove_spam_marks(self, emails: Sequence[str]) -> Acknowledged:
        """Take up to 50 addresses off the list of spam reports. Permission email.spam.remove."""
        # https://www.braze.com/docs/api/endpoints/email/post_remove_spam
        return self._post("/email/spam/remove", EmailAddresses(email=emails), Acknowledged, Repeat.HARMFUL)

    def blocklist_emails(self, emails: Sequence[str]) -> Acknowledged:
        """Unsubscribe up to 50 addresses and mark them as bounced. Permission email.blacklist."""
        # https://www.braze.com/docs/api/endpoints/email/post_blocklist
        return self._post("/email/blocklist", EmailAddresses(email=emails), Acknowledged, Repeat.HARMFUL)

    def set_subscription(self, request: SetSubscription) -> Acknowledged:
        """States in one subscription group. Permission subscription.status.set; 5,000 a minute."""
        # https://www.braze.com/docs/api/endpoints/subscription_groups/post_update_user_subscription_group_status
        return self._post("/subscription/status/set", request, Acknowledged, Repeat.HARMLESS)

    def set_subscriptions(self, request: SetSubscriptions) -> Acknowledged:
        """States in several subscription groups. Permission subscription.status.set; 5,000 a minute."""
        # https://www.braze.com/docs/api/endpoints/subscription_groups/post_update_user_subscription_group_status_v2
        return self._post("/v2/subscription/status/set", request, Acknowledged, Repeat.HARMLESS)

    def subscription_status(
        self,
        subscription_group_id: str,
        *,
        external_ids: Sequence[str] = (),
        emails: Sequence[str] = (),
        phones: Sequence[str] = (),
    ) -> SubscriptionStatus:
        """The states of up to 50 users in one group, by one kind of id. Permission subscription.status.get."""
        # https://www.braze.com/docs/api/endpoints/subscription_groups/get_list_user_subscription_group_status
        params = {"subscription_group_id": known(subscription_group_id)}
        return self._get(
            "/subscription/status/get", SubscriptionStatus, params | _one_kind(external_ids, emails, phones)
        )

    def user_subscriptions(
        self,
        *,
        external_ids: Sequence[str] = (),
        emails: Sequence[str] = (),
        phones: Sequence[str] = (),
        limit: int = 100,
        offset: int = 0,
    ) -> UserSubscriptions:
        """The groups that users are in, by one kind of id. Permission subscription.groups.get."""
        # https://www.braze.com/docs/api/endpoints/subscription_groups/get_list_user_subscription_groups
        params = slice_of(limit, offset, MAX_USER_SUBSCRIPTIONS) | _one_kind(external_ids, emails, phones)
        return self._get("/subscription/user/status", UserSubscriptions, params)


def _of_addresses(email: str | None, start: date | None, end: date | None) -> dict[str, str | Sequence[str]]:
    """Braze lets an address win over dates without a word, so only one of them is taken here."""
    if (email is None) == (start is None and end is None):
        raise InvalidRequest("Ask for one address, or for a period by its start and end.")
    if email is not None:
        return {"email": known(email)}
    if start is None or end is None or start > end:
        raise InvalidRequest("A period needs a start and an end, which is not before it.")
    return {"start_date": start.isoformat(), "end_date": end.isoformat()}


def _one_kind(
    external_ids: Sequence[str], emails: Sequence[str], phones: Sequence[str]
) -> dict[str, str | Sequence[str]]:
    given = {"external_id[]": external_ids, "email[]": emails, "phone[]": phones}
    kinds = {name: few(values) for name, values in given.items() if values}
    if len(kinds) != 1:
        raise InvalidRequest("Ask by one kind of id: external_ids, emails or phones.")
    return dict(kinds)
