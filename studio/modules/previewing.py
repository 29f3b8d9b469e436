"""A module as a mail of its own, in a document that can do nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe
from pydantic import ValidationError

from branding.urls import base_url
from groups.http import PortalRequest, number
from library import engine
from library.context import context_for
from library.models import Module
from library.modules.drafts import draft_of
from library.modules.preflight import sample_picture
from library.modules.samples import alone, samples
from library.sample import as_sample_person
from studio.modules.shared import group_for, managing, module_at, version_at

LOOKS = ("light", "dark", "text")
#: How the mail asks a mail program whether it is dark; taken out, it is dark wherever it is shown.
_IF_DARK = "@media (prefers-color-scheme:dark)"


@require_safe
@xframe_options_sameorigin
@managing
def preview(request: PortalRequest, pk: int) -> HttpResponse:
    """?version=… or the draft, for ?group=…, in ?look=light, dark or text, with ?fill=defaults or samples."""
    try:
        email = as_sample_person(_mail(request, _spec(request, module_at(pk))))
    except (engine.EngineError, ValidationError) as error:
        return _framed(request, _sorry(error))
    look = request.GET.get("look")
    if look == "text":
        return _framed(request, email.text, "text/plain; charset=utf-8")
    return _framed(request, email.html.replace(_IF_DARK, "@media all") if look == "dark" else email.html)


def _spec(request: PortalRequest, module: Module) -> Mapping[str, Any]:
    wanted = number(request.GET.get("version"))
    held: Mapping[str, Any] = draft_of(module).spec if wanted is None else version_at(module, wanted).spec
    return held


def _mail(request: PortalRequest, spec: Mapping[str, Any]) -> engine.Email:
    module = engine.ModuleSpec.model_validate(spec)
    group = group_for(request)
    values = {}
    if request.GET.get("fill") != "defaults":
        values = samples(module, picture=sample_picture(), today=timezone.localdate())
    template = alone(module, values)
    return engine.render(template, {}, context_for(group, template))


def _sorry(error: Exception) -> str:
    """The editor says the same with lines; this is for who looks at the frame alone."""
    said = str(error) if isinstance(error, engine.EngineError) else _("The fields are not declared well yet.")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(_("Preview"))}</title>'
        f"<body><main><h1>{escape(_('This cannot be shown yet.'))}</h1><p>{escape(said)}</p></main></body></html>"
    )


def _framed(request: PortalRequest, document: str, kind: str = "text/html; charset=utf-8") -> HttpResponse:
    """No scripts, no forms, nothing but pictures. It keeps our origin so that the page around it can measure it."""
    response = HttpResponse(document, content_type=kind)
    response.headers["Content-Security-Policy"] = (
        f"sandbox allow-same-origin; default-src 'none'; img-src 'self' https: {base_url(request.brand)}; "
        "style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
    return response
