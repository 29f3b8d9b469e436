"""What a change means for campaigns, taking them along, and how far that is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import impact as hanging
from campaigns.models import Campaign
from groups.http import PortalRequest, number, words
from groups.models import with_zones
from library.errors import LibraryError
from library.models import Template
from studio import tasks
from studio.builder.fetching import template_of
from studio.merging import running
from studio.models import MergeRun
from studio.versions.fetching import managing

PAGE = 25
ASKED_SHOWN = 50


class MergeForm(forms.Form):
    scheduled = forms.ChoiceField(choices=MergeRun.Scheduled.choices, initial=MergeRun.Scheduled.LEAVE)
    because = forms.CharField(max_length=300, required=False)


@require_safe
@managing
def impact(request: PortalRequest, pk: int) -> HttpResponse:
    """Campaigns that are not out yet, counted, and those listed that this person may open."""
    return _page(request, template_of(pk), MergeForm())


def _page(request: PortalRequest, template: Template, form: MergeForm, *, status: int = 200) -> HttpResponse:
    chosen, behind = words(request.GET.get("status")), "behind" in request.GET
    rows = _filtered(template, chosen, behind=behind)
    before = number(request.GET.get("before"))
    found = list(
        hanging.listed(rows, request.user).filter(**({"pk__lt": before} if before else {}))[: PAGE + 1]
    )
    with_zones(campaign.group for campaign in found)
    counts = hanging.impact_of(template)
    context = {
        "template": template,
        "current": template.current,
        "impact": counts,
        "campaigns": found[:PAGE],
        "older_than": found[PAGE - 1].pk if len(found) > PAGE else None,
        "chosen": chosen if chosen in hanging.LIVE else "",
        "behind": behind,
        "statuses": [
            (each, Campaign.Status(each).label, counts.whole.by_status.get(each, 0)) for each in hanging.LIVE
        ],
        "form": form,
        "may_renew": running.may_renew(request.user),
        "may_hold": running.may_hold(request.user),
        "run": MergeRun.objects.filter(template=template).select_related("version", "asked_by").first(),
    }
    return render(request, "studio/versions/impact.html", context, status=status)


def _filtered(template: Template, chosen: str, *, behind: bool) -> QuerySet[Campaign]:
    rows = hanging.outdated(template) if behind else hanging.live(template)
    return rows.filter(status=chosen) if chosen in hanging.LIVE else rows


@require_POST
@managing
def merge(request: PortalRequest, pk: int) -> HttpResponse:
    template = template_of(pk)
    form = MergeForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            run = tasks.ask(template, scheduled=asked["scheduled"], because=asked["because"], by=request.user)
        except LibraryError as error:
            messages.error(request, str(error))
        else:
            return redirect("studio:merge_run", pk=run.pk)
    return _page(request, template, form, status=422)


@require_safe
@managing
def merge_run(request: PortalRequest, pk: int) -> HttpResponse:
    """How far it is; asked again by itself while it runs."""
    run = get_object_or_404(MergeRun.objects.select_related("template", "version", "asked_by"), pk=pk)
    page = "studio/versions/merge.html"
    return render(
        request,
        f"{page}#progress" if request.htmx and not request.htmx.boosted else page,
        _told(request, run),
    )


def _told(request: PortalRequest, run: MergeRun) -> dict[str, Any]:
    on_it = Campaign.objects.filter(template_version=run.version).exclude(open_points=[])
    asking = list(hanging.listed(on_it, request.user)[: ASKED_SHOWN + 1])
    why = {each["campaign"]: each["why"] for each in run.left}
    left = list(hanging.listed(Campaign.objects.filter(pk__in=list(why)[:ASKED_SHOWN]), request.user))
    return {
        "run": run,
        "template": run.template,
        "asking": asking[:ASKED_SHOWN],
        "more_asking": len(asking) > ASKED_SHOWN,
        "left": [(campaign, why[campaign.pk]) for campaign in left],
        "left_count": len(run.left),
        "address": reverse("studio:merge_run", args=[run.pk]),
        "words": _heading(run),
    }


def _heading(run: MergeRun) -> str:
    return {
        MergeRun.State.WAITING: _("It goes on by itself. You can leave this page."),
        MergeRun.State.RUNNING: _("It goes on by itself. You can leave this page."),
        MergeRun.State.DONE: _("All campaigns have been looked at."),
        MergeRun.State.ENDED: _(
            "Another version was published meanwhile, so this ended. Start again from there."
        ),
    }[MergeRun.State(run.state)]
