"""The brand's look as a style sheet, its files, and the question a reverse proxy asks before it gets a certificate."""

from __future__ import annotations

import mimetypes

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from branding.middleware import brand_of
from branding.models import Theme


@login_not_required
@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def theme_css(request: HttpRequest) -> HttpResponse:
    """Custom properties only; the colours were validated as #rrggbb, fonts lose all that could end a declaration."""
    theme = Theme.objects.first() or Theme()
    lines = [f"--brand-{name.replace('_', '-')}: {getattr(theme, name)};" for name in Theme.COLOURS]
    lines += [
        f"--brand-{name.replace('_', '-')}: {_font(getattr(theme, name))};"
        for name in ("heading_font", "body_font")
    ]
    lines += [f"--brand-radius: {theme.radius}px;", f"--brand-logo-width: {theme.logo_width}px;"]
    return HttpResponse(":root { " + " ".join(lines) + " }\n", content_type="text/css; charset=utf-8")


def _font(stack: str) -> str:
    return "".join(char for char in stack if char.isalnum() or char in " ,-'\"")


@login_not_required
@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def media(request: HttpRequest, path: str) -> FileResponse:
    """A file of this brand. Names carry a hash of the content, so an address never changes what it shows."""
    folder, *inside = path.split("/")
    # "ours/../theirs/file" lies below our own folder by its spelling only.
    if folder != request.brand.slug or {"", ".", ".."}.intersection(inside):  # type: ignore[attr-defined]
        raise Http404
    try:
        file = default_storage.open(path)
    except (OSError, ValueError):  # nothing there, a folder, or no path at all
        raise Http404 from None
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return FileResponse(file, content_type=kind)


@login_not_required
@require_safe
def domain_known(request: HttpRequest) -> HttpResponse:
    """200 when a brand answers on ?domain=…, else 404. Asked by the proxy before it requests a certificate."""
    known = brand_of(request.GET.get("domain", "")) is not None
    return HttpResponse(status=200 if known else 404)
