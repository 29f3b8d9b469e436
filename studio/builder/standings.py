"""How a template stands, in a word: for the list and for its own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from library import sharing
from library.models import Template, TemplateShare, TemplateVersion
from library.sharing import Rule


@dataclass(frozen=True)
class Standing:
    """A template with what the list says of it."""

    template: Template
    versions: list[TemplateVersion]
    rules: list[Rule]
    shares: list[TemplateShare]
    shown_to: int

    @property
    def published(self) -> TemplateVersion | None:
        return self._first(TemplateVersion.State.PUBLISHED)

    @property
    def draft(self) -> TemplateVersion | None:
        return self._first(TemplateVersion.State.DRAFT)

    def _first(self, state: str) -> TemplateVersion | None:
        return next((version for version in self.versions if version.state == state), None)

    @property
    def state(self) -> str:
        """archived, ended, early, published, retired or draft."""
        now: datetime = timezone.now()
        if self.template.archived_at:
            return "archived"
        if self.published is None:
            return "retired" if any(version.published_at for version in self.versions) else "draft"
        if self.template.valid_until and self.template.valid_until <= now:
            return "ended"
        return "early" if self.template.valid_from and self.template.valid_from > now else "published"


def standings(templates: list[Template]) -> list[Standing]:
    """Three queries, however many templates."""
    pks = [template.pk for template in templates]
    versions = TemplateVersion.objects.filter(template__in=pks).defer("spec")
    shares = (
        TemplateShare.objects.filter(template__in=pks)
        .select_related("node", "tag")
        .order_by("excludes", "pk")
    )
    by_version: dict[int, list[TemplateVersion]] = {pk: [] for pk in pks}
    by_share: dict[int, list[TemplateShare]] = {pk: [] for pk in pks}
    for version in versions:
        by_version[version.template_id].append(version)
    for share in shares:
        by_share[share.template_id].append(share)
    rules = {pk: [Rule.of(share) for share in by_share[pk]] for pk in pks}
    counts = sharing.counts(rules) if pks else {}
    return [
        Standing(each, by_version[each.pk], rules[each.pk], by_share[each.pk], counts[each.pk])
        for each in templates
    ]
