"""Which modules there are, and one of them: what it is, where it is used, how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from connection.views.pages import part, searched
from groups.http import PortalRequest
from library.errors import LibraryError
from library.models import Module
from library.modules import publishing, uses
from library.modules.drafts import draft_of
from studio.modules.shared import managing, module_at

#: Each brings a preview of its own.
CARDS = 24


@dataclass(frozen=True)
class Card:
    """A module in the list, and how many templates are made of it."""

    module: Module
    used: int


@require_safe
@managing
def modules(request: PortalRequest) -> HttpResponse:
    show, q = request.GET.get("show", ""), searched(request)
    page, used = Paginator(_chosen(show, q), CARDS).get_page(request.GET.get("page")), uses.counts()
    context = {
        "page": page,
        "cards": [Card(module, used.get(module.slug, 0)) for module in page],
        "show": show,
        "shows": [("", _("In use")), ("drafts", _("With a draft")), ("archived", _("Archive"))],
        "q": q,
        "any": bool(page.object_list) or Module.objects.exists(),
    }
    return part(request, "studio/modules/list.html", "rows", context)


def _chosen(show: str, q: str) -> QuerySet[Module]:
    rows: QuerySet[Module] = Module.objects.filter(archived_at__isnull=show != "archived")
    if show == "drafts":
        rows = rows.exclude(draft=None)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(description__icontains=q) | Q(slug__icontains=q))
    return rows.annotate(number=Max("versions__number")).order_by("name", "pk")


@require_safe
@managing
def module(request: PortalRequest, pk: int) -> HttpResponse:
    found = module_at(pk)
    used = uses.of(found)
    draft = draft_of(found)
    context = {
        "module": found,
        "draft": draft,
        "versions": found.versions.select_related("created_by").defer("spec"),
        "uses": used,
        "behind": sum(use.is_behind for use in used),
        "fields": [each for each in draft.spec.get("fields", []) if isinstance(each, dict)],
    }
    return render(request, "studio/modules/module.html", context)


class NewModule(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("What colleagues call it, such as “Opening picture”."),
    )
    copy_of = forms.ModelChoiceField(
        label=gettext_lazy("Begin with"),
        queryset=Module.objects.none(),
        required=False,
        empty_label=gettext_lazy("An empty module"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Module]", self.fields["copy_of"])
        choice.queryset = Module.objects.filter(archived_at=None)
        for bound in self:
            bound.field.widget.attrs["class"] = "input"


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def new(request: PortalRequest) -> HttpResponse:
    form = NewModule(request.POST or None, initial={"copy_of": request.GET.get("copy")})
    if request.method == "POST" and form.is_valid():
        made = publishing.create(
            form.cleaned_data["name"], by=request.user, copy_of=form.cleaned_data["copy_of"]
        )
        return redirect("studio:module_edit", pk=made.pk)
    return render(request, "studio/modules/new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@managing
def archive(request: PortalRequest, pk: int) -> HttpResponse:
    found = module_at(pk)
    try:
        publishing.archive(found)
    except LibraryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is in the archive now.") % {"name": found.name})
    return redirect("studio:module", pk=pk)


@require_POST
@managing
def bring_back(request: PortalRequest, pk: int) -> HttpResponse:
    found = module_at(pk)
    publishing.bring_back(found)
    messages.success(request, _("%(name)s can be used again.") % {"name": found.name})
    return redirect("studio:module", pk=pk)
