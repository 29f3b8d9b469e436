"""What the pages of modules share: who may enter, which module, and for which group it is shown."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from groups.http import PortalRequest, requires, words
from groups.models import Group
from library import engine
from library.context import context_for
from library.models import Module, ModuleVersion

_BARE = "bare"
managing = requires(Permission.MANAGE_TEMPLATES)


def module_at(pk: int) -> Module:
    return get_object_or_404(Module.objects.all(), pk=pk)


def version_at(module: Module, number: int) -> ModuleVersion:
    return get_object_or_404(module.versions.all(), number=number)


def context_of(group: Group) -> engine.RenderContext:
    """Look, identity and profile, without the pictures, of which there may be thousands."""
    return context_for(group, engine.TemplateSpec(name=_BARE))


def group_for(request: PortalRequest) -> Group:
    """The group of ?group=…, by its code, or the first that sends; a brand with none is shown as itself."""
    groups: Any = Group.objects.visible_to(request.user)
    code = words(request.GET.get("group"))
    chosen = groups.filter(code__iexact=code).first() if code else None
    found: Group | None = chosen or groups.locations().first() or groups.first()
    if found is None:
        raise Http404
    return found
