"""Any two versions beside each other: as they look for a group, and as lists of what changed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from groups.http import PortalRequest, number, words
from groups.models import Group
from library import engine
from library.context import context_for
from library.errors import LibraryError
from library.models import TemplateVersion
from library.publishing import readable
from library.sample import as_sample_person
from studio.builder.fetching import places, preview_group, template_of
from studio.framed import framed
from studio.versions.comparing import compare as difference
from studio.versions.fetching import managing, version_of, versions_of

OFFERED = 20


@require_safe
@managing
def compare(request: PortalRequest, pk: int) -> HttpResponse:
    """?old= and ?new= are version ids; without them the newest beside the one before."""
    template = template_of(pk)
    known = versions_of(template)
    new = _chosen(known, request.GET.get("new"), 0)
    old = _chosen(known, request.GET.get("old"), min(1, len(known) - 1))
    context: dict[str, Any] = {
        "template": template,
        "versions": known,
        "old": old,
        "new": new,
        **_group(request),
    }
    if old and new:
        context |= {"sides": [("old", old), ("new", new)], **_compared(old, new)}
    return render(request, "studio/versions/compare.html", context)


def _chosen(known: list[TemplateVersion], pk: str | None, otherwise: int) -> TemplateVersion | None:
    wanted = number(pk)
    found = next((each for each in known if each.pk == wanted), None)
    return found or (known[otherwise] if known else None)


def _compared(old: TemplateVersion, new: TemplateVersion) -> dict[str, Any]:
    try:
        return {"difference": difference(readable(old), readable(new))}
    except LibraryError as error:
        return {"unreadable": str(error)}


def _group(request: PortalRequest) -> dict[str, Any]:
    """For which group both are shown: the first that is found by what was typed, else the one looked at last."""
    q = words(request.GET.get("q"))[:80]
    found = None
    if q:
        rows = places(request)
        found = (
            rows.filter(code__iexact=q).first()
            or rows.filter(Q(name__icontains=q) | Q(city__icontains=q)).first()
        )
    group: Group | None = found or preview_group(request)
    return {
        "group": group,
        "q": q,
        "missing": bool(q) and found is None,
        "offered": places(request)[:OFFERED],
    }


@require_safe
@xframe_options_sameorigin
@managing
def preview(request: PortalRequest, pk: int) -> HttpResponse:
    """The version with its own words, for ?group=…; ?look=dark as a reader shows it that prefers it so."""
    version = version_of(pk)
    group = preview_group(request)
    if group is None:
        return HttpResponse(status=404)
    try:
        spec = readable(version)
        email = engine.render(spec, engine.defaults(spec), context_for(group))
    except (LibraryError, engine.RenderError):
        return HttpResponse(_("This version cannot be shown as it stands."), status=422)
    return framed(request, as_sample_person(email).html, dark=request.GET.get("look") == "dark")
