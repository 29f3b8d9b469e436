"""Two doors: people of the brand in scope, and ops, who belong to no brand."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User
from branding.scope import across_brands, current_brand_id


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """E-mail and password among the people of this brand; row-level security hides all others."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if current_brand_id() is None:
            return None
        found: User | None = super().authenticate(request, **credentials)
        return found

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first() if current_brand_id() else None

    def has_perm(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ARG002 - people ask groups.access, not Django
        return False


#: Tries at the admin's door, by client address and by account. allauth counts those at the brands' doors.
RATES = {"ops": "20/5m/ip,10/5m/key"}


class OpsBackend(BaseBackend):
    """Django admin's own. Asks only outside every brand, and only for people without one."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        if current_brand_id() is not None or not username or password is None:
            return None
        email = username.strip().lower()
        if request is not None and not ratelimit.consume(
            request, app="accounts", action="ops", config=RATES, key=email
        ):
            raise PermissionDenied  # to Django: ask no other backend; the page says that the two do not match
        user = self._ops(email=email)
        if user is None:
            User().set_password(password)  # the same work as for a known address, so that time tells nothing
            return None
        return user if user.check_password(password) and user.is_ops else None

    def get_user(self, user_id: int) -> User | None:
        return None if current_brand_id() is not None else self._ops(pk=user_id)

    def _ops(self, **lookup: Any) -> User | None:
        with across_brands("ops sign-in"):
            return User.objects.filter(brand__isnull=True, is_active=True, **lookup).first()
