"""The two places to start from: what there is, and what to make next."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from campaigns.forms import FilterForm
from campaigns.models import Campaign
from groups.access import access_of
from groups.http import PortalRequest, number, requires
from groups.models import Group
from library.models import Template

PAGE = 25
GROUPS_OFFERED = 200


@require_safe
def campaigns(request: PortalRequest) -> HttpResponse:
    """Newest first, read in pages by id: no count, and no page is slower than the first."""
    chosen = FilterForm(request.GET).chosen()
    seen = Campaign.objects.visible_to(request.user).with_progress()
    rows = list(_filtered(seen, chosen, number(request.GET.get("before")))[: PAGE + 1])
    context = {
        "campaigns": rows[:PAGE],
        "older_than": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "chosen": chosen,
        "statuses": Campaign.Status.choices,
        "waiting": _waiting_for(request),
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
    return list(rows.exclude(submitted_by=request.user).exclude(created_by=request.user)[:5])


@require_safe
@requires(Permission.CREATE_CAMPAIGNS)
def templates(request: PortalRequest) -> HttpResponse:
    """The gallery. With several groups the person says first for which one."""
    groups = Group.objects.visible_to(request.user, Permission.CREATE_CAMPAIGNS).locations()
    wanted, q = number(request.GET.get("group")), request.GET.get("q", "").strip()
    if q:
        groups = groups.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q))
    offered = list(groups[: GROUPS_OFFERED + 1])
    group = groups.filter(pk=wanted).first()
    context = {
        "templates": list(Template.objects.usable()),
        "group": group or (offered[0] if len(offered) == 1 else None),
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
