from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission
from groups.access import access_of
from groups.models import Group


def person(request: HttpRequest) -> dict[str, Any]:
    """`can.<permission>` for menus: whether it is held anywhere. Rows are checked where they are fetched.

    `only_place` is the group of somebody who has just one; with more there is a switch to search them.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "brand", None) is None:
        return {}
    access = access_of(user)
    places = list(Group.objects.visible_to(user).locations().order_by("pk")[:2])
    return {
        "can": {permission.value: access.can_somewhere(permission) for permission in Permission},
        "only_place": places[0] if len(places) == 1 else None,
        "has_places": len(places) > 1,
    }
