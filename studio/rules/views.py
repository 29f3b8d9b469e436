"""The page of a brand's mail rules: domains, words, and what each check means and weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission
from groups.http import PortalRequest, requires
from library.errors import LibraryError
from library.models import MailRules, Restriction
from library.preflight import ruling
from library.preflight.loading import brand_rules
from library.preflight.rules import subject
from library.preflight.rules.patterns import contains, find
from library.preflight.rules.registry import Rule
from library.preflight.rules.registry import rules as all_rules
from studio.rules.forms import RestrictionForm, RulesForm

managing = requires(Permission.MANAGE_BRAND)
LONGEST_TEXT = 5_000
CHAPTERS = {
    "size": gettext_lazy("Size"),
    "structure": gettext_lazy("Mail programs"),
    "images": gettext_lazy("Pictures"),
    "dark": gettext_lazy("Dark mode"),
    "accessibility": gettext_lazy("Accessibility"),
    "envelope": gettext_lazy("Subject and sender"),
    "links": gettext_lazy("Links and plain text"),
    "dates": gettext_lazy("Dates and prices"),
    "words": gettext_lazy("Words"),
    "law": gettext_lazy("Law"),
}


@dataclass(frozen=True)
class Entry:
    """A check with its field, which those of the law do not have."""

    rule: Rule
    title: str
    about: str
    field: forms.BoundField | None

    @property
    def is_changed(self) -> bool:
        return self.field is not None and self.field.value() not in (None, "", self.rule.severity.value)


@dataclass(frozen=True)
class Chapter:
    title: str
    entries: tuple[Entry, ...]

    @property
    def changed(self) -> int:
        return sum(entry.is_changed for entry in self.entries)


@dataclass(frozen=True)
class Found:
    """A word of the brand's list in a text that is tried."""

    said: str
    restriction: subject.Restriction


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def rules(request: PortalRequest) -> HttpResponse:
    row = MailRules.objects.first() or MailRules()
    form = RulesForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        ruling.save(
            link_domains=cleaned["link_domains"], image_domains=cleaned["image_domains"],
            severities=form.severities, by=request.user,
        )  # fmt: skip
        messages.success(request, _("Saved. The next look at a mail goes by it."))
        return redirect("studio:rules")
    context = {
        "form": form,
        "chapters": list(_chapters(form)),
        "restrictions": Restriction.objects.all(),
        "has_all_ready_made": ruling.starter_is_complete(),
    }
    return render(request, "studio/rules/rules.html", context, status=422 if form.errors else 200)


def _chapters(form: RulesForm) -> Iterator[Chapter]:
    for key, title in CHAPTERS.items():
        entries = tuple(
            Entry(rule, _(rule.title), _(rule.about), form.level_of(rule)) for rule in all_rules() if rule.chapter == key
        )  # fmt: skip
        yield Chapter(str(title), entries)


@require_POST
@managing
def try_out(request: PortalRequest) -> HttpResponse:
    """What of the brand's list is in a text, as somebody types it. Nothing is kept."""
    text = request.POST.get("text", "")[:LONGEST_TEXT]
    context = {"text": text.strip(), "found": list(_found(text))}
    return render(request, "studio/rules/_tried.html", context)


def _found(text: str) -> Iterator[Found]:
    for each in brand_rules().restrictions:
        said = find(each, text)
        if said and not (each.needs and contains(text, each.needs)):
            yield Found(said, each)


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def new(request: PortalRequest) -> HttpResponse:
    return _edit(request, Restriction())


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def restriction(request: PortalRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Restriction, pk=pk))


def _edit(request: PortalRequest, edited: Restriction) -> HttpResponse:
    title = edited.pattern
    form = RestrictionForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        try:
            ruling.restrict(form.save(commit=False), by=request.user)
        except LibraryError as error:
            form.add_error("pattern", str(error))
        else:
            messages.success(request, _("Saved. The next look at a mail goes by it."))
            return redirect("studio:rules")
    context: dict[str, Any] = {"form": form, "title": title, "pk": edited.pk}
    return render(request, "studio/rules/restriction.html", context, status=422 if form.errors else 200)


@require_POST
@managing
def remove(request: PortalRequest, pk: int) -> HttpResponse:
    removed = get_object_or_404(Restriction, pk=pk)
    ruling.allow_again(removed, by=request.user)
    messages.success(request, _("“%(pattern)s” is no longer in the list.") % {"pattern": removed.pattern})
    return redirect("studio:rules")


@require_POST
@managing
def ready_made(request: PortalRequest) -> HttpResponse:
    """Words that need a clause in many countries, to be changed as the brand sees fit."""
    count = ruling.add_starter(by=request.user)
    said = ngettext(
        "%(n)s entry was added. Change it as you like.",
        "%(n)s entries were added. Change them as you like.",
        count,
    )
    messages.success(request, said % {"n": count})
    return redirect("studio:rules")
