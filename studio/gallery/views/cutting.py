"""Cutting a part out of a picture, by drawing it or in numbers."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.http import PortalRequest
from library.errors import LibraryError
from library.gallery import boxes, services, shelves
from library.models import Image
from studio.gallery import doors
from studio.gallery.asking import Wanted
from studio.gallery.doors import looking
from studio.gallery.views.pictures import RATIOS


@require_http_methods(["GET", "HEAD", "POST"])
@looking
def cut(request: PortalRequest, pk: int) -> HttpResponse:
    """?ratio=3:2, or none for any shape. POST makes the part a picture of its own and leads to it."""
    image, wanted = doors.visible(request, pk), Wanted.of(request)
    if not shelves.may_describe(request.user, image.group):
        raise PermissionDenied
    if image.cut_from_id is not None:
        return redirect("studio:image_cut", pk=image.cut_from_id)
    if request.method != "POST":
        return _page(request, image, wanted)
    try:
        box = boxes.typed(request.POST, (image.width, image.height), wanted.ratio)
        made = services.cut(image, box, by=request.user, width=wanted.width)
    except LibraryError as error:
        return _page(request, image, wanted, trouble=str(error))
    messages.success(request, _("The part is a picture of its own now."))
    return redirect("studio:image", pk=made.pk)


def _page(request: PortalRequest, image: Image, wanted: Wanted, *, trouble: str = "") -> HttpResponse:
    focus, size = (image.focal_x, image.focal_y), (image.width, image.height)
    box = boxes.around(focus, size, wanted.ratio) if wanted.ratio else boxes.WHOLE
    typed = {name: request.POST[name] for name in ("x", "y", "height") if name in request.POST}
    if "width_share" in request.POST:
        typed["width"] = request.POST["width_share"]
    context = {
        "image": image,
        "wanted": wanted,
        "percent": {**box.percent, **typed},
        "ratios": RATIOS,
        "trouble": trouble,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK
    return render(request, "studio/gallery/cut.html", context, status=status)
