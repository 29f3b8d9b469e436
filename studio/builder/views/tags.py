"""Tags: a brand's own words for some of its groups, by which templates are shown."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from connection.views.pages import searched
from groups import tagging
from groups.http import PortalRequest, number
from groups.models import Group, GroupQuerySet, GroupTag, Tag
from library.models import TemplateShare
from studio.builder.fetching import managing
from studio.builder.forms import TagForm

ROWS = 50
OFFERED = 12


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def tags(request: PortalRequest) -> HttpResponse:
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("studio:tag", pk=tagging.make_tag(form.cleaned_data["name"]).pk)
        except tagging.TaggingError as error:
            form.add_error("name", str(error))
    rows = Tag.objects.annotate(n=Count("groups", distinct=True)).order_by("name")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "studio/builder/tags.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def tag(request: PortalRequest, pk: int) -> HttpResponse:
    """The groups that carry it; ?find= looks for others to put it on."""
    found = get_object_or_404(Tag, pk=pk)
    if request.method == "POST":
        return _change(request, found)
    q, find = searched(request), request.GET.get("find", "").strip()[:80]
    rows = _matching(Group.objects.filter(pk__in=GroupTag.objects.filter(tag=found).values("group_id")), q)
    others = Group.objects.filter(is_active=True).exclude(
        pk__in=GroupTag.objects.filter(tag=found).values("group_id")
    )
    offered = list(_matching(others, find).order_by("path")[: OFFERED + 1])
    context = {
        "tag": found,
        "page": Paginator(rows.order_by("name", "pk"), ROWS).get_page(request.GET.get("page")),
        "offered": offered[:OFFERED],
        "more": len(offered) > OFFERED,
        "q": q,
        "find": find,
        "rules": TemplateShare.objects.filter(tag=found).count(),
    }
    partial = "#offered" if request.htmx and not request.htmx.boosted else ""
    return render(request, "studio/builder/tag.html" + partial, context)


def _matching(rows: GroupQuerySet, q: str) -> GroupQuerySet:
    return rows.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q)) if q else rows


def _change(request: PortalRequest, found: Tag) -> HttpResponse:
    if "drop" in request.POST:
        tagging.drop(found)
        messages.success(request, _("The tag “%(name)s” is gone.") % {"name": found.name})
        return redirect("studio:tags")
    group = get_object_or_404(Group, pk=number(request.POST.get("group")))
    if "off" in request.POST:
        tagging.take_off(found, group)
    elif group.kind == Group.Kind.LOCATION:
        tagging.put_on(found, group)
    else:
        added = tagging.put_on_subtree(found, group)
        messages.success(request, _("Put on %(n)d groups below %(name)s.") % {"n": added, "name": group.name})
    return redirect("studio:tag", pk=found.pk)
