"""The gallery's list, and one picture: what is said of it, where it is used, and taking it back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from connection.views.pages import page_of, part, searched
from groups.http import PortalRequest, number, words
from groups.models import Group
from library.errors import LibraryError
from library.gallery import services, shelves
from library.gallery.standing import Standing, standing, standing_as
from library.models import Image
from studio.gallery import doors
from studio.gallery.doors import looking
from studio.gallery.forms import PictureForm, WordsForm
from studio.gallery.uses import is_used, uses_of

#: More groups than this are found by searching, not by a tab each.
TABS = 6
SHOWN = (Standing.UNDESCRIBED, Standing.ENDING, Standing.ENDED, Standing.RECALLED)
RATIOS = ("3:2", "16:9", "2:1", "1:1", "4:5")


@require_safe
@looking
def images(request: PortalRequest) -> HttpResponse:
    """Whole pictures, newest first."""
    asked, q = request.GET, searched(request)
    places = list(Group.objects.visible_to(request.user).locations().order_by("name")[: TABS + 1])
    found = _narrowed(request, doors.rows(request).filter(cut_from=None))
    page = page_of(request, (_searched(found, q)).order_by("-pk"))
    context = {
        "page": page,
        "cards": [(image, standing(image)) for image in page],
        "q": q,
        "shelf": asked.get("shelf", ""),
        "folder": number(asked.get("folder")),
        "state": asked.get("state", ""),
        "places": places if len(places) <= TABS else [],
        "states": [(each.value, each.label) for each in SHOWN],
        "folders": _folders(request),
        "upload_to": _shelf_to_fill(request, places),
        "narrowed": bool(q or asked.get("shelf") or asked.get("folder") or asked.get("state")),
    }
    return part(request, "studio/gallery/images.html", "rows", context)


def _searched(rows: QuerySet[Image], q: str) -> QuerySet[Image]:
    return (
        rows.filter(Q(group__name__icontains=q) | Q(pk__in=shelves.searched(rows, q).values("pk")))
        if q
        else rows
    )


def _narrowed(request: PortalRequest, rows: QuerySet[Image]) -> QuerySet[Image]:
    shelf, folder, state = (request.GET.get(name, "") for name in ("shelf", "folder", "state"))
    if shelf == "brand":
        rows = rows.filter(group=None)
    elif shelf:
        rows = rows.filter(group=number(shelf))
    if folder:
        rows = rows.filter(folder=number(folder))
    return rows.filter(standing_as(Standing(state))) if state in SHOWN else rows


def _folders(request: PortalRequest) -> list[tuple[Any, bool]]:
    """Of the shelves this person sees, with whether they keep it."""
    rows = shelves.folders_visible_to(request.user).select_related("group").order_by("group__name", "name")
    return [(folder, shelves.may_manage(request.user, folder.group)) for folder in rows[:100]]


def _shelf_to_fill(request: PortalRequest, places: list[Group]) -> tuple[Group | None] | None:
    """Where a picture goes that is dropped on this page: (group,), (None,) for the brand's; None for nowhere."""
    shelf = number(request.GET.get("shelf"))
    chosen = next((each for each in places if each.pk == shelf), None)
    candidates: list[Group | None] = [chosen] if chosen else [None, *places]
    fit = [each for each in candidates if shelves.may_manage(request.user, each)]
    return (fit[0],) if fit else None


# One picture


@require_http_methods(["GET", "HEAD", "POST"])
@looking
def image(request: PortalRequest, pk: int) -> HttpResponse:
    """What it is; POST changes what is said of it."""
    found = doors.visible(request, pk)
    if request.method != "POST":
        return _picture(request, found)
    if not shelves.may_describe(request.user, found.group):
        raise PermissionDenied
    form = _form(request, found)
    if not form.is_valid():
        return _picture(
            request, doors.visible(request, pk), form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    services.describe(found, **getattr(form, "told", form.cleaned_data))
    messages.success(request, _("Saved."))
    return redirect("studio:image", pk=pk)


def _form(request: PortalRequest, found: Image) -> WordsForm:
    """Who keeps the shelf says all; who may only edit pictures, what they show."""
    kind = PictureForm if shelves.may_manage(request.user, found.group) else WordsForm
    return kind(request.POST if request.method == "POST" else None, instance=found)


def _picture(
    request: PortalRequest, found: Image, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    whole = found.cut_from or found
    context = {
        "image": found,
        "standing": standing(found),
        "may_manage": shelves.may_manage(request.user, found.group),
        "may_describe": shelves.may_describe(request.user, found.group),
        "may_cut": found.cut_from is None and shelves.may_describe(request.user, found.group),
        "form": _form(request, found) if "form" not in more else None,
        "crops": doors.rows(request).filter(cut_from=whole).exclude(pk=found.pk).order_by("-pk")[:24],
        "ratios": RATIOS,
        **more,
    }
    return render(request, "studio/gallery/image.html", context, status=status)


@require_safe
@looking
def uses(request: PortalRequest, pk: int) -> HttpResponse:
    """Loaded into the picture's page, for it looks through all campaigns; a page of its own without a script."""
    found = doors.visible(request, pk)
    context = {"image": found, "uses": uses_of(found, request.user)}
    return part(request, "studio/gallery/uses.html", "uses", context)


@require_POST
@looking
def recall(request: PortalRequest, pk: int) -> HttpResponse:
    found = doors.managed(request, pk)
    try:
        services.recall(found, because=words(request.POST.get("because"))[:200], by=request.user)
    except LibraryError as error:
        messages.error(request, str(error))
        return redirect("studio:image", pk=pk)
    messages.success(request, _("Recalled: nothing new may use it. Below is where it is used."))
    return redirect("studio:image", pk=pk)


@require_POST
@looking
def put_back(request: PortalRequest, pk: int) -> HttpResponse:
    services.put_back(doors.managed(request, pk), by=request.user)
    messages.success(request, _("It may be used again."))
    return redirect("studio:image", pk=pk)


@require_POST
@looking
def remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Only what nothing uses; for all else there is the recall."""
    found = doors.managed(request, pk)
    if is_used(found):
        messages.error(request, _("It is used, so it stays. Recall it, then nothing new may use it."))
        return redirect("studio:image", pk=pk)
    services.remove(found)
    messages.success(request, _("The picture is out of the gallery."))
    return redirect("studio:images")
