from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission
from groups.access import access_of


def person(request: HttpRequest) -> dict[str, Any]:
    """`can.<permission>` for menus: whether it is held anywhere. Rows are checked where they are fetched."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "brand", None) is None:
        return {}
    access = access_of(user)
    return {"can": {permission.value: access.can_somewhere(permission) for permission in Permission}}
