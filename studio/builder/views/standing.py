"""A template's own page: what it is, who sees it, when it holds, what became of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.http import PortalRequest
from groups.models import Group
from library import editing
from library.models import Template
from studio.builder.fetching import managing, preview_group, template_of
from studio.builder.forms import SeasonForm
from studio.builder.standings import standings


@require_safe
@managing
def template(request: PortalRequest, pk: int) -> HttpResponse:
    found = template_of(pk)
    with timezone.override(_clock()):
        return _page(request, found, _season_form(found))


@require_POST
@managing
def season(request: PortalRequest, pk: int) -> HttpResponse:
    """Valid from and until, on the brand's clock."""
    found = template_of(pk)
    with timezone.override(_clock()):
        form = SeasonForm(request.POST)
        if not form.is_valid():
            return _page(request, found, form, status=422)
    editing.set_season(
        found, form.cleaned_data["valid_from"], form.cleaned_data["valid_until"], by=request.user
    )
    messages.success(request, _("Saved when “%(name)s” may be used.") % {"name": found.name})
    return redirect("studio:template", pk=pk)


@require_POST
@managing
def archive(request: PortalRequest, pk: int) -> HttpResponse:
    """Put away, or with `restore` back."""
    found = template_of(pk)
    if "restore" in request.POST:
        editing.restore(found, by=request.user)
        messages.success(request, _("“%(name)s” is back in the library.") % {"name": found.name})
    else:
        editing.archive(found, by=request.user)
        messages.success(
            request,
            _("“%(name)s” is archived. Campaigns made with it stay as they are.") % {"name": found.name},
        )
    return redirect("studio:template", pk=pk)


def _page(request: PortalRequest, found: Template, form: SeasonForm, status: int = 200) -> HttpResponse:
    [standing] = standings([found])
    draft = editing.draft_of(found)
    spec = draft.engine_spec()
    context = {
        "template": found,
        "standing": standing,
        "form": form,
        "zone": timezone.get_current_timezone_name(),
        "parts": [part.title or spec.modules[part.module].name for part in spec.placements],
        "spec": spec,
        "group": preview_group(request),
        "panels": ["studio/versions/_panel.html", "studio/builder/_versions.html"],
    }
    return render(request, "studio/builder/template.html", context, status=status)


def _season_form(found: Template) -> SeasonForm:
    here = {
        name: timezone.localtime(moment) if (moment := getattr(found, name)) else None
        for name in ("valid_from", "valid_until")
    }
    return SeasonForm(initial=here)


def _clock() -> ZoneInfo:
    """The brand's: that of the top of its tree."""
    top = Group.objects.filter(parent=None).order_by("pk").first()
    return top.zone if top else ZoneInfo(settings.TIME_ZONE)
