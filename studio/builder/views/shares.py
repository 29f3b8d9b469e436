"""Who sees a template: the rules, and by name who sees it now and who would."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Q, Value, When
from django.db.models import CharField as Text
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from connection.views.pages import searched
from groups.http import PortalRequest, number, words
from groups.models import Group, GroupQuerySet, Tag
from library import editing, sharing
from library.models import Template, TemplateShare
from library.sharing import Rule
from studio.builder.fetching import managing, template_of

ROWS = 25
OFFERED = 12
MOST_RULES = 200


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def shares(request: PortalRequest, pk: int) -> HttpResponse:
    """The address holds the rules that are being tried (`rule=node:3`, `rule=not-tag:5`), until they are saved."""
    template = template_of(pk)
    stored = list(template.shares.select_related("node", "tag").order_by("excludes", "pk"))
    if request.method == "POST":
        return _save(request, template)
    trying = _tried(request.GET) if "trying" in request.GET else stored
    context = {"template": template, "stored": stored, **_compared(request, stored, trying)}
    partial = "#after" if request.htmx and not request.htmx.boosted else ""
    return render(request, "studio/builder/shares.html" + partial, context)


def _save(request: PortalRequest, template: Template) -> HttpResponse:
    rows = _tried(request.POST)
    editing.share(template, rows, by=request.user)
    shown = sharing.groups_shown([Rule.of(row) for row in rows]).count()
    messages.success(
        request, _("Saved. %(n)d groups see “%(name)s” now.") % {"n": shown, "name": template.name}
    )
    return redirect("studio:template", pk=template.pk)


def _tried(data: QueryDict) -> list[TemplateShare]:
    """Unsaved shares for the rules of a form; what is gone or nonsense is left out."""
    said = [*data.getlist("rule")[:MOST_RULES], words(data.get("add"))]
    wanted = [_read(text) for text in dict.fromkeys(said) if text and text != words(data.get("drop"))]
    nodes = Group.objects.in_bulk([pk for kind, pk, _excludes in wanted if kind == "node"])
    tags = Tag.objects.in_bulk([pk for kind, pk, _excludes in wanted if kind == "tag"])
    rows = [
        TemplateShare(node=nodes.get(pk) if kind == "node" else None, tag=tags.get(pk) if kind == "tag" else None,
                      excludes=excludes)
        for kind, pk, excludes in wanted
    ]  # fmt: skip
    unique = {(row.node_id, row.tag_id): row for row in rows if row.node_id or row.tag_id}
    return list(unique.values())


def _read(text: str) -> tuple[str, int, bool]:
    kind, _colon, digits = text.removeprefix("not-").partition(":")
    return kind, number(digits) or 0, text.startswith("not-")


def _compared(
    request: PortalRequest, stored: list[TemplateShare], trying: list[TemplateShare]
) -> dict[str, object]:
    now, after = (sharing.covered(Rule.of(row) for row in rows) for rows in (stored, trying))
    q, change = searched(request), request.GET.get("change", "")
    told = {"gains": after & ~now, "loses": now & ~after, "keeps": now & after}
    rows = _marked(Group.objects.locations().filter(told.get(change, now | after)), now, after)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q))
    return {
        "trying": [(_code(row), row) for row in trying],
        "is_changed": {_code(row) for row in stored} != {_code(row) for row in trying},
        "counts": _counts(now, after),
        "page": Paginator(rows.order_by("name", "pk"), ROWS).get_page(request.GET.get("page")),
        "q": q,
        "change": change,
        "tags": Tag.objects.all()[:100],
        "kept_query": _query(trying),
    }


def _marked(rows: GroupQuerySet, now: Q, after: Q) -> GroupQuerySet:
    """With what would change for each group."""
    told = Case(
        When(now & after, then=Value("keeps")), When(after, then=Value("gains")), default=Value("loses"),
        output_field=Text(),
    )  # fmt: skip
    marked: GroupQuerySet = rows.annotate(change=told)
    return marked


def _counts(now: Q, after: Q) -> dict[str, int]:
    every = Group.objects.locations()
    return {
        "now": every.filter(now).count(),
        "after": every.filter(after).count(),
        "gains": every.filter(after).exclude(now).count(),
        "loses": every.filter(now).exclude(after).count(),
        "all": every.count(),
    }


def _code(row: TemplateShare) -> str:
    what = f"node:{row.node_id}" if row.node_id else f"tag:{row.tag_id}"
    return f"not-{what}" if row.excludes else what


def _query(trying: list[TemplateShare]) -> str:
    """The rules being tried, as the address holds them."""
    data = QueryDict(mutable=True)
    data["trying"] = "1"
    data.setlist("rule", [_code(row) for row in trying])
    return data.urlencode()


@require_safe
@managing
def nodes(request: PortalRequest, pk: int) -> HttpResponse:
    """Nodes to choose from: the first dozen that match what is typed, regions before the groups in them."""
    rows, q = Group.objects.filter(is_active=True), searched(request)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__iexact=q))
    offered = list(rows.order_by("path")[: OFFERED + 1])
    context = {
        "template": template_of(pk),
        "nodes": offered[:OFFERED],
        "more": len(offered) > OFFERED,
        "kept_query": _query(_tried(request.GET)),
    }
    return render(request, "studio/builder/_nodes.html", context)
