from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from groups import profile
from groups.http import PortalRequest
from groups.models import Group


@require_safe
def group(request: PortalRequest, pk: int) -> HttpResponse:
    """What this group's mails say about it, and from which node each value comes."""
    found = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
    entries = [
        {"label": Group._meta.get_field(name).verbose_name, "entry": entry}  # type: ignore[union-attr]
        for name, entry in profile.entries(found).items()
    ]
    return render(
        request, "groups/profile.html", {"group": found, "entries": entries, "above": found.chain()[:0:-1]}
    )
