"""Django admin for ops: across brands, every step traced."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from unfold.sites import UnfoldAdminSite

from branding.scope import across_brands


class OpsSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold ships no types
    site_header = site_title = "SmarterSends ops"
    index_title = "Installation"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_ops", False))

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Signing in notes when, on a row of no brand, which is written outside every brand only."""
        with across_brands("ops sign-in"):
            answer: HttpResponse = super().login(request, extra_context)
        return answer
