"""Mails as documents of their own: framed by the portal, able to do nothing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from branding.urls import base_url
from campaigns import content
from campaigns.views.fetching import visible
from groups.http import PortalRequest, number, requires
from groups.models import Group
from library import engine
from library.context import context_for
from library.models import Template
from library.sample import as_sample_person


@require_safe
@xframe_options_sameorigin
def campaign(request: PortalRequest, pk: int) -> HttpResponse:
    """The draft as a made-up customer would see it."""
    return _document(request, as_sample_person(content.mail(visible(request, pk))).html)


@require_safe
def text(request: PortalRequest, pk: int) -> HttpResponse:
    """The plain-text part."""
    plain = as_sample_person(content.mail(visible(request, pk))).text
    return HttpResponse(plain, content_type="text/plain; charset=utf-8")


@require_safe
@xframe_options_sameorigin
@requires(Permission.CREATE_CAMPAIGNS)
def template(request: PortalRequest, pk: int) -> HttpResponse:
    """A template with its own words, for ?group=… or the first of the person's groups."""
    groups = Group.objects.visible_to(request.user, Permission.CREATE_CAMPAIGNS).locations()
    wanted = number(request.GET.get("group"))
    group = groups.first() if wanted is None else get_object_or_404(groups, pk=wanted)
    if group is None:
        return HttpResponse(status=404)
    found = get_object_or_404(Template.objects.usable().shown_to(group), pk=pk)
    if found.current is None:
        return HttpResponse(status=404)
    spec = found.current.engine_spec()
    values = engine.defaults(spec)
    return _document(
        request, as_sample_person(engine.render(spec, values, context_for(group, spec, values))).html
    )


def _document(request: PortalRequest, html: str) -> HttpResponse:
    """No scripts, no forms, nothing but pictures; its own policy, so that the portal's needs no exception.

    It keeps our origin so that the page around it can measure its height; without scripts that gives it no power.
    """
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = (
        f"sandbox allow-same-origin; default-src 'none'; img-src 'self' https: {base_url(request.brand)}; "
        "style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )
    return response
