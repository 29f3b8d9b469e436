"""The typed request of portal pages, and who may enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from accounts.permissions import Permission
from branding.models import Brand
from groups.access import access_of


class PortalRequest(HttpRequest):
    """What the middleware added to a request of a signed-in person."""

    brand: Brand
    user: User
    htmx: HtmxDetails


#: What fits a bigint column; longer digits in an address are nonsense.
LONGEST_NUMBER = 18


def number(text: str | None) -> int | None:
    """An id out of an address, or None for anything that is no id."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def words(text: str | None) -> str:
    """What somebody typed, without blanks around it and without NUL, which PostgreSQL cannot keep."""
    return (text or "").replace("\0", "").strip()


View = Callable[..., HttpResponse]


def requires(permission: Permission) -> Callable[[View], View]:
    """Only for people who hold this permission somewhere; which rows they may touch, the query says."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not access_of(request.user).can_somewhere(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        inner.requires = permission  # type: ignore[attr-defined]  # the URL-by-role test reads it
        return inner

    return wrap
