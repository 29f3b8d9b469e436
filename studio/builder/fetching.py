"""What the builder's pages are about: the template, the brand's modules, and the group that a preview is for."""

from __future__ import annotations

from collections.abc import Iterable

from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from groups.http import PortalRequest, number, requires
from groups.models import Group, GroupQuerySet
from library.engine import ModuleSpec, TemplateSpec
from library.models import ModuleVersion, Template

managing = requires(Permission.MANAGE_TEMPLATES)
#: Where the session remembers for which group a person looks at drafts.
_GROUP = "studio.group"


def template_of(pk: int) -> Template:
    """Of the brand in scope; who may manage templates may manage all of the brand's."""
    found: Template = get_object_or_404(Template, pk=pk)
    return found


def newest_modules() -> list[ModuleVersion]:
    """Each module that is not archived, in its latest version, by name."""
    rows = ModuleVersion.objects.filter(module__archived_at=None).select_related("module")
    latest = rows.order_by("module_id", "-number").distinct("module_id")
    return sorted(latest, key=lambda version: version.module.name.casefold())


def module_spec(pk: int | None) -> ModuleSpec:
    """Of the module with this id, as it was published last; 404 for one that is gone or archived."""
    rows = ModuleVersion.objects.filter(module__archived_at=None, module_id=pk or 0)
    version = get_object_or_404(rows.order_by("-number")[:1])
    return ModuleSpec.model_validate(version.spec)


def newer_modules(spec: TemplateSpec, newest: Iterable[ModuleVersion]) -> dict[str, ModuleSpec]:
    """By slug, those the spec holds in another state than they were published in last."""
    latest = {row.module.slug: row for row in newest}
    specs = {slug: ModuleSpec.model_validate(latest[slug].spec) for slug in spec.modules if slug in latest}
    return {slug: each for slug, each in specs.items() if each != spec.modules[slug]}


def places(request: PortalRequest) -> GroupQuerySet:
    rows: GroupQuerySet = Group.objects.visible_to(request.user).locations()
    return rows


def preview_group(request: PortalRequest) -> Group | None:
    """The group named by ?group=…, else the one looked at last, else the first; None where none sends."""
    rows = places(request)
    wanted = number(request.GET.get("group"))
    if wanted is not None:
        chosen: Group = get_object_or_404(rows, pk=wanted)
        if request.session.get(_GROUP) != chosen.pk:
            request.session[_GROUP] = chosen.pk
        return chosen
    return rows.filter(pk=request.session.get(_GROUP) or 0).first() or rows.first()
