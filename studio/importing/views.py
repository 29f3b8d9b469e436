"""The import: source, what was found, and the template made of it."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from groups.http import PortalRequest, number, requires
from groups.models import Group
from library import engine
from library.context import context_for
from library.errors import LibraryError
from library.importing import services
from library.importing.newsletter import Newsletter, read_newsletter
from library.models import NewsletterImport
from library.sample import as_sample_person
from studio.framed import framed
from studio.importing.forms import SourceForm

managing = requires(Permission.MANAGE_TEMPLATES)
START, FOUND = "studio/importing/start.html", "studio/importing/found.html"


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def newsletter(request: PortalRequest) -> HttpResponse:
    """Step 1. What cannot be read stays in the box, with what is wrong at which line."""
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        recent = NewsletterImport.objects.filter(added_by=request.user, template=None).defer("source")[:5]
        return render(request, START, {"form": form, "recent": recent})
    if not form.is_valid():
        return render(request, START, {"form": form}, status=422)
    source = form.cleaned_data["source"].replace("\0", "")
    errors = read_newsletter(source).errors
    if errors:
        shown = SourceForm({"name": form.cleaned_data["name"], "source": source})
        return render(request, START, {"form": shown, "faults": errors, "source": source}, status=422)
    kept = services.keep(source, form.cleaned_data["name"], by=request.user)
    return redirect("studio:import_found", pk=kept.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def found(request: PortalRequest, pk: int) -> HttpResponse:
    """Step 2: the parts, what was taken out, what to look at. Posting makes the template."""
    kept = get_object_or_404(NewsletterImport, pk=pk)
    if request.method != "POST":
        return _found(request, kept)
    kept_in = {number(each) for each in request.POST.getlist("part")}
    read = read_newsletter(kept.source)
    leave_out = [at for at in range(len(read.parts)) if at not in kept_in]
    try:
        template = services.make_template(kept, name=kept.name, leave_out=leave_out, by=request.user)
    except LibraryError as error:
        return _found(request, kept, refusal=str(error), chosen=kept_in, status=422)
    messages.success(
        request, _("The template is made, with everything in it locked. Open what local people may change.")
    )
    return redirect("studio:template_edit", pk=template.pk)


def _found(
    request: PortalRequest,
    kept: NewsletterImport,
    *,
    refusal: str = "",
    chosen: set[int | None] | None = None,
    status: int = 200,
) -> HttpResponse:
    read = read_newsletter(kept.source)
    faults = services.check_parts(read, _context())
    context: dict[str, Any] = {
        "kept": kept,
        "newsletter": read,
        "parts": [
            {
                "at": at,
                "part": part,
                "fault": faults.get(at, ""),
                "fields": Counter(field.type for field in part.module.fields).items(),
                "is_in": (at in chosen)
                if chosen is not None
                else at not in faults and not part.repeats_footer,
            }
            for at, part in enumerate(read.parts)
        ],
        "notes": _by_kind(read),
        "pictures": _pictures(read),
        "refusal": refusal,
    }
    return render(request, FOUND, context, status=status)


def _by_kind(read: Newsletter) -> list[tuple[str, str, list[Any]]]:
    titles = (
        ("look", _("To be looked at")),
        ("changed", _("Changed on the way")),
        ("removed", _("Removed")),
    )
    return [(kind, title, [note for note in read.notes if note.kind == kind]) for kind, title in titles]


def _pictures(read: Newsletter) -> list[str]:
    """Addresses of pictures that lie elsewhere."""
    fields = (
        field for part in read.parts for field in part.module.fields if isinstance(field, engine.ImageField)
    )
    return list(dict.fromkeys(field.default.src for field in fields if field.default.src))


def _context() -> engine.RenderContext:
    group = Group.objects.locations().first() or Group.objects.first()
    if group is None:
        raise Http404
    return context_for(group, engine.TemplateSpec(name="-"), {})


@require_safe
@xframe_options_sameorigin
@managing
def part(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    """One part alone, as the mail would show it; 0 is the whole newsletter."""
    kept = get_object_or_404(NewsletterImport, pk=pk)
    read = read_newsletter(kept.source)
    if number > len(read.parts):
        raise Http404
    chosen = read.parts if number == 0 else [read.parts[number - 1]]
    context = _context()
    try:
        html = as_sample_person(engine.render(services.spec_of(read, kept.name, chosen), {}, context)).html
    except engine.RenderError as error:
        raise Http404 from error
    return framed(request, _without_footer(html, context) if number else html)


def _without_footer(html: str, context: engine.RenderContext) -> str:
    """Less what an empty mail ends with too: of a small part one would see nothing else."""
    empty = as_sample_person(engine.render(engine.TemplateSpec(name="-"), {}, context)).html
    pairs = zip(reversed(html), reversed(empty), strict=False)
    shared = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return html[: len(html) - shared]
