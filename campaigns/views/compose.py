"""The composer: numbered steps on one side, the mail on the other."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from audiences.models import Segment
from campaigns import services, timing
from campaigns.composer import AUDIENCE, CHECK, WHEN, Composer
from campaigns.errors import CampaignError
from campaigns.forms import AudienceForm, WhenForm
from campaigns.inputs import changes
from campaigns.models import Campaign
from campaigns.review import as_words
from campaigns.services import merging
from campaigns.views.fetching import allowed
from groups.access import access_of
from groups.http import PortalRequest, requires, words
from library import engine
from library.preflight import following
from library.sample import as_sample_person

composing = requires(Permission.CREATE_CAMPAIGNS)


def _draft(request: PortalRequest, pk: int) -> Campaign:
    return allowed(request, pk, Permission.CREATE_CAMPAIGNS)


@require_safe
@composing
def resume(request: PortalRequest, pk: int) -> HttpResponse:
    """To the first step that needs something, else to the first."""
    composer = Composer(_draft(request, pk), "")
    troubled = next((link.url for link in composer.links if link.troubles), None)
    return redirect(troubled or composer.url(composer.order[0]))


@require_http_methods(["GET", "HEAD", "POST"])
@composing
def contents(request: PortalRequest, pk: int, step: str) -> HttpResponse:
    """A step of fields. POST by htmx saves as one types; POST by the button saves and goes on."""
    campaign = _draft(request, pk)
    if not campaign.editable:
        return _moved_on(request, campaign)
    composer = Composer(campaign, step)
    if composer.step is None:
        raise Http404
    if request.method != "POST":
        return _page(request, composer)
    return _save(request, composer)


def _save(request: PortalRequest, composer: Composer) -> HttpResponse:
    try:
        campaign, conflicts = services.save(
            composer.campaign, changes(composer.spec, composer.campaign.values, request.POST), by=request.user
        )
    except engine.LockedField as error:
        return HttpResponseBadRequest(str(error))
    except CampaignError as error:
        return _too_late(request, composer.campaign, error)
    if conflicts:
        return _conflict(request, campaign, composer.current, conflicts)
    after = Composer(campaign, composer.current)
    if request.htmx:
        return render(request, "campaigns/compose/contents.html#saved", _shared(after))
    return redirect(after.back_url if "back" in request.POST and after.back_url else after.next_url)


def _conflict(
    request: PortalRequest, campaign: Campaign, step: str, conflicts: list[services.Conflict]
) -> HttpResponse:
    """Both values, and the question which shall stay. What did not conflict is saved."""
    after = Composer(campaign, step, {each.path: each.shown for each in conflicts})
    labels = {field.path: field.field.label for item in after.items for field in item.fields}
    shown = [
        {
            "path": each.path,
            "label": labels.get(each.path, ""),
            "mine": as_words(each.mine),
            "theirs": as_words(each.theirs),
        }
        for each in conflicts
    ]
    template = (
        "campaigns/compose/contents.html#conflict" if request.htmx else "campaigns/compose/contents.html"
    )
    context = {**_shared(after), "conflicts": shown, "editor": campaign.changed_by}
    return render(request, template, context, status=409)


@require_POST
@composing
def items(request: PortalRequest, pk: int, step: str) -> HttpResponse:
    """Add, remove or move an item of a repeated part; what was typed in the others is saved first."""
    campaign = _draft(request, pk)
    composer = Composer(campaign, step)
    if composer.step is None or composer.step.repeat is None:
        raise Http404
    try:
        campaign, _conflicts = services.save(
            campaign, changes(composer.spec, campaign.values, request.POST), by=request.user
        )
        campaign = _change_items(request, campaign, step)
    except (engine.EngineError, KeyError, ValueError) as error:
        return HttpResponseBadRequest(str(error))
    except CampaignError as error:
        return _too_late(request, campaign, error)
    after = Composer(campaign, step)
    if request.htmx:
        return render(request, "campaigns/compose/contents.html#step", _shared(after))
    return redirect(after.url(step))


def _change_items(request: PortalRequest, campaign: Campaign, place: str) -> Campaign:
    match request.POST["do"].split(":"):
        case ["add"]:
            return services.add_item(campaign, place, by=request.user)
        case ["add", kind]:
            return services.add_item(campaign, place, kind=kind, by=request.user)
        case ["remove", index]:
            return services.remove_item(campaign, place, int(index), by=request.user)
        case ["move", index, to]:
            return services.move_item(campaign, place, int(index), int(to), by=request.user)
        case other:
            raise ValueError(other)


@require_POST
@composing
def take_newer(request: PortalRequest, pk: int) -> HttpResponse:
    """To the template's version of today; what both sides have changed is asked for, step by step."""
    campaign = _draft(request, pk)
    try:
        campaign = merging.take_newer(campaign, by=request.user)
    except CampaignError as error:
        return _too_late(request, campaign, error)
    messages.success(request, _("This is the newest version of the template now."))
    return redirect("campaigns:resume", pk=pk)


@require_POST
@composing
def decide(request: PortalRequest, pk: int) -> HttpResponse:
    """Settle an open point, and back to where it was shown."""
    campaign = _draft(request, pk)
    path, take = words(request.POST.get("path")), words(request.POST.get("take"))
    try:
        merging.settle(campaign, path, by=request.user, take=take)
    except CampaignError as error:
        return _too_late(request, campaign, error)
    composer = Composer(campaign, words(request.POST.get("step")))
    return redirect(composer.url(composer.current if composer.current in composer.order else CHECK))


@require_http_methods(["GET", "HEAD", "POST"])
@composing
def audience(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = _draft(request, pk)
    if not campaign.editable:
        return _moved_on(request, campaign)
    segments = Segment.objects.offered_to(campaign.group)
    form = AudienceForm(request.POST or None, segments=segments, initial={"segment": campaign.segment_id})
    composer = Composer(campaign, AUDIENCE)
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_audience(campaign, form.cleaned_data["segment"], by=request.user)
            return redirect(composer.next_url)
        except CampaignError as error:
            return _too_late(request, campaign, error)
    return _page(request, composer, "audience", form=form, segments=segments, last=_last_sent(campaign))


def _last_sent(campaign: Campaign) -> Campaign | None:
    """The group's latest campaign with numbers: the one true hint at how many people it reaches."""
    rows = Campaign.objects.filter(
        group=campaign.group, status=Campaign.Status.SENT, dispatch__numbers__sent__gt=0
    )
    found: Campaign | None = rows.select_related("dispatch__numbers").first()
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@composing
def when(request: PortalRequest, pk: int) -> HttpResponse:
    campaign = _draft(request, pk)
    if not campaign.editable:
        return _moved_on(request, campaign)
    zone = campaign.group.zone
    local = (
        campaign.send_at.astimezone(zone) if campaign.send_at else timing.next_full_hour(timezone.now(), zone)
    )
    form = WhenForm(request.POST or None, zone=zone, initial=_initial(campaign, local))
    composer = Composer(campaign, WHEN)
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_time(campaign, form.send_at, by=request.user)
            return redirect(composer.next_url)
        except CampaignError as error:
            return _too_late(request, campaign, error)
    return _page(request, composer, "when", form=form, zone=zone, now_there=timezone.now().astimezone(zone))


def _initial(campaign: Campaign, local: datetime) -> dict[str, object]:
    mode = WhenForm.AT if campaign.send_at else WhenForm.NOW
    return {"mode": mode, "day": local.date(), "time": local.strftime("%H:%M"), "second": bool(local.fold)}


@require_safe
@composing
def check(request: PortalRequest, pk: int) -> HttpResponse:
    """What, to whom, when, and what still needs attention; then the one button."""
    campaign = _draft(request, pk)
    if not campaign.editable:
        return _moved_on(request, campaign)
    return check_page(request, campaign)


def check_page(request: PortalRequest, campaign: Campaign, status: int = 200) -> HttpResponse:
    may_send = access_of(request.user).can(Permission.SEND_WITHOUT_APPROVAL, campaign.group)
    composer = Composer(campaign, CHECK)
    following.ask(composer.examined.addresses)
    return _page(
        request,
        composer,
        "check",
        status=status,
        may_send=may_send,
        zone=campaign.group.zone,
    )


def _page(
    request: PortalRequest, composer: Composer, name: str = "contents", status: int = 200, **context: object
) -> HttpResponse:
    return render(request, f"campaigns/compose/{name}.html", {**_shared(composer), **context}, status=status)


def _shared(composer: Composer) -> dict[str, object]:
    return {
        "composer": composer,
        "campaign": composer.campaign,
        "profile_url": reverse("groups:profile", args=[composer.campaign.group_id]),
        "inbox": as_sample_person(composer.mail),
    }


def _moved_on(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """A page of a campaign that is no draft any more leads to where its story is told."""
    return redirect("campaigns:detail", pk=campaign.pk)


def _too_late(request: PortalRequest, campaign: Campaign, error: CampaignError) -> HttpResponse:
    if request.htmx:
        return render(
            request,
            "campaigns/compose/contents.html#gone",
            {"error": error, "campaign": campaign},
            status=409,
        )
    messages.error(request, str(error))
    return _moved_on(request, campaign)
