"""Which group's mails count under which message variation: one at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from connection import variations as service
from connection.variations import VariationError
from connection.views.pages import page_of, part, searched, table
from groups.http import PortalRequest, requires, words
from groups.models import Group, GroupQuerySet
from workspace.models import Workspace

managing = requires(Permission.MANAGE_BRAND)
OWN, DEFAULT = "own", "default"
#: By these headings an import knows its columns, in every language.
HEADINGS = ("Group code", "Group id", "Group", "Message variation id", "Variation name")


@require_safe
@managing
def variations(request: PortalRequest) -> HttpResponse:
    show, q = request.GET.get("show", ""), searched(request)
    context = {
        "page": page_of(request, _chosen(request, show, q)),
        "counts": service.counts(request.user),
        "workspace": Workspace.objects.first(),
        "show": show,
        "q": q,
    }
    return part(request, "connection/variations.html", "rows", context)


def _chosen(request: PortalRequest, show: str, q: str) -> GroupQuerySet:
    rows: GroupQuerySet = service.changeable_by(request.user).locations().order_by("name", "pk")
    if show == OWN:
        rows = rows.exclude(message_variation_id="")
    elif show == DEFAULT:
        rows = rows.filter(message_variation_id="")
    if not q:
        return rows
    return rows.filter(
        Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q) | Q(variation_name__icontains=q)
        | Q(message_variation_id__istartswith=q)
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def variation(request: PortalRequest, pk: int) -> HttpResponse:
    """One row, to look at or to change: in its place in the list, or without scripts on a page of its own."""
    group = get_object_or_404(service.changeable_by(request.user).locations(), pk=pk)
    context: dict[str, Any] = {"group": group, "workspace": Workspace.objects.first()}
    if request.method == "POST":
        return _set(request, group, context)
    if request.htmx and "row" in request.GET:
        return render(request, "connection/_variation.html", context | {"focus": True})
    return _form(request, context)


def _set(request: PortalRequest, group: Group, context: dict[str, Any]) -> HttpResponse:
    typed = {name: words(request.POST.get(name))[:200] for name in ("variation_id", "name")}
    try:
        service.set_one(group, typed["variation_id"], typed["name"], by=request.user)
    except VariationError as error:
        return _form(request, context | {"typed": typed, "error": str(error)}, status=422)
    group.refresh_from_db()
    if request.htmx:
        return render(request, "connection/_variation.html", context | {"focus": True, "saved": True})
    messages.success(request, _("Saved."))
    return redirect("connection:variations")


def _form(request: PortalRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    template = "connection/_variation_form.html" if request.htmx else "connection/variation.html"
    return render(request, template, context, status=status)


@require_safe
@managing
def download(request: PortalRequest) -> HttpResponse:
    """The present state of every group that sends, as a table that can be changed and uploaded again."""
    columns = ("code", "pk", "name", "message_variation_id", "variation_name")
    rows = service.changeable_by(request.user).locations().order_by("code").values_list(*columns)
    return table("message-variations", [HEADINGS, *rows])
