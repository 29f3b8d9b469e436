"""Many message variations at once, from a file or from Braze: first a dry run, then what is good of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audiences import reading
from audiences.models import Reading
from connection import variations as service
from connection.models import VariationFile
from connection.views.pages import page_of, table
from connection.views.variations import HEADINGS, managing
from groups.http import PortalRequest
from groups.importing.tables import MAX_BYTES, NotATable
from groups.importing.variations import Comparison

NEW, CHANGED, UNCHANGED, PROBLEMS = SHOWN = ("new", "changed", "unchanged", "problems")


@require_POST
@managing
def upload(request: PortalRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose a file first."))
        return redirect("connection:variations")
    try:
        kept = service.upload(file.read(MAX_BYTES + 1), file.name or "", by=request.user)
    except NotATable as error:
        messages.error(request, str(error))
        return redirect("connection:variations")
    return redirect("connection:variations_file", pk=kept.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def file(request: PortalRequest, pk: int) -> HttpResponse:
    """The dry run of one's own file; a POST applies it. Afterwards the same page shows what was left out."""
    kept = get_object_or_404(VariationFile, pk=pk, person=request.user)
    if request.method == "POST":
        _tell(request, service.apply(kept.wishes(), by=request.user, source=kept.name))
        VariationFile.objects.filter(pk=kept.pk).update(applied_at=timezone.now(), at=timezone.now())
        return redirect("connection:variations_file", pk=kept.pk)
    return _dry_run(request, service.compare(kept.wishes(), person=request.user), {"file": kept})


@require_safe
@managing
def problems(request: PortalRequest, pk: int) -> HttpResponse:
    """The rows that were left out, each with its reason, ready to be put right and uploaded again."""
    kept = get_object_or_404(VariationFile, pk=pk, person=request.user)
    found = service.compare(kept.wishes(), person=request.user).problems
    rows = [
        (each.row.group, each.row.variation_id, each.row.name, each.row.line, each.what) for each in found
    ]
    headings = (HEADINGS[0], HEADINGS[3], HEADINGS[4], _("Line"), _("Problem"))
    return table("rows-with-problems", [headings, *rows])


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def found(request: PortalRequest) -> HttpResponse:
    """What Braze's campaign holds, matched with groups by name: the same dry run, the same confirmation."""
    read = reading.latest(Reading.What.VARIATIONS)
    rows = service.proposed(person=request.user)
    if request.method == "POST":
        _tell(request, service.apply(rows, by=request.user, source=_("found in Braze")))
        return redirect("connection:variations_found")
    context = {"reading": read, "is_found": bool(read and read.found_at)}
    return _dry_run(request, service.compare(rows, person=request.user), context)


def _dry_run(request: PortalRequest, compared: Comparison, context: dict[str, Any]) -> HttpResponse:
    lists = {name: getattr(compared, name) for name in SHOWN}
    show = request.GET.get("show", "")
    if show not in SHOWN:
        show = next((name for name in (PROBLEMS, NEW, CHANGED) if lists[name]), UNCHANGED)
    context |= {
        "compared": compared,
        "show": show,
        "page": page_of(request, lists[show]),
        "tabs": [(NEW, _("New"), len(compared.new)), (CHANGED, _("Changed"), len(compared.changed)),
                 (UNCHANGED, _("Unchanged"), len(compared.unchanged)), (PROBLEMS, _("Problems"), len(compared.problems))],
    }  # fmt: skip
    return render(request, "connection/variations_dry_run.html", context)


def _tell(request: PortalRequest, compared: Comparison) -> None:
    applied = len(compared.applicable)
    if not applied:
        messages.info(request, _("There was nothing to change."))
        return
    said = ngettext("%(n)s group has its new variation.", "%(n)s groups have their new variations.", applied)
    messages.success(request, said % {"n": applied})
