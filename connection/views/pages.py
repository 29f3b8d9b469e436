"""What the Braze pages share: pages of long lists, and tables to take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render

from groups.http import PortalRequest, words
from groups.importing.tables import written

ROWS = 50
LONGEST_SEARCH = 80


def page_of(request: PortalRequest, rows: Any) -> Page[Any]:
    """The page that the address asks for; nonsense leads to the first, too far to the last."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


def searched(request: PortalRequest) -> str:
    return words(request.GET.get("q"))[:LONGEST_SEARCH]


def table(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV file to keep."""
    answer = HttpResponse("".join(written(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def part(request: PortalRequest, template: str, partial: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or for htmx the part of it that changes."""
    changes_only = request.htmx and not request.htmx.boosted
    return render(request, f"{template}#{partial}" if changes_only else template, context)
