"""How a reading from Braze is asked for and followed, whatever is read."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission
from audiences import reading
from audiences.models import Reading
from braze_client.limits import MAX_IDS
from connection import tasks
from groups.access import access_of
from groups.http import PortalRequest, words


@dataclass(frozen=True)
class _Door:
    """Who may have it read, and where the result is."""

    permission: Permission
    page: str


_DOORS = {
    Reading.What.SEGMENTS: _Door(Permission.AUDIENCE_SETTINGS, "connection:segments"),
    Reading.What.VARIATIONS: _Door(Permission.MANAGE_BRAND, "connection:variations_found"),
    Reading.What.ATTRIBUTES: _Door(Permission.MANAGE_BRAND, "connection:attributes_found"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: PortalRequest, what: str) -> HttpResponse:
    """How far it is, for a page that waits; a POST has it read."""
    if what not in Reading.What.values:
        raise Http404
    door = _DOORS[Reading.What(what)]
    if not access_of(request.user).can_somewhere(door.permission):
        raise PermissionDenied
    if request.method == "POST":
        _ask(request, what)
        return redirect(door.page)
    return _progress(request, what) if request.htmx else redirect(door.page)


def _ask(request: PortalRequest, what: str) -> None:
    sample = list(dict.fromkeys(words(request.POST.get("external_ids")).split()))
    if "external_ids" in request.POST and not sample:
        messages.error(request, _("Write down at least one external id."))
    elif len(sample) > MAX_IDS:
        said = _("Braze shows %(most)s profiles at once, and these are %(n)s. Leave some out.")
        messages.error(request, said % {"most": MAX_IDS, "n": len(sample)})
    else:
        tasks.ask(what, by=request.user, sample=[each[:255] for each in sample])


def _progress(request: PortalRequest, what: str) -> HttpResponse:
    """Once it has ended the page is loaded anew, with what was found."""
    current = reading.latest(what)
    answer = render(request, "connection/_reading.html", {"reading": current})
    if current is None or not current.is_under_way:
        answer["HX-Refresh"] = "true"
    return answer
