"""Django admin for ops: across brands, every step traced."""

from __future__ import annotations

from django.http import HttpRequest
from unfold.sites import UnfoldAdminSite


class OpsSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold ships no types
    site_header = site_title = "SmarterSends ops"
    index_title = "Installation"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_ops", False))
