"""What a button does: one service, then back to a page that tells what happened."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from campaigns import services
from campaigns.errors import CampaignError, NotReady
from campaigns.findings import examined
from campaigns.forms import BypassForm, ReasonForm, StartForm
from campaigns.models import Campaign
from campaigns.views.compose import check_page
from campaigns.views.fetching import allowed
from groups.http import PortalRequest, requires, words
from groups.models import Group
from library.models import Template

composing = requires(Permission.CREATE_CAMPAIGNS)
deciding = requires(Permission.APPROVE)


@require_POST
@composing
def start(request: PortalRequest) -> HttpResponse:
    groups = Group.objects.visible_to(request.user, Permission.CREATE_CAMPAIGNS).locations()
    form = StartForm(request.POST, templates=Template.objects.usable(), groups=groups)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("campaigns:templates")
    try:
        campaign = services.start(form.cleaned_data["template"], form.cleaned_data["group"], by=request.user)
    except CampaignError as error:
        messages.error(request, str(error))
        return redirect("campaigns:templates")
    return redirect("campaigns:resume", pk=campaign.pk)


@require_POST
@composing
def rename(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.CREATE_CAMPAIGNS)
    return _tell(
        request,
        campaign,
        lambda: services.rename(campaign, words(request.POST.get("name")), by=request.user),
        _("Renamed."),
    )


@require_POST
@composing
def schedule(request: PortalRequest, pk: int) -> HttpResponse:
    """A second click finds it scheduled already, and is led to the same page as the first."""
    campaign = allowed(request, pk, Permission.CREATE_CAMPAIGNS)
    if campaign.status in {Campaign.Status.SCHEDULED, Campaign.Status.SENT}:
        return redirect("campaigns:detail", pk=pk)
    return _out(request, campaign, services.schedule, _("Scheduled. You can cancel it until it is sent."))


@require_POST
@composing
def submit(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.CREATE_CAMPAIGNS)
    if campaign.status == Campaign.Status.IN_REVIEW:
        return redirect("campaigns:detail", pk=pk)
    return _out(
        request, campaign, services.submit, _("Submitted. You will see here what your colleagues decide.")
    )


@require_POST
@requires(Permission.MANAGE_BRAND)
def let_pass(request: PortalRequest, pk: int) -> HttpResponse:
    """A brand admin answers for a finding."""
    campaign = allowed(request, pk, Permission.CREATE_CAMPAIGNS)
    form = BypassForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("campaigns:check", pk=pk)
    said = form.cleaned_data
    try:
        services.let_pass(campaign, said["rule"], said["subject"], said["reason"], by=request.user)
    except CampaignError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It may pass. Your reason is kept with the campaign."))
    return redirect("campaigns:check", pk=pk)


def _out(
    request: PortalRequest, campaign: Campaign, service: Callable[..., object], done: str
) -> HttpResponse:
    if campaign.editable and "seen" not in request.POST and examined(campaign).warnings:
        messages.error(request, _("Say first that you have read what may be better."))
        return check_page(request, campaign, status=422)
    try:
        service(campaign, by=request.user)
    except NotReady as error:
        messages.error(request, str(error))
        return check_page(request, campaign, status=422)
    except CampaignError as error:
        messages.error(request, str(error))
        return redirect("campaigns:detail", pk=campaign.pk)
    messages.success(request, done)
    return redirect("campaigns:detail", pk=campaign.pk)


@require_POST
@deciding
def approve(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.APPROVE)
    seen = request.POST.get("seen", "")
    return _tell(
        request, campaign, lambda: services.approve(campaign, seen=seen, by=request.user), _("Approved.")
    )


@require_POST
@deciding
def ask_for_changes(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.APPROVE)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["reason"][0]))
        return redirect("campaigns:detail", pk=pk)
    reason = form.cleaned_data["reason"]
    return _tell(
        request,
        campaign,
        lambda: services.ask_for_changes(campaign, reason, by=request.user),
        _("Sent back with your note."),
    )


@require_POST
@composing
def cancel(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.CREATE_CAMPAIGNS)
    return _tell(
        request, campaign, lambda: services.cancel(campaign, by=request.user),
        _("Cancelled. It is a draft again as soon as nothing can go out any more."),
    )  # fmt: skip


@require_POST
@composing
def revise(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.CREATE_CAMPAIGNS)
    return _tell(
        request, campaign, lambda: services.revise(campaign, by=request.user), _("It is a draft again.")
    )


@require_POST
@composing
def settle(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody looked in Braze how an unknown hand-over ended."""
    campaign = allowed(request, pk, Permission.SEND_WITHOUT_APPROVAL)
    was_sent = request.POST.get("ended") == "sent"
    return _tell(
        request,
        campaign,
        lambda: services.settle_unknown(campaign, was_sent=was_sent, by=request.user),
        _("Settled."),
    )


@require_POST
@composing
def duplicate(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.CREATE_CAMPAIGNS)
    try:
        copy = services.duplicate(campaign, by=request.user)
    except CampaignError as error:
        messages.error(request, str(error))
        return redirect("campaigns:detail", pk=pk)
    return redirect("campaigns:resume", pk=copy.pk)


@require_POST
@composing
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = allowed(request, pk, Permission.CREATE_CAMPAIGNS)
    try:
        services.discard(campaign, by=request.user)
    except CampaignError as error:
        messages.error(request, str(error))
        return redirect("campaigns:detail", pk=pk)
    messages.success(request, _("The draft is gone."))
    return redirect("campaigns:list")


def _tell(request: PortalRequest, campaign: Campaign, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except NotReady as error:
        messages.error(request, " ".join([str(error), *(finding.message for finding in error.findings)]))
    except CampaignError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("campaigns:detail", pk=campaign.pk)
