"""Absolute addresses of a brand, for mails and for what is shown outside a request."""

from __future__ import annotations

from django.conf import settings

from branding.models import Brand


def base_url(brand: Brand) -> str:
    """Scheme, primary host and port, without a slash at the end. The stored domain, never a request's header."""
    primary = next(
        (domain.host for domain in brand.domains.all() if domain.is_primary), f"{brand.slug}.localhost"
    )
    scheme, port = ("https", "") if settings.HTTPS else ("http", f":{settings.PUBLIC_PORT}")
    return f"{scheme}://{primary}{port}"
