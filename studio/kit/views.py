"""/library/brand/: the look, tried before it is used, and who the brand legally is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from branding.models import LegalIdentity, Theme
from groups.http import PortalRequest, requires
from library import engine
from library.context import context_for, identity_of
from library.errors import LibraryError
from library.models import Template
from library.sample import as_sample_person
from studio.framed import framed
from studio.kit import identities, look, trying
from studio.kit.forms import IdentityForm, LookForm, label_of
from studio.kit.look import LookChanged
from studio.kit.pairs import dark_colours, pairs_of

managing = requires(Permission.MANAGE_BRAND)
KIT, TRYING = "studio/kit/kit.html", "studio/kit/trying.html"
#: Templates on one page of before and after.
SHOWN = 8


# The look


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def kit(request: PortalRequest) -> HttpResponse:
    """What is typed here is tried, not used: saving leads to before and after."""
    theme = look.current()
    shown = look.tried(theme)
    if request.method != "POST":
        return _kit(request, theme, LookForm(instance=shown).filled_from(shown))
    form = LookForm(request.POST, request.FILES, instance=look.tried(theme)).filled_from(shown)
    if form.is_valid():
        form.store_pictures()
    if not form.is_valid():
        return _kit(request, theme, form, status=422)
    try:
        differs = look.try_out(form.values(), stamp=request.POST.get("stamp", ""), by=request.user)
    except LookChanged as changed:
        return _kit(request, theme, form, conflict=str(changed), status=409)
    if differs:
        return redirect("studio:kit_trying")
    messages.info(request, _("This is the look in use: there is nothing to try."))
    return redirect("studio:kit")


def _kit(
    request: PortalRequest, theme: Theme, form: LookForm, *, conflict: str = "", status: int = 200
) -> HttpResponse:
    valid = form.valid_theme() if form.is_bound else form.shown
    context: dict[str, Any] = {
        **_draft_of(theme),
        "form": form,
        "pairs": pairs_of(valid),
        "derived": dark_colours(valid),
        "conflict": conflict,
        "pictures": [
            {"name": name, "title": title, "help": hint, "file": getattr(form.shown, name), "field": form[name],
             "gone": form[f"{name}_gone"]}
            for name, title, hint in _pictures()
        ],
    }  # fmt: skip
    return render(request, KIT, context, status=status)


def _pictures() -> list[tuple[str, str, str]]:
    return [
        ("logo", _("Logo"), _("In mails. The starter modules set it on the main colour.")),
        ("logo_dark", _("Logo for dark mails"), _("Without one, the logo has to hold on both.")),
        ("portal_logo", _("Logo in the portal"), _("On white. Without one, the mails' logo.")),
        ("favicon", _("Icon"), _("In browser tabs: square, 192 pixels or more.")),
    ]


@require_POST
@managing
def check(request: PortalRequest) -> HttpResponse:
    """The pairs as they would be with what is typed at this moment."""
    shown = look.tried(look.current())
    valid = LookForm(request.POST, instance=look.tried(shown)).filled_from(shown).valid_theme()
    context = {"pairs": pairs_of(valid), "derived": dark_colours(valid)}
    return render(request, f"{KIT}#pairs", context)


# Before and after


@require_safe
@managing
def before_and_after(request: PortalRequest) -> HttpResponse:
    """Every published template in the look in use and in the new one."""
    theme = look.current()
    if not look.changes_of(theme):
        return redirect("studio:kit")
    rows = Template.objects.usable().order_by("category", "name")
    context = {
        **_draft_of(theme),
        "changes": _changes(theme),
        "page": Paginator(rows, SHOWN).get_page(request.GET.get("page")),
        "scheduled": trying.scheduled_count(),
        "shade": "dark" if request.GET.get("shade") == "dark" else "light",
        "width": "phone" if request.GET.get("width") == "phone" else "desktop",
    }
    return render(request, TRYING, context)


def _draft_of(theme: Theme) -> dict[str, Any]:
    draft = theme.draft or {}
    return {
        "stamp": look.stamp_of(theme),
        "is_tried": bool(look.changes_of(theme)),
        "tried_by": draft.get("by", ""),
        "tried_at": parse_datetime(draft.get("at", "")) if draft else None,
    }


def _changes(theme: Theme) -> list[dict[str, Any]]:
    return [
        {"name": label_of(name), "before": look.plain(theme, name), "after": value,
         "is_colour": str(value).startswith("#") or str(look.plain(theme, name)).startswith("#")}
        for name, value in look.changes_of(theme).items()
    ]  # fmt: skip


@require_safe
@xframe_options_sameorigin
@managing
def template(request: PortalRequest, pk: int) -> HttpResponse:
    """A published template, with ?look=draft in the new look, with ?shade=dark as dark mail programs show it."""
    found, group = get_object_or_404(Template.objects.usable(), pk=pk), trying.group_for_pictures()
    if group is None:
        raise Http404
    theme = look.current()
    theme = look.tried(theme) if request.GET.get("look") == "draft" else theme
    try:
        mail = trying.mail_in(theme, found, group)
    except engine.RenderError as error:
        raise Http404 from error
    return framed(request, as_sample_person(mail).html, dark=request.GET.get("shade") == "dark")


@require_safe
@managing
def findings(request: PortalRequest, pk: int) -> HttpResponse:
    """What the new look would break in this template."""
    found, group = get_object_or_404(Template.objects.usable(), pk=pk), trying.group_for_pictures()
    if group is None:
        raise Http404
    context = {"troubles": trying.new_troubles(look.current(), found, group)}
    return render(request, f"{TRYING}#findings", context)


@require_POST
@managing
def put_to_use(request: PortalRequest) -> HttpResponse:
    stamp = request.POST.get("stamp", "")
    return _done(
        request,
        lambda: look.put_to_use(stamp=stamp, by=request.user),
        _("The new look is in use, in the portal and in every mail that is rendered from now on."),
    )


@require_POST
@managing
def discard(request: PortalRequest) -> HttpResponse:
    stamp = request.POST.get("stamp", "")
    return _done(request, lambda: look.discard(stamp=stamp), _("The new look is discarded."))


def _done(request: PortalRequest, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except LookChanged as changed:
        messages.error(request, f"{changed} {_('Look at it before you go on.')}")
        return redirect("studio:kit_trying")
    except LibraryError as error:
        messages.error(request, str(error))
        return redirect("studio:kit")
    messages.success(request, said)
    return redirect("studio:kit")


# Who the brand legally is


@require_safe
@managing
def identity_list(request: PortalRequest) -> HttpResponse:
    rows = sorted(LegalIdentity.objects.all(), key=lambda each: (bool(each.countries), each.legal_name))
    context = {"identities": [(each, identities.lacking(each)) for each in rows]}
    return render(request, "studio/kit/identities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def identity_new(request: PortalRequest) -> HttpResponse:
    return _identity(request, LegalIdentity())


@require_http_methods(["GET", "HEAD", "POST"])
@managing
def identity(request: PortalRequest, pk: int) -> HttpResponse:
    return _identity(request, get_object_or_404(LegalIdentity, pk=pk))


def _identity(request: PortalRequest, edited: LegalIdentity) -> HttpResponse:
    stored = LegalIdentity.objects.filter(pk=edited.pk).first() if edited.pk else None
    form = IdentityForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        identities.save(form.save(commit=False), form.cleaned_data["countries_text"], by=request.user)
        messages.success(request, _("Saved. Mails that are rendered from now on say so."))
        return redirect("studio:kit_identities")
    context = {"form": form, "identity": stored, "may_go": bool(stored and stored.countries)}
    return render(request, "studio/kit/identity.html", context, status=422 if form.errors else 200)


@require_POST
@managing
def identity_remove(request: PortalRequest, pk: int) -> HttpResponse:
    try:
        identities.remove(get_object_or_404(LegalIdentity, pk=pk), by=request.user)
    except LibraryError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Removed. Groups there are under the identity for all other countries now.")
        )
    return redirect("studio:kit_identities")


@require_safe
@xframe_options_sameorigin
@managing
def footer(request: PortalRequest, pk: int) -> HttpResponse:
    """The footer that mails under this identity end with."""
    row, group = get_object_or_404(LegalIdentity, pk=pk), trying.group_for_pictures()
    if group is None:
        raise Http404
    empty = engine.TemplateSpec(name="-")
    context = context_for(group, empty, {})
    context = context.model_copy(update={"identity": identity_of(row, context.profile.language)})
    return framed(request, as_sample_person(engine.render(empty, {}, context)).html)
