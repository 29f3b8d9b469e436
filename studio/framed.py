"""Mails as documents of their own, for frames of the library's pages: they can do nothing."""

from __future__ import annotations

from django.http import HttpResponse

from branding.urls import base_url
from groups.http import PortalRequest

_DARK = "@media (prefers-color-scheme:dark)"


def framed(request: PortalRequest, html: str, *, dark: bool = False) -> HttpResponse:
    """Without scripts and forms, by a policy of its own; `dark` as a reader shows it that prefers it so.

    It keeps our origin so that the page around it can measure its height; without scripts that gives it no power.
    """
    response = HttpResponse(html.replace(_DARK, "@media all") if dark else html)
    response.headers["Content-Security-Policy"] = (
        f"sandbox allow-same-origin; default-src 'none'; img-src 'self' https: {base_url(request.brand)}; "
        "style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
    return response
