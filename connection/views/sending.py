"""What is on its way, Braze's allowance, and the kill switches."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from connection import sending as desk
from connection.sending import Scope, Switch
from connection.views.pages import searched
from delivery import stops
from delivery.models import Stop
from groups.access import access_of
from groups.http import PortalRequest, requires
from groups.models import Group
from library.models import Template

managing = requires(Permission.MANAGE_BRAND)
OFFERED = 8
LIFTED_SHOWN = 10


class StopForm(forms.Form):
    because = forms.CharField(
        max_length=300,
        error_messages={"required": gettext_lazy("Say why: everybody whose campaigns wait will read it.")},
    )


def stopping(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for people who may stop something."""

    @wraps(view)
    def inner(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(desk.may_stop(access_of(request.user), scope) for scope in Scope.values):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inner


@require_safe
@stopping
def sending(request: PortalRequest) -> HttpResponse:
    access = access_of(request.user)
    manages = access.can_somewhere(Permission.MANAGE_BRAND)
    active = stops.active()
    own = [
        stop
        for stop in active.own
        if manages or desk.may_lift(request.user, stop) or stop.scope == Scope.BRAND
    ]
    lifted = Stop.objects.filter(lifted_at__isnull=False).select_related("group", "template")
    context = {
        "manages": manages,
        "zone": _zone(),
        "now": desk.now() if manages else None,
        "installation": active.installation,
        "stops": [(stop, desk.may_lift(request.user, stop)) for stop in own],
        "is_all_stopped": active.covers_all,
        "lifted": lifted.order_by("-lifted_at")[:LIFTED_SHOWN] if manages else [],
        **_offered(request),
    }
    return render(request, "connection/sending.html", context)


@require_safe
@managing
def now(request: PortalRequest) -> HttpResponse:
    """The part that moves, asked for again by the page."""
    context = {"now": desk.now(), "zone": _zone()}
    return render(request, "connection/sending.html#now", context)


@require_safe
@stopping
def choices(request: PortalRequest, scope: str) -> HttpResponse:
    """What can be stopped, for what is typed."""
    return render(request, f"connection/sending.html#{scope}s", _offered(request))


def _offered(request: PortalRequest) -> dict[str, Any]:
    q = searched(request)
    groups = desk.nodes(request.user)
    templates = Template.objects.none()
    if access_of(request.user).can_somewhere(Permission.MANAGE_BRAND):
        templates = Template.objects.filter(name__icontains=q) if q else Template.objects.all()
    if q:
        groups = groups.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q))
    return {
        "groups": list(groups.order_by("path")[:OFFERED]),
        "templates": list(templates.order_by("name")[:OFFERED]),
        "q": q,
    }


def _zone() -> Any:
    root = Group.objects.filter(parent=None).first()
    return root.zone if root else None


# Pulling and lifting


@require_http_methods(["GET", "HEAD", "POST"])
@stopping
def stop(request: PortalRequest, scope: str, pk: int | None = None) -> HttpResponse:
    """Asks why, and says what will happen; then it holds at once."""
    switch = _switch(request, scope, pk)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        switch.pull(because=form.cleaned_data["because"], by=request.user)
        messages.success(request, _("Stopped. Nothing new is handed over, and what Braze has is taken back."))
        return _to(request)
    page = "connection/_sending_stop.html" if request.htmx else "connection/sending_stop.html"
    status = 422 if form.errors else 200
    context = {"switch": switch, "counts": switch.counts, "form": form, "address": request.path}
    return render(request, page, context, status=status)


def _switch(request: PortalRequest, scope: str, pk: int | None) -> Switch:
    """404 for a group that this person may not stop."""
    if scope == Scope.GROUP:
        return desk.group_switch(get_object_or_404(desk.nodes(request.user), pk=pk))
    if not desk.may_stop(access_of(request.user), scope):
        raise PermissionDenied
    if scope == Scope.TEMPLATE:
        return desk.template_switch(get_object_or_404(Template, pk=pk))
    return desk.brand_switch()


@require_POST
@stopping
def lift(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Stop.objects.select_related("group", "template"), pk=pk)
    if not desk.may_lift(request.user, found):
        raise Http404 if found.group else PermissionDenied
    stops.lift(found, by=request.user)
    messages.success(request, _("Lifted. What waits goes on, as far as its time has not passed."))
    return _to(request)


def _to(request: PortalRequest) -> HttpResponse:
    address = reverse("connection:sending")
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
