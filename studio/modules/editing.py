"""The source editor: what is typed is saved and checked on the way, and published when it is fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from groups.http import PortalRequest
from library.errors import LibraryError
from library.models import Module
from library.modules import drafts, publishing
from library.modules.checking import examine
from library.modules.drafts import Conflict, Draft, draft_of
from library.modules.fault import Fault
from library.modules.publishing import NotFit
from studio.modules import fieldforms, problems, wording
from studio.modules.diff import diff
from studio.modules.shared import context_of, group_for, managing, module_at

PAGE = "studio/modules/edit.html"
LONGEST_SOURCE = 200_000


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def edit(request: PortalRequest, pk: int) -> HttpResponse:
    """POST saves. By htmx it answers with the state alone, or if a button changed the fields, with their forms."""
    module = module_at(pk)
    if request.method != "POST":
        draft = draft_of(module)
        return render(request, PAGE, _context(request, module, draft, _faults(request, draft)))
    spec, opened = _acted(request, _sent(request, draft_of(module)))
    try:
        draft = drafts.save(module, spec, stamp=request.POST.get("stamp", ""), by=request.user)
    except Conflict as conflict:
        return _conflict(request, module, spec, conflict)
    if not request.htmx:
        return redirect("studio:module_edit", pk=pk)
    context = _context(request, module, draft, _faults(request, draft), opened)
    return render(request, f"{PAGE}#{'changed' if 'do' in request.POST else 'saved'}", context)


@require_POST
@managing
def publish(request: PortalRequest, pk: int) -> HttpResponse:
    """Save what is in the form, then publish it: what is fit becomes a version, what is not comes back with its faults."""
    module = module_at(pk)
    spec, note = _sent(request, draft_of(module)), request.POST.get("note", "").strip()
    context = context_of(group_for(request))
    try:
        draft = drafts.save(module, spec, stamp=request.POST.get("stamp", ""), by=request.user)
        version = publishing.publish(
            module, stamp=draft.stamp, note=note, by=request.user, context=context, today=timezone.localdate()
        )
    except Conflict as conflict:
        return _conflict(request, module, spec, conflict)
    except NotFit as unfit:
        return render(
            request,
            PAGE,
            _context(request, module, draft, unfit.faults, note=note, refused=unfit),
            status=422,
        )
    except LibraryError as error:
        messages.info(request, str(error))
        return redirect("studio:module_edit", pk=pk)
    messages.success(request, _("Version %(number)d is published.") % {"number": version.number})
    return redirect("studio:module", pk=pk)


@require_POST
@managing
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    module = module_at(pk)
    try:
        drafts.discard(module, stamp=request.POST.get("stamp", ""))
    except LibraryError as error:
        messages.error(request, str(error))
        return redirect("studio:module_edit", pk=pk)
    messages.success(request, _("The draft is gone; the newest version stands as it was."))
    return redirect("studio:module", pk=pk)


def _sent(request: PortalRequest, held: Draft) -> dict[str, Any]:
    """The module as it stands in the form; what the form does not bring stays as it is."""
    sent = request.POST
    said = {name: _source(sent[name]) for name in ("mjml", "text") if name in sent}
    said |= {name: sent[name].strip() for name in ("name", "description") if name in sent}
    fields = {"fields": fieldforms.read(sent)} if "fields" in sent else {}
    spec: dict[str, Any] = _kept({**held.spec, **said, **fields})
    return spec


def _source(text: str) -> str:
    """With the line ends of the source, not of the form (HTML Living Standard 4.10.22)."""
    return text.replace("\r\n", "\n")[:LONGEST_SOURCE]


def _kept(value: Any) -> Any:
    """Without NUL, which PostgreSQL cannot keep."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_kept(each) for each in value]
    return {key: _kept(each) for key, each in value.items()} if isinstance(value, dict) else value


def _acted(request: PortalRequest, spec: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """After what the pressed button does to the fields."""
    deed = request.POST.get("do", "")
    if not deed or "fields" not in request.POST:
        return spec, ""
    fields, opened = fieldforms.act(spec["fields"], deed, fieldforms.indexes(request.POST))
    return {**spec, "fields": fields}, opened


def _faults(request: PortalRequest, draft: Draft) -> tuple[Fault, ...]:
    return examine(draft.spec, context_of(group_for(request)), today=timezone.localdate())


def _conflict(
    request: PortalRequest, module: Module, spec: dict[str, Any], conflict: Conflict
) -> HttpResponse:
    """Both, side by side, and the question which shall stay. What was typed stays in the form."""
    shown = {"theirs": conflict.theirs, "parts": diff(conflict.theirs.spec, spec)}
    if request.htmx:
        answer = render(request, f"{PAGE}#question", {"module": module, **shown}, status=409)
        return reswap(retarget(answer, "#conflict"), "innerHTML")
    mine = Draft(spec, conflict.theirs.based_on, conflict.theirs.revision)
    context = _context(request, module, mine, _faults(request, mine))
    return render(request, PAGE, {**context, **shown}, status=409)


def _context(
    request: PortalRequest,
    module: Module,
    draft: Draft,
    faults: Iterable[Fault],
    opened: str = "",
    **more: Any,
) -> dict[str, Any]:
    told = list(faults)
    return {
        "module": module,
        "draft": draft,
        "spec": draft.spec,
        "problems": problems.views(told, draft.spec),
        "unfit": len(told),
        "fields": fieldforms.views(draft.spec.get("fields"), told, opened=opened),
        "types": wording.TYPES,
        "group": group_for(request),
        **more,
    }
