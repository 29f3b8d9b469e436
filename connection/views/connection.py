"""/braze/: the brand's connection, set up, checked and mended on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from connection import checklist, setting_up, showing
from connection.connection_form import ConnectionForm, NextKeyForm
from connection.setting_up import ConnectionProblem
from groups.http import PortalRequest, requires
from workspace.models import Attribute, Workspace
from workspace.permissions import EXTRA, NEEDED

managing = requires(Permission.MANAGE_BRAND)
PAGE = "connection/connection.html"


@sensitive_post_parameters("api_key")
@require_http_methods(["GET", "HEAD", "POST"])
@managing
@never_cache
def connection(request: PortalRequest) -> HttpResponse:
    workspace = Workspace.objects.first()
    form = ConnectionForm(request.POST or None, workspace=workspace)
    if request.method != "POST":
        return _page(request, workspace, form=form)
    if not form.is_valid():
        return _page(request, workspace, form=form, status=422)
    details = {**form.cleaned_data, "endpoint": form.endpoint}
    setting_up.save(details, new_key=form.cleaned_data["api_key"], by=request.user)
    messages.success(request, _("Saved. Braze is being asked what the key may do."))
    return redirect("connection:connection")


def _page(
    request: PortalRequest,
    workspace: Workspace | None,
    *,
    form: ConnectionForm,
    next_key_form: NextKeyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "tab": "connection",
        "workspace": workspace,
        "form": form,
        "next_key_form": next_key_form or NextKeyForm(),
        "fences": Attribute.objects.filter(for_fence=True),
        "needed": NEEDED,
        "extra": EXTRA,
        "outgoing_ips": settings.OUTGOING_IPS,
    }
    if workspace is not None:
        answers, unanswered = showing.learned()
        context |= {
            "check": showing.check_of(workspace),
            "checklist": checklist.items(workspace),
            "answers": answers,
            "unanswered": unanswered,
        }
    return render(request, PAGE, context, status=status)


# The check


@require_POST
@managing
def check(request: PortalRequest) -> HttpResponse:
    """Ask for a check; its progress shows in its place, and the page may be left meanwhile."""
    workspace = _existing()
    setting_up.have_checked(workspace)
    workspace.refresh_from_db()
    return _check_part(request, workspace) if request.htmx else redirect("connection:connection")


@require_safe
@managing
@never_cache
def check_status(request: PortalRequest) -> HttpResponse:
    """The part of the page that changes while a check is under way."""
    workspace = _existing()
    return _check_part(request, workspace) if request.htmx else redirect("connection:connection")


def _check_part(request: PortalRequest, workspace: Workspace) -> HttpResponse:
    context = {"workspace": workspace, "check": showing.check_of(workspace)}
    return render(request, f"{PAGE}#check", context)


def _existing() -> Workspace:
    workspace = Workspace.objects.first()
    if workspace is None or not workspace.has_key:
        raise Http404
    return workspace


# The key that waits


@sensitive_post_parameters("next_api_key")
@require_POST
@managing
def next_key(request: PortalRequest) -> HttpResponse:
    workspace, form = _existing(), NextKeyForm(request.POST)
    if not form.is_valid():
        return _page(
            request, workspace, form=ConnectionForm(workspace=workspace), next_key_form=form, status=422
        )
    key = form.cleaned_data["next_api_key"]
    return _tell(
        request,
        lambda: setting_up.add_next_key(key, by=request.user),
        _("The new key waits, and is being checked beside the one in use."),
    )


@require_POST
@managing
def promote_next_key(request: PortalRequest) -> HttpResponse:
    return _tell(
        request, lambda: setting_up.promote_next_key(by=request.user), _("The new key is in use from now on.")
    )


@require_POST
@managing
def remove_next_key(request: PortalRequest) -> HttpResponse:
    return _tell(
        request, lambda: setting_up.remove_next_key(by=request.user), _("The waiting key is removed.")
    )


# What only a person can see


@require_POST
@managing
def confirm(request: PortalRequest, item: str) -> HttpResponse:
    if item not in checklist.BY_HAND:
        raise Http404
    is_true = request.POST.get("is_true") == "yes"
    done = _("Noted.") if is_true else _("Taken back.")
    return _tell(request, lambda: setting_up.confirm(item, is_true=is_true, by=request.user), done)


def _tell(request: PortalRequest, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except ConnectionProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, done)
    return redirect("connection:connection")
