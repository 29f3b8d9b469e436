"""The list of a template's versions, and what can be decided there: publish, go back, retire."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.findings import words
from campaigns.impact import Counts, impact_of
from groups.http import PortalRequest, number
from groups.http import words as typed
from library import publishing
from library.engine import Problem
from library.errors import LibraryError
from library.models import TemplateVersion
from library.preflight import Severity, wording
from library.preflight.versions import Report
from studio.builder.fetching import template_of
from studio.models import MergeRun
from studio.versions.fetching import managing, version_of, versions_of

asking = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Row:
    """A version in the list, with the campaigns that are on it and not out yet."""

    version: TemplateVersion
    counts: Counts


@dataclass(frozen=True)
class Told:
    """A finding in the reader's language, with the part of the builder where it is put right."""

    message: str
    fix: str
    path: str
    place: str
    rule: str = ""
    forms: int = 0


@require_safe
@managing
def versions(request: PortalRequest, pk: int) -> HttpResponse:
    template = template_of(pk)
    impact, found = impact_of(template), versions_of(template)
    context = {
        "template": template,
        "rows": [Row(each, impact.of(each)) for each in found],
        "impact": impact,
        "draft": next((each for each in found if each.state == each.State.DRAFT), None),
        "current": next((each for each in found if each.is_published), None),
        "run": MergeRun.objects.under_way().filter(template=template).first(),
    }
    return render(request, "studio/versions/list.html", context)


@asking
@managing
def publish(request: PortalRequest, pk: int) -> HttpResponse:
    """All checks of the draft with jumps into the builder, what a new version means, and the note for colleagues."""
    version = version_of(pk)
    if request.method == "POST":
        seen = number(request.POST.get("seen"))
        act = partial(
            publishing.publish,
            version,
            seen=-1 if seen is None else seen,
            note=_note(request),
            by=request.user,
        )
        if answer := _done(
            request, version, act, _("Published. New campaigns are made with it from now on.")
        ):
            return answer
    return _ask(request, version, "publish", _checked(version))


@asking
@managing
def roll_back(request: PortalRequest, pk: int) -> HttpResponse:
    version = version_of(pk)
    if request.method == "POST":
        act = partial(
            publishing.roll_back,
            version,
            seen=number(request.POST.get("seen")),
            note=_note(request),
            by=request.user,
        )
        if answer := _done(
            request, version, act, _("Published again. New campaigns are made with it from now on.")
        ):
            return answer
    return _ask(request, version, "roll_back", _checked(version))


@asking
@managing
def retire(request: PortalRequest, pk: int) -> HttpResponse:
    version = version_of(pk)
    if request.method == "POST":
        act = partial(publishing.retire, version, note=_note(request), by=request.user)
        if answer := _done(
            request, version, act, _("Retired. Nothing new is made with it; what is scheduled stays.")
        ):
            return answer
    return _ask(request, version, "retire", {})


def _done(
    request: PortalRequest, version: TemplateVersion, act: Callable[[], Any], done: str
) -> HttpResponse | None:
    """To the list after the deed; None where it was refused, and the page says why."""
    try:
        act()
    except LibraryError as error:
        messages.error(request, str(error))
        return None
    messages.success(request, done)
    return redirect("studio:versions", pk=version.template_id)


def _ask(
    request: PortalRequest, version: TemplateVersion, deed: str, context: dict[str, Any]
) -> HttpResponse:
    template = version.template
    context |= {
        "template": template,
        "version": version_of(version.pk),
        "current": template.current,
        "impact": impact_of(template),
        "note": _note(request) or version.note,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"studio/versions/{deed}.html", context, status=status)


def _note(request: PortalRequest) -> str:
    return typed(request.POST.get("note"))[: publishing.NOTE]


def _checked(version: TemplateVersion) -> dict[str, Any]:
    """What pre-flight says of the version, or why it cannot be looked at."""
    try:
        report = publishing.report(version)
    except publishing.NotFit as error:
        return {"unfit": str(error)}
    told = _by_severity(report)
    told["blocking"] = [*_wrong(publishing.problems(version)), *told["blocking"]]
    return {
        "report": report,
        "faults": report.faults,
        "passes": report.passes and not told["blocking"],
        **told,
    }


def _wrong(problems: Iterable[Problem]) -> list[Told]:
    """Faults of the version's own copy, which no rule of pre-flight has to find."""
    return [Told(words(each), "", each.path, each.path.split(".", maxsplit=1)[0]) for each in problems]


def _by_severity(report: Report) -> dict[str, list[Told]]:
    names = {Severity.BLOCK: "blocking", Severity.WARN: "warnings", Severity.INFO: "notes"}
    found: dict[str, list[Told]] = {name: [] for name in names.values()}
    for each in report.findings:
        place = each.path.split(".", maxsplit=1)[0]
        told = Told(wording.message(each), wording.fix(each), each.path, place, each.rule, len(each.seen_in))
        found[names[each.severity]].append(told)
    return found
