"""The two places to start from: what there is, and what to make next."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from campaigns.forms import FilterForm
from campaigns.models import Campaign
from campaigns.standing import mark_stopped
from delivery.models import Dispatch
from groups.access import access_of
from groups.http import PortalRequest, number, requires, words
from groups.models import Group, with_zones
from library import engine
from library.models import Template, TemplateQuerySet

PAGE = 25
WAITING_SHOWN = 3
GROUPS_OFFERED = 12


@require_safe
def campaigns(request: PortalRequest) -> HttpResponse:
    """Newest first, read in pages by id: no count, and no page is slower than the first."""
    chosen = FilterForm(request.GET).chosen()
    seen = Campaign.objects.visible_to(request.user).with_progress()
    rows = list(_filtered(seen, chosen, number(request.GET.get("before")))[: PAGE + 1])
    waiting = _waiting_for(request)
    with_zones(campaign.group for campaign in rows)
    mark_stopped(rows)
    context = {
        "campaigns": rows[:PAGE],
        "older_than": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "chosen": chosen,
        "statuses": Campaign.Status.choices,
        "waiting": waiting[:WAITING_SHOWN],
        "more_waiting": len(waiting) > WAITING_SHOWN,
        "attention": _in_doubt(request),
        "group": Group.objects.visible_to(request.user).filter(pk=chosen.get("group")).first(),
    }
    page = "campaigns/list.html#rows" if request.htmx and not request.htmx.boosted else "campaigns/list.html"
    return render(request, page, context)


def _filtered(rows: QuerySet[Campaign], chosen: dict[str, Any], before: int | None) -> QuerySet[Campaign]:
    if "status" in chosen:
        rows = rows.filter(status=chosen["status"])
    if "group" in chosen:
        rows = rows.filter(group_id=chosen["group"])
    if "q" in chosen:
        rows = rows.filter(Q(name__icontains=chosen["q"]) | Q(group__name__icontains=chosen["q"]))
    return rows if before is None else rows.filter(pk__lt=before)


def _waiting_for(request: PortalRequest) -> list[Campaign]:
    """Campaigns this person can decide on: in review, of groups where they approve, and not their own."""
    if not access_of(request.user).can_somewhere(Permission.APPROVE):
        return []
    there = Group.objects.visible_to(request.user, Permission.APPROVE)
    rows = Campaign.objects.filter(status=Campaign.Status.IN_REVIEW, group__in=there).with_progress()
    return list(rows.exclude(submitted_by=request.user).exclude(created_by=request.user)[: WAITING_SHOWN + 1])


def _in_doubt(request: PortalRequest) -> list[Campaign]:
    """Campaigns whose outcome is unknown, for those who may settle it."""
    there = Group.objects.visible_to(request.user, Permission.SEND_WITHOUT_APPROVAL)
    rows = Campaign.objects.filter(status=Campaign.Status.SCHEDULED, dispatch__state=Dispatch.State.UNKNOWN)
    return list(rows.filter(group__in=there).select_related("group")[:5])


@require_safe
@requires(Permission.CREATE_CAMPAIGNS)
def templates(request: PortalRequest) -> HttpResponse:
    """The gallery. With several groups the person says first for which one."""
    groups = Group.objects.visible_to(request.user, Permission.CREATE_CAMPAIGNS).locations()
    wanted, q = number(request.GET.get("group")), words(request.GET.get("q"))
    if q:
        groups = groups.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q))
    offered = list(groups[: GROUPS_OFFERED + 1])
    chosen = groups.filter(pk=wanted).first()
    if chosen is None and not q and "choose" not in request.GET:
        chosen = offered[0] if len(offered) == 1 else _latest_group(request, groups)
    context = {
        "templates": [_with_opened(template) for template in _offered(chosen)],
        "group": chosen,
        "groups": offered[:GROUPS_OFFERED],
        "more_groups": len(offered) > GROUPS_OFFERED,
        "q": q,
    }
    page = (
        "campaigns/templates.html#groups"
        if request.htmx and not request.htmx.boosted
        else "campaigns/templates.html"
    )
    return render(request, page, context)


def _latest_group(request: PortalRequest, groups: QuerySet[Group]) -> Group | None:
    """Where this person wrote last: most write for the same group again."""
    latest = (
        Campaign.objects.filter(created_by=request.user, group__in=groups).select_related("group").first()
    )
    return latest.group if latest else None


def _offered(group: Group | None) -> TemplateQuerySet:
    """What the group may use; before one is chosen, all there is."""
    rows: TemplateQuerySet = Template.objects.usable()
    return rows if group is None else rows.shown_to(group)


def _with_opened(template: Template) -> Template:
    """With the names of the parts it opens, which the gallery shows."""
    spec = template.current.engine_spec() if template.current else None
    titles = [step.title or _("subject line") for step in engine.steps(spec)] if spec else []
    template.__dict__["opened"] = titles
    return template
