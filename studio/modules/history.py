"""Versions of a module: what one changed, and back to an old one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.http import PortalRequest, number
from library.modules import drafts
from library.modules.drafts import Conflict, draft_of
from studio.modules.diff import diff
from studio.modules.shared import managing, module_at, version_at


@require_safe
@managing
def version(request: PortalRequest, pk: int, of: int) -> HttpResponse:
    """A version beside the one before it, or beside ?against=…"""
    module = module_at(pk)
    shown, draft = version_at(module, of), draft_of(module)
    numbers = list(module.versions.values_list("number", flat=True))
    wanted = number(request.GET.get("against"))
    against = wanted if wanted in numbers else next((each for each in numbers if each < of), None)
    other = version_at(module, against) if against is not None else None
    context = {
        "module": module,
        "version": shown,
        "numbers": [each for each in numbers if each != of],
        "against": against,
        "parts": diff(other.spec, shown.spec) if other else [],
        "draft": draft,
        "is_newest": of == numbers[0],
    }
    return render(request, "studio/modules/version.html", context)


@require_safe
@managing
def changes(request: PortalRequest, pk: int) -> HttpResponse:
    """What the draft would change."""
    module = module_at(pk)
    draft, newest = draft_of(module), module.versions.first()
    context = {
        "module": module,
        "draft": draft,
        "newest": newest,
        "parts": diff(newest.spec if newest else {}, draft.spec),
    }
    return render(request, "studio/modules/changes.html", context)


@require_POST
@managing
def restore(request: PortalRequest, pk: int, of: int) -> HttpResponse:
    """Into the draft: what stood there must be what the person saw."""
    module = module_at(pk)
    try:
        drafts.restore(module, version_at(module, of), stamp=request.POST.get("stamp", ""), by=request.user)
    except Conflict:
        messages.error(
            request, _("The draft was changed somewhere else. Look at it first, then restore again.")
        )
        return redirect("studio:module_version", pk=pk, of=of)
    messages.success(
        request, _("Version %(number)d is in the draft now. Publish it to put it to use.") % {"number": of}
    )
    return redirect("studio:module_edit", pk=pk)
