"""Files come in: one by one from the script, which shows how far each is; or several at once from a plain form."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from groups.http import PortalRequest, number
from library.errors import LibraryError
from library.gallery import services, shelves
from library.gallery.checking import too_heavy
from library.gallery.limits import MOST_BYTES
from library.gallery.services import Added
from library.gallery.standing import Standing, standing
from library.models import Folder, Image
from studio.gallery import pace
from studio.gallery.doors import group_asked, looking

#: A plain form brings this many files at once at most.
MOST_FILES = 10
_AROUND = 64 * 1024  # what a form is besides its files


@csrf_exempt  # until the size is known: the check of the token reads the whole body
@require_http_methods(["GET", "HEAD", "POST"])
@looking
def upload(request: PortalRequest) -> HttpResponse:
    """POST answers the script in JSON, the form with a page. Too large a body is not read."""
    length = number(request.META.get("CONTENT_LENGTH")) or 0
    most = MOST_BYTES * (1 if _asks_json(request) else MOST_FILES) + _AROUND
    if request.method == "POST" and length > most:
        return _refused(request, too_heavy(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    answer: HttpResponse = _upload(request)
    return answer


def _asks_json(request: PortalRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


@csrf_protect
def _upload(request: PortalRequest) -> HttpResponse:
    group = group_asked(request)
    if not shelves.may_manage(request.user, group):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    files = request.FILES.getlist("files")[:MOST_FILES]
    if not files:
        return _refused(request, _("Choose at least one picture."), HTTPStatus.UNPROCESSABLE_ENTITY)
    if not pace.may_bring(request.user.pk, len(files)):
        return _refused(
            request,
            _("That were many pictures in a short time. Go on in ten minutes."),
            HTTPStatus.TOO_MANY_REQUESTS,
        )
    told = {"group": group, "folder": _folder(request), "by": request.user}
    return _one(files[0], told) if _asks_json(request) else _several(request, files, told)


def _folder(request: PortalRequest) -> Folder | None:
    asked = number(request.POST.get("folder"))
    return get_object_or_404(shelves.folders_of(group_asked(request)), pk=asked) if asked else None


def _refused(request: PortalRequest, words: str, status: HTTPStatus) -> HttpResponse:
    if _asks_json(request):
        return JsonResponse({"error": words}, status=status)
    return _page(request, failures=[("", words)], status=status)


def _page(request: PortalRequest, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    context = {"group": None, "most_mb": MOST_BYTES // 1024**2, "most_files": MOST_FILES, **more}
    if status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:  # then nothing of the body is read, not even the group
        context["group"] = group_asked(request)
        context["folders"] = shelves.folders_of(context["group"])
    return render(request, "studio/gallery/upload.html", context, status=status)


def _one(file: File[bytes], told: dict[str, Any]) -> HttpResponse:
    try:
        added = services.take_in(file, **told)
    except LibraryError as error:
        return JsonResponse({"error": str(error)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(_as_json(added), status=HTTPStatus.CREATED if added.is_new else HTTPStatus.OK)


def _as_json(added: Added) -> dict[str, Any]:
    image = added.image
    return {
        "slug": image.slug,
        "title": image.title,
        "url": image.file.url,
        "alt": image.alt,
        "width": image.width,
        "height": image.height,
        "is_new": added.is_new,
        "needs_words": standing(image) == Standing.UNDESCRIBED,
        "note": _note(image),
        "page": reverse("studio:image", args=[image.pk]),
        "pick": reverse("studio:image_pick", args=[image.pk]),
    }


def _note(image: Image) -> str:
    if image.animated:
        return _("Outlook shows only the first frame, so it has to say all that matters")
    return ""


def _several(request: PortalRequest, files: list[Any], told: dict[str, Any]) -> HttpResponse:
    added, failures = [], []
    for file in files:
        try:
            added.append(services.take_in(file, **told))
        except LibraryError as error:
            failures.append((file.name, str(error)))
    if failures:
        return _page(request, added=added, failures=failures, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    count = len(added)
    messages.success(
        request,
        ngettext("%(count)s picture is in the gallery.", "%(count)s pictures are in the gallery.", count)
        % {"count": count},
    )
    return redirect("studio:images")
