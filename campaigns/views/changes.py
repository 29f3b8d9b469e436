"""Changing what is scheduled: dialogs on the campaign's page, and pages of their own where there are no scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission
from audiences.models import Segment
from campaigns import services
from campaigns.errors import CampaignError, NotReady
from campaigns.forms import AudienceForm, WhenForm
from campaigns.models import Campaign
from campaigns.views.fetching import allowed
from groups.http import PortalRequest, requires

sending = requires(Permission.SEND_WITHOUT_APPROVAL)


@require_http_methods(["GET", "HEAD", "POST"])
@sending
def time(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.SEND_WITHOUT_APPROVAL)
    zone = campaign.group.zone
    local = (campaign.planned_at or timezone.now()).astimezone(zone)
    initial = {
        "mode": WhenForm.AT,
        "day": local.date(),
        "time": local.strftime("%H:%M"),
        "second": bool(local.fold),
    }
    form = WhenForm(request.POST or None, zone=zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _do(request, campaign, lambda: services.move(campaign, form.send_at, by=request.user))
    context = {"form": form, "zone": zone, "now_there": timezone.now().astimezone(zone)}
    return _ask(request, campaign, "time", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sending
def audience(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.SEND_WITHOUT_APPROVAL)
    segments = Segment.objects.offered_to(campaign.group)
    form = AudienceForm(request.POST or None, segments=segments, initial={"segment": campaign.segment_id})
    # Nothing chosen means everyone; a form without the question must not mean that.
    if "segment" in request.POST and form.is_valid():
        chosen = form.cleaned_data["segment"]
        return _do(request, campaign, lambda: services.retarget(campaign, chosen, by=request.user))
    return _ask(request, campaign, "audience", {"form": form, "segments": segments})


@require_POST
@sending
def refresh(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.SEND_WITHOUT_APPROVAL)
    return _do(request, campaign, lambda: services.refresh(campaign, by=request.user))


def _ask(request: PortalRequest, campaign: Campaign, what: str, context: dict[str, Any]) -> HttpResponse:
    if not campaign.changeable:
        messages.error(request, _("It cannot be changed at this moment. This page says why."))
        return _to(request, campaign)
    page = "campaigns/_change_dialog.html" if request.htmx else "campaigns/_change_page.html"
    form = f"campaigns/_change_{what}.html"
    status = 422 if context["form"].errors else 200
    return render(request, page, {"campaign": campaign, "asked": form, **context}, status=status)


def _do(request: PortalRequest, campaign: Campaign, act: Callable[[], Campaign]) -> HttpResponse:
    try:
        changed = act()
    except NotReady as error:
        messages.error(request, " ".join([str(error), *(finding.message for finding in error.findings)]))
    except CampaignError as error:
        messages.error(request, str(error))
    else:
        asked = changed.change_undo is not None
        done = _("Braze is being told. Until it has agreed, what it has holds.") if asked else _("Changed.")
        messages.success(request, done)
    return _to(request, campaign)


def _to(request: PortalRequest, campaign: Campaign) -> HttpResponse:
    address = reverse("campaigns:detail", args=[campaign.pk])
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
