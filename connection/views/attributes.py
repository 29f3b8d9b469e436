"""Which attributes may be used, and for what."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from audiences import reading
from audiences.models import Reading
from connection import attributes as service
from connection.attribute_form import CHOOSABLE, AttributeForm
from connection.attributes import AttributeRefused
from connection.views.pages import page_of, part, searched
from groups.http import PortalRequest, requires, words
from workspace.models import Attribute, Workspace

managing = requires(Permission.MANAGE_BRAND)
USES = {
    "personalisation": Q(for_personalisation=True),
    "filter": Q(for_filter=True),
    "fence": Q(for_fence=True),
    "none": Q(for_personalisation=False, for_filter=False, for_fence=False),
}


@require_safe
@managing
def attributes(request: PortalRequest) -> HttpResponse:
    use, q = request.GET.get("use", ""), searched(request)
    rows = Attribute.objects.filter(Q(name__icontains=q) | Q(label__icontains=q)).order_by("label", "pk")
    workspace = Workspace.objects.first()
    context = {
        "page": page_of(request, rows.filter(USES[use]) if use in USES else rows),
        "standard": service.missing_standard(),
        "fence": workspace.fence_attribute if workspace else "",
        "use": use,
        "uses": [("personalisation", _("Personalisation")), ("filter", _("Filters")), ("fence", _("Fence")),
                 ("none", _("Not used"))],
        "q": q,
    }  # fmt: skip
    return part(request, "connection/attributes.html", "rows", context)


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def new(request: PortalRequest) -> HttpResponse:
    return _edit(request, Attribute(for_personalisation=True))


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def attribute(request: PortalRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Attribute, pk=pk))


def _edit(request: PortalRequest, edited: Attribute) -> HttpResponse:
    form = AttributeForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        try:
            service.save(form.described(), by=request.user)
        except AttributeRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("connection:attributes")
    stored = Attribute.objects.filter(pk=edited.pk).first() if edited.pk else None
    context = {
        "form": form,
        "attribute": stored,
        "is_fence": bool(stored and service.is_fence(stored)),
        "choosable": CHOOSABLE,
        "standard": service.STANDARD,
    }
    return render(request, "connection/attribute.html", context, status=422 if form.errors else 200)


@require_POST
@managing
def remove(request: PortalRequest, pk: int) -> HttpResponse:
    removed = get_object_or_404(Attribute, pk=pk)
    try:
        service.remove(removed, by=request.user)
    except AttributeRefused as error:
        messages.error(request, str(error))
        return redirect("connection:attribute", pk=pk)
    messages.success(request, _("“%(label)s” is no longer in the list.") % {"label": removed.label})
    return redirect("connection:attributes")


@require_POST
@managing
def standard(request: PortalRequest) -> HttpResponse:
    """Add ready-made default attributes: one, or all that are missing."""
    _added(request, service.add_standard(request.POST.getlist("name"), by=request.user))
    return redirect("connection:attributes")


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def found(request: PortalRequest) -> HttpResponse:
    """What Braze's list or a sample of profiles named, to choose from."""
    if request.method == "POST":
        _added(request, service.add_found(request.POST.getlist("name"), by=request.user))
        return redirect("connection:attributes")
    q = searched(request)
    rows = [each for each in service.found_in_braze() if words(q).lower() in each["name"].lower()]
    types = dict(Attribute.DataType.choices)
    context = {
        "reading": reading.latest(Reading.What.ATTRIBUTES),
        "page": page_of(request, [each | {"type_name": types.get(each["data_type"], "")} for each in rows]),
        "q": q,
    }
    return render(request, "connection/attributes_found.html", context)


def _added(request: PortalRequest, count: int) -> None:
    if not count:
        messages.info(request, _("There was nothing to add."))
        return
    said = ngettext("%(n)s attribute is in the list now.", "%(n)s attributes are in the list now.", count)
    messages.success(request, said % {"n": count})
