"""Who enters the gallery, and where each of its views starts: with what the person may see."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from groups.access import access_of
from groups.http import PortalRequest, View, number
from groups.models import Group
from library.gallery import shelves
from library.models import Image

LOOKS = (Permission.CREATE_CAMPAIGNS, Permission.MANAGE_GALLERY)


def looking(view: View) -> View:
    """For those who write campaigns or keep the gallery somewhere."""

    @wraps(view)
    def inner(request: PortalRequest, *args: Any, **kwargs: Any) -> Any:
        if not any(access_of(request.user).can_somewhere(each) for each in LOOKS):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inner


def rows(request: PortalRequest) -> QuerySet[Image]:
    """Pictures this person sees, with what a list shows of each."""
    return shelves.visible_to(request.user).select_related("group", "folder", "brand", "cut_from")


def visible(request: PortalRequest, pk: int) -> Image:
    """404 for a picture of another group or brand."""
    return get_object_or_404(rows(request), pk=pk)


def managed(request: PortalRequest, pk: int) -> Image:
    """As above, and 403 for who does not keep its shelf."""
    image = visible(request, pk)
    if not shelves.may_manage(request.user, image.group):
        raise PermissionDenied
    return image


def group_asked(request: PortalRequest) -> Group | None:
    """The group that the request is for; None for the brand. 404 for one this person does not see."""
    asked = request.POST.get("group") or request.GET.get("group")
    if not asked:
        return None
    group: Group = get_object_or_404(Group.objects.visible_to(request.user), pk=number(asked))
    return group
