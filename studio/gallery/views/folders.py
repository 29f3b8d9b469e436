"""Folders of a shelf: made, renamed, taken away. Each leads back to the gallery."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groups.http import PortalRequest, words
from library.errors import LibraryError
from library.gallery import folders, shelves
from library.models import Folder
from studio.gallery.doors import group_asked, looking


def _kept(request: PortalRequest, pk: int) -> Folder:
    rows = shelves.folders_visible_to(request.user).select_related("group")
    folder = get_object_or_404(rows, pk=pk)
    if not shelves.may_manage(request.user, folder.group):
        raise PermissionDenied
    return folder


@require_POST
@looking
def make(request: PortalRequest) -> HttpResponse:
    group = group_asked(request)
    if not shelves.may_manage(request.user, group):
        raise PermissionDenied
    try:
        folders.make(words(request.POST.get("name")), group=group)
    except LibraryError as error:
        messages.error(request, str(error))
    return redirect("studio:images")


@require_POST
@looking
def rename(request: PortalRequest, pk: int) -> HttpResponse:
    folder = _kept(request, pk)
    try:
        folders.rename(folder, words(request.POST.get("name")))
    except LibraryError as error:
        messages.error(request, str(error))
    return redirect("studio:images")


@require_POST
@looking
def remove(request: PortalRequest, pk: int) -> HttpResponse:
    folder = _kept(request, pk)
    folders.remove(folder)
    messages.success(request, _("The folder is gone; its pictures stay."))
    return redirect("studio:images")
