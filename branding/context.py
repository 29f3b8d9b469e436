from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from branding.models import Theme


def brand_theme(request: HttpRequest) -> dict[str, Any]:
    """What every page shows of the brand: logo, favicon, and a version that renews its cached style sheet."""
    if getattr(request, "brand", None) is None:
        return {}
    theme = Theme.objects.first() or Theme()
    logo = theme.portal_logo or theme.logo
    return {
        "brand_theme": {
            "logo_url": logo.url if logo else "",
            "logo_alt": theme.logo_alt,
            "logo_width": theme.logo_width,
            "favicon_url": theme.favicon.url if theme.favicon else "",
            "version": int(theme.updated_at.timestamp()) if theme.updated_at else 0,
        }
    }
