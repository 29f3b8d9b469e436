"""What the pages of versions are about, and the campaigns that hang on them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from groups.http import requires
from library.models import Template, TemplateVersion

managing = requires(Permission.MANAGE_TEMPLATES)


def version_of(pk: int) -> TemplateVersion:
    """Of the brand in scope; who may manage templates may manage all of the brand's."""
    rows = TemplateVersion.objects.select_related("template", "published_by", "created_by", "based_on")
    found: TemplateVersion = get_object_or_404(rows, pk=pk)
    return found


def versions_of(template: Template) -> list[TemplateVersion]:
    """Newest first, without what they are made of."""
    rows = TemplateVersion.objects.filter(template=template).defer("spec")
    return list(rows.select_related("published_by", "created_by", "based_on"))
