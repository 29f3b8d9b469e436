"""The draft as a mail, and each module of the palette by itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from groups.http import PortalRequest
from groups.models import Group
from library import drafting, editing, engine
from library.context import context_for
from library.models import Module
from library.sample import as_sample_person
from studio.builder.fetching import managing, module_spec, preview_group, template_of
from studio.framed import framed


@require_safe
@xframe_options_sameorigin
@managing
def draft(request: PortalRequest, pk: int) -> HttpResponse:
    """For ?group=…; ?look=dark as a reader in the dark shows it, ?look=text the plain text."""
    spec = editing.draft_of(template_of(pk)).engine_spec()
    group, look = preview_group(request), request.GET.get("look")
    if group is None:
        return HttpResponse(status=404)
    mail = _mail(spec, group)
    if look == "text":
        return HttpResponse(mail.text, content_type="text/plain; charset=utf-8")
    return framed(request, mail.html, dark=look == "dark")


@require_safe
@xframe_options_sameorigin
@managing
def module(request: PortalRequest, pk: int) -> HttpResponse:
    """A module with its own words, alone in a mail."""
    found = get_object_or_404(Module, pk=pk)
    group = preview_group(request)
    if group is None:
        return HttpResponse(status=404)
    spec = drafting.add(engine.TemplateSpec(name=found.name), module_spec(found.pk))
    response = framed(request, _mail(spec, group).html)
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _mail(spec: engine.TemplateSpec, group: Group) -> engine.Email:
    return as_sample_person(engine.render(spec, engine.defaults(spec), context_for(group)))
