"""The builder: modules on one side, the parts in the middle, the mail on the other."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.http import PortalRequest, words
from library import editing
from library.drafting import DraftError
from library.editing import EditedMeanwhile
from library.engine.template import ENVELOPE
from library.models import Template, TemplateVersion
from studio.builder.changes import ABOUT, TYPED, Change, change_in
from studio.builder.desk import Desk
from studio.builder.fetching import managing, places, preview_group, template_of
from studio.builder.showing import as_words

PAGE = "studio/builder/edit.html"
OFFERED = 12


@require_safe
@managing
def edit(request: PortalRequest, pk: int) -> HttpResponse:
    """?part= opens a part, ?kind= one of the modules of a zone. Looking makes no draft yet."""
    template = template_of(pk)
    desk = _desk(request, template, editing.draft_of(template), request.GET)
    partial = "#desk" if request.htmx and not request.htmx.boosted else ""
    return render(request, PAGE + partial, {"desk": desk, "template": template})


@require_POST
@managing
def change(request: PortalRequest, pk: int) -> HttpResponse:
    """One change, saved at once. What is refused is told where it was typed, and stays typed."""
    template = template_of(pk)
    try:
        if request.POST.get("do") in ("undo", "redo"):
            step = editing.undo if request.POST["do"] == "undo" else editing.redo
            return _changed(request, template, step(template, by=request.user), None)
        done = change_in(editing.draft_of(template).engine_spec(), request.POST)
        draft = editing.change(
            template, done.operation, by=request.user, label=done.label, subject=done.subject
        )
    except EditedMeanwhile as edited:
        return _conflict(request, template, edited)
    except DraftError as error:
        return _refused(request, template, error, typed=request.POST.get("do") in TYPED)
    return _changed(request, template, draft, done)


def _changed(
    request: PortalRequest, template: Template, draft: TemplateVersion, done: Change | None
) -> HttpResponse:
    opens = done.opens if done else words(request.POST.get("open"))
    if not request.htmx:
        return redirect(_address(template, opens, request.POST))
    desk = _desk(request, template, draft, request.POST, opens)
    context: dict[str, object] = {"desk": desk, "template": template}
    if done and done.typed:
        return render(request, f"{PAGE}#saved", context)
    answer = _whole(request, context)
    answer["HX-Replace-Url"] = _address(template, opens, request.POST)
    return answer


def _address(template: Template, opens: str, data: QueryDict) -> str:
    kind = f"&kind={words(data.get('kind'))}" if data.get("kind") else ""
    return reverse("studio:template_edit", args=[template.pk]) + (
        f"?part={opens}{kind}#open" if opens else ""
    )


def _refused(request: PortalRequest, template: Template, error: DraftError, *, typed: bool) -> HttpResponse:
    """At the input where it was typed; else above the parts."""
    opens = words(request.POST.get("place")) or words(request.POST.get("open"))
    draft = editing.draft_of(template)
    desk = replace(
        _desk(request, template, draft, request.POST, opens),
        refusal=str(error), typed=request.POST if typed else None,
    )  # fmt: skip
    context = {
        "desk": desk,
        "template": template,
        "error": error,
        "about": error.input,
    }
    if typed and request.htmx and opens not in (ABOUT, ENVELOPE, *desk.spec.places):
        context["orphans"] = _said(request.POST)
    if typed and request.htmx:
        return render(request, f"{PAGE}#refused", context, status=422)
    return _whole(request, context, status=422)


def _said(data: QueryDict) -> list[str]:
    """What was typed for a part that is gone, so that it can be copied."""
    place = words(data.get("place"))
    names = [name for name in data if name.startswith(f"{place}.") or name == "title"]
    return [text for name in names if (text := words(data.get(name)))]


def _whole(request: PortalRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    """The whole page, or for htmx all parts anew, whatever the form aimed at."""
    answer = render(request, PAGE + ("#whole" if request.htmx else ""), context, status=status)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#desk", "outerHTML"
    return answer


def _conflict(request: PortalRequest, template: Template, edited: EditedMeanwhile) -> HttpResponse:
    """Both versions of the field, and the question which shall stay."""
    opens = words(request.POST.get("place"))
    desk = _desk(request, template, editing.draft_of(template), request.POST, opens)
    panel = next(each for each in desk.fields if each.key == request.POST.get("key"))
    mine = change_in(edited.spec, _knowingly(request.POST)).operation(edited.spec)
    context = {
        "desk": desk,
        "template": template,
        "panel": panel,
        "mine": as_words(mine, panel.spot, panel.key),
        "theirs": as_words(edited.spec, panel.spot, panel.key),
        "posted": [(name, text) for name, texts in request.POST.lists() for text in texts],
    }
    return render(request, PAGE + ("#conflict" if request.htmx else ""), context, status=409)


def _knowingly(data: QueryDict) -> QueryDict:
    copy = data.copy()
    copy["mine"] = "yes"
    return copy


def _desk(
    request: PortalRequest,
    template: Template,
    draft: TemplateVersion,
    data: QueryDict,
    opens: str | None = None,
) -> Desk:
    template.refresh_from_db()
    wanted = words(data.get("part")) if opens is None else opens
    return Desk(template, draft, preview_group(request), wanted, words(data.get("kind")))


@require_POST
@managing
def discard(request: PortalRequest, pk: int) -> HttpResponse:
    template = template_of(pk)
    name, number = template.name, template.pk
    editing.discard(template)
    messages.success(request, _("The draft of “%(name)s” is gone.") % {"name": name})
    if Template.objects.filter(pk=number).exists():
        return redirect("studio:template", pk=number)
    return redirect("studio:templates")


@require_safe
@managing
def groups(request: PortalRequest, pk: int) -> HttpResponse:
    """Groups to look at the draft for: the first dozen that match what is typed."""
    rows, q = places(request), words(request.GET.get("q"))[:80]
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q))
    offered = list(rows[: OFFERED + 1])
    context = {"template": template_of(pk), "groups": offered[:OFFERED], "more": len(offered) > OFFERED}
    context |= {"chosen": preview_group(request), "part": words(request.GET.get("part"))}
    return render(request, "studio/builder/_groups.html", context)
