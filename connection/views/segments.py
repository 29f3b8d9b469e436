"""Braze's segments, and which groups may choose which."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import (
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from audiences import reading, services
from audiences.errors import AudienceError
from audiences.models import Reading, Segment, SegmentGrant
from connection.views.pages import page_of, part, searched
from groups.http import PortalRequest, number, requires
from groups.models import Group, GroupQuerySet

setting = requires(Permission.AUDIENCE_SETTINGS)
NAMED = 3
OFFERED = 12
SHOWN = {
    "attached": Q(gone_at=None, grants__isnull=False),
    "free": Q(gone_at=None, grants__isnull=True),
    "gone": Q(gone_at__isnull=False),
}


def _places(request: PortalRequest) -> GroupQuerySet:
    """The nodes whose audiences this person sets."""
    rows: GroupQuerySet = Group.objects.visible_to(request.user, Permission.AUDIENCE_SETTINGS)
    return rows


@require_safe
@setting
def segments(request: PortalRequest) -> HttpResponse:
    show, q = request.GET.get("show", ""), searched(request)
    rows = Segment.objects.filter(SHOWN.get(show, Q(gone_at=None)))
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(description__icontains=q) | Q(segment_id=q))
    first = SegmentGrant.objects.select_related("group").order_by("group__path")[:NAMED]
    named = rows.distinct().order_by("name", "pk").annotate(attached=Count("grants", distinct=True))
    context = {
        "page": page_of(request, named.prefetch_related(Prefetch("grants", queryset=first, to_attr="named"))),
        "reading": reading.latest(Reading.What.SEGMENTS),
        "show": show,
        "q": q,
        "shows": [("attached", _("Attached")), ("free", _("Not attached")), ("gone", _("Gone from Braze"))],
    }
    return part(request, "connection/segments.html", "rows", context)


@require_safe
@setting
def segment(request: PortalRequest, pk: int) -> HttpResponse:
    found, q = get_object_or_404(Segment, pk=pk), searched(request)
    grants = _with_reach(found.grants.select_related("group").order_by("group__path"))
    if q:
        grants = grants.filter(Q(group__name__icontains=q) | Q(group__code__iexact=q))
    context = {
        "segment": found,
        "page": page_of(request, grants),
        "mine": set(_places(request).filter(segment_grants__segment=found).values_list("pk", flat=True)),
        "is_attached": found.grants.exists(),
        "q": q,
    }
    return render(request, "connection/segment.html", context)


def _with_reach(grants: QuerySet[SegmentGrant]) -> QuerySet[SegmentGrant]:
    """With the number of groups that send in and below each node."""
    below = Group.objects.locations().filter(path__startswith=OuterRef("group__path")).order_by()
    counted = below.values("brand_id").annotate(n=Count("pk")).values("n")
    return grants.annotate(reach=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


@require_safe
@setting
def choices(request: PortalRequest, pk: int) -> HttpResponse:
    """Nodes to attach a segment to: the first dozen that match what is typed, regions before the groups in them."""
    found, q = get_object_or_404(Segment, pk=pk), searched(request)
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    covering = found.grants.annotate(path=path).filter(path__startswith=F("group__path"))
    nodes = _places(request).exclude(Exists(covering))
    if q:
        nodes = nodes.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q))
    offered = list(nodes.order_by("path")[: OFFERED + 1])
    context = {"segment": found, "nodes": offered[:OFFERED], "more": len(offered) > OFFERED, "q": q}
    return render(request, "connection/_segment_choices.html", context)


@require_POST
@setting
def attach(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Segment, pk=pk)
    group = get_object_or_404(_places(request), pk=number(request.POST.get("group")))
    try:
        services.attach(found, group, by=request.user)
    except AudienceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(group)s may choose it now.") % {"group": group.name})
    return redirect("connection:segment", pk=pk)


@require_POST
@setting
def detach(request: PortalRequest, pk: int) -> HttpResponse:
    grants = SegmentGrant.objects.select_related("group", "segment").filter(group__in=_places(request))
    grant = get_object_or_404(grants, segment_id=pk, pk=number(request.POST.get("grant")))
    services.detach(grant, by=request.user)
    messages.success(request, _("It is no longer offered to %(group)s.") % {"group": grant.group.name})
    return redirect("connection:segment", pk=pk)
