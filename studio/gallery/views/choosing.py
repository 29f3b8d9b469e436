"""The gallery as fields use it: a dialog's content that tells the page around it which picture was chosen.

It posts nothing to that page. static/js/studio/gallery.js says so by an event; docs/gallery.md describes both.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.http import PortalRequest, number, words
from library.errors import LibraryError
from library.gallery import boxes, services, shelves
from library.gallery.standing import Standing, standing, standing_as
from library.models import Image
from studio.gallery.asking import Wanted
from studio.gallery.doors import looking
from studio.gallery.forms import WordsForm

ROWS = 24
LONGEST_SEARCH = 80
CHOOSE, PICK = "studio/gallery/_choose.html", "studio/gallery/_pick.html"
UNPROCESSABLE = 422


@require_safe
@looking
def choose(request: PortalRequest) -> HttpResponse:
    """Pictures that this group may use, to pick one: all of it, or what a search found (?part=results)."""
    wanted, q, folder = (
        Wanted.of(request),
        words(request.GET.get("q"))[:LONGEST_SEARCH],
        request.GET.get("folder", ""),
    )
    found = shelves.searched(_worth_showing(request, wanted), q)
    if folder in {"brand", "own"}:
        found = found.filter(group=None if folder == "brand" else wanted.group)
    elif folder:
        found = found.filter(folder=number(folder))
    page = Paginator(found.order_by("-pk"), ROWS).get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "page": page,
        "cards": [(image, wanted.fits(image), standing(image)) for image in page],
        "folders": shelves.folders_visible_to(request.user).filter(shelves.on_shelves_of(wanted.group)),
        "may_upload": shelves.may_manage(request.user, wanted.group),
        "q": q,
        "folder": folder,
    }
    return render(request, f"{CHOOSE}#results" if request.GET.get("part") == "results" else CHOOSE, context)


def _worth_showing(request: PortalRequest, wanted: Wanted) -> QuerySet[Image]:
    """Without those that nobody has described yet, where this person cannot do it either."""
    undescribed, found = standing_as(Standing.UNDESCRIBED), wanted.offered()
    if not shelves.may_describe(request.user, None):
        found = found.exclude(undescribed, group=None)
    if wanted.group and not shelves.may_describe(request.user, wanted.group):
        found = found.exclude(undescribed, group=wanted.group)
    return found


def _offered(request: PortalRequest, pk: int, wanted: Wanted) -> Image:
    return get_object_or_404(wanted.offered(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@looking
def pick(request: PortalRequest, pk: int) -> HttpResponse:
    """One picture on its way into a field: POST says what it shows; then it is cut, or chosen as it is."""
    wanted = Wanted.of(request)
    image = _offered(request, pk, wanted)
    if request.method != "POST":
        return _next_step(request, image, wanted)
    if not shelves.may_describe(request.user, image.group):
        raise PermissionDenied
    form = WordsForm(request.POST, instance=image, auto_id=f"words-{image.pk}-%s")
    if not form.is_valid():
        return _step(request, _offered(request, pk, wanted), wanted, form=form, status=UNPROCESSABLE)
    return _next_step(request, services.describe(image, **form.cleaned_data), wanted)


def _next_step(request: PortalRequest, image: Image, wanted: Wanted) -> HttpResponse:
    if wanted.fits(image) and standing(image) != Standing.UNDESCRIBED:
        return _chosen(request, image)
    return _step(request, image, wanted)


def _step(
    request: PortalRequest, image: Image, wanted: Wanted, *, status: int = 200, **more: Any
) -> HttpResponse:
    undescribed = standing(image) == Standing.UNDESCRIBED
    size = (image.width, image.height)
    box = boxes.around((image.focal_x, image.focal_y), size, wanted.ratio) if wanted.ratio else boxes.WHOLE
    context = {
        "image": image,
        "wanted": wanted,
        "undescribed": undescribed,
        "may_describe": shelves.may_describe(request.user, image.group),
        "may_cut": shelves.may_cut_for(request.user, image, wanted.group),
        "percent": box.percent,
        "soft": wanted.is_soft(round(box.width * image.width)),
        "form": WordsForm(instance=image, auto_id=f"words-{image.pk}-%s"),
        **more,
    }
    return render(request, PICK, context, status=status)


@require_POST
@looking
def fit(request: PortalRequest, pk: int) -> HttpResponse:
    """The part of the wanted ratio, cut by itself round the focus."""
    wanted = Wanted.of(request)
    image = _offered(request, pk, wanted)
    if standing(image) == Standing.UNDESCRIBED:
        return _step(request, image, wanted, status=UNPROCESSABLE)
    try:
        return _chosen(request, services.fitted(image, wanted.ratio, width=wanted.width))
    except LibraryError as error:
        return _step(request, image, wanted, trouble=str(error), status=UNPROCESSABLE)


@require_POST
@looking
def cut_here(request: PortalRequest, pk: int) -> HttpResponse:
    """The part that somebody drew, for the field that asked."""
    wanted = Wanted.of(request)
    image = _offered(request, pk, wanted)
    if not shelves.may_cut_for(request.user, image, wanted.group):
        raise PermissionDenied
    if standing(image) == Standing.UNDESCRIBED:
        return _step(request, image, wanted, status=UNPROCESSABLE)
    try:
        box = boxes.typed(request.POST, (image.width, image.height), wanted.ratio)
        group = (
            wanted.group if image.group_id is None and not shelves.may_describe(request.user, None) else None
        )
        made = services.cut(image, box, by=request.user, group=group, width=wanted.width)
    except LibraryError as error:
        return _step(request, image, wanted, trouble=str(error), status=UNPROCESSABLE)
    return _chosen(request, made)


def _chosen(request: PortalRequest, image: Image) -> HttpResponse:
    """What the script tells the page."""
    return render(request, "studio/gallery/_chosen.html", {"image": image})
