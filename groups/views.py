from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from groups import profile
from groups.http import PortalRequest, words
from groups.models import Group

OFFERED = 12


@require_safe
def group(request: PortalRequest, pk: int) -> HttpResponse:
    """What this group's mails say about it, and from which node each value comes."""
    found = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
    people = (
        found.memberships.select_related("person", "role")
        .filter(person__is_active=True)
        .order_by("person__name")
    )
    context = {
        "group": found,
        "profile": profile.entries(found),
        "above": found.chain()[:0:-1],
        "people": people[:20],
    }
    return render(request, "groups/profile.html", context)


@require_safe
def choose(request: PortalRequest) -> HttpResponse:
    """The group switch: the first dozen of the person's groups that match what is typed."""
    q = words(request.GET.get("q"))[:80]
    groups = Group.objects.visible_to(request.user).locations()
    if q:
        groups = groups.filter(
            Q(name__icontains=q) | Q(city__icontains=q) | Q(postcode__istartswith=q) | Q(code__iexact=q)
        )
    found = list(groups[: OFFERED + 1])
    return render(request, "groups/choices.html", {"groups": found[:OFFERED], "more": len(found) > OFFERED})
