"""A request's brand is its host. Everything inside runs in that brand's scope, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from branding.models import Brand
from branding.scope import brand_scope

#: Paths of the installation rather than of a brand.
BRANDLESS = ("/admin/", "/healthz", "/.well-known/smartersends/")
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


class BrandMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.brand = None  # type: ignore[attr-defined]
        if request.path.startswith(BRANDLESS):
            return self.get_response(request)
        brand = brand_of(request.get_host())
        if brand is None:
            return render(request, "404_host.html", status=404)
        request.brand = brand  # type: ignore[attr-defined]
        return answer_within(brand_scope(brand.pk), lambda: self.get_response(request))


class _Failed(Exception):
    """Carries the response of a failed view out of its transaction."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def answer_within(scope: AbstractContextManager[None], answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, given in a scope's transaction, of which nothing is kept when the answer is an error of ours.

    A view that failed has become a response by now. It leaves as an exception again, since a scope that ends
    without one still has to speak to the database, which a transaction marked for rollback refuses.
    """
    try:
        with scope:
            response = answer()
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise _Failed(response)
            return response
    except _Failed as failed:
        return failed.response


def brand_of(host: str) -> Brand | None:
    """The active brand that owns this host (port ignored), or the default brand for loopback."""
    name = host.lower().rsplit(":", 1)[0] if not host.endswith("]") else host
    if not name.isprintable():  # such as NUL, which PostgreSQL refuses to compare
        return None
    found = Brand.objects.filter(domains__host=name, is_active=True).first()
    if found is None and name in LOOPBACK:
        return Brand.objects.filter(is_default=True, is_active=True).first()
    return found
