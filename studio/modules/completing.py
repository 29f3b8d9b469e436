"""What the editor can offer while one types, asked of the engine; and groups to look at a module for."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from connection.views.pages import searched
from groups.http import PortalRequest
from groups.models import Group
from library.modules import naming
from library.modules.mjml import CHILDREN, ELEMENTS, TOP
from studio.modules.shared import context_of, group_for, managing

OFFERED = 12


@require_safe
@managing
def vocabulary(request: PortalRequest) -> JsonResponse:
    """By type of field and by surrounding what may follow its dot; tags of MJML with attributes and children."""
    offered = naming.offers(context_of(group_for(request)))
    tags = [
        {
            "name": name,
            "attributes": sorted(attributes),
            "children": CHILDREN.get(name, ()),
            "top": name in TOP,
        }
        for name, attributes in ELEMENTS.items()
    ]
    return JsonResponse({"types": offered.types, "surroundings": offered.surroundings, "tags": tags})


@require_safe
@managing
def groups(request: PortalRequest) -> HttpResponse:
    """The first dozen groups that match what is typed, as options of a list."""
    q = searched(request)
    found = Group.objects.visible_to(request.user).locations()
    if q:
        found = found.filter(Q(name__icontains=q) | Q(city__icontains=q) | Q(code__icontains=q))
    return render(request, "studio/modules/_groups.html", {"groups": found[:OFFERED]})
