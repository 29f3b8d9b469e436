"""The brand's templates, and the start of a new one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from connection.views.pages import part, searched
from groups.http import PortalRequest, number, words
from library import editing
from library.models import Template, TemplateQuerySet
from studio.builder.fetching import managing
from studio.builder.forms import NewForm
from studio.builder.standings import standings

ROWS = 25
PAGE = "studio/builder/templates.html"


@require_safe
@managing
def templates(request: PortalRequest) -> HttpResponse:
    """?q= searches, ?category= narrows, ?show=archived shows what was put away."""
    q, category, show = (
        searched(request),
        words(request.GET.get("category"))[:40],
        request.GET.get("show", ""),
    )
    rows = _found(Template.objects.filter(archived_at__isnull=show != "archived"), q, category)
    page = Paginator(rows.order_by("category", "name", "pk"), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "standings": standings(list(page.object_list)),
        "categories": _categories(),
        "q": q,
        "category": category,
        "show": show,
        "archived": Template.objects.filter(archived_at__isnull=False).count(),
        "any": bool(page.object_list) or Template.objects.exists(),
    }
    return part(request, PAGE, "rows", context)


def _found(rows: TemplateQuerySet, q: str, category: str) -> TemplateQuerySet:
    if category:
        rows = rows.filter(category=category)
    return rows.filter(Q(name__icontains=q) | Q(description__icontains=q) | Q(slug__iexact=q)) if q else rows


def _categories() -> list[str]:
    named = Template.objects.filter(archived_at=None).exclude(category="").order_by("category")
    return list(named.values_list("category", flat=True).distinct())


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def new(request: PortalRequest) -> HttpResponse:
    sources = Template.objects.filter(archived_at=None, versions__isnull=False).distinct().order_by("name")
    wanted = number(request.GET.get("from"))
    form = NewForm(request.POST or None, sources=sources, initial={"source": wanted})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["source"]
        made = editing.begin(
            form.cleaned_data["name"],
            by=request.user,
            category=form.cleaned_data["category"],
            language=form.cleaned_data["language"],
            source=editing.draft_of(chosen) if chosen else None,
        )
        return redirect("studio:template_edit", pk=made.pk)
    context = {"form": form, "categories": _categories()}
    return render(request, "studio/builder/new.html", context, status=422 if form.errors else 200)
