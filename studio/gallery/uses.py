"""Where a picture is used: templates, modules and campaigns, with what of it this person may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission
from campaigns.models import Campaign
from groups.access import access_of
from library.gallery import naming
from library.models import Image, Module, TemplateVersion

#: Campaigns that are named; more are counted.
NAMED = 25
_UNSENT = (
    Campaign.Status.DRAFT,
    Campaign.Status.IN_REVIEW,
    Campaign.Status.APPROVED,
    Campaign.Status.SCHEDULED,
)


@dataclass(frozen=True)
class Uses:
    """`hidden`: campaigns of groups that this person does not see."""

    versions: list[TemplateVersion]
    modules: list[Module]
    campaigns: list[Campaign]
    more: int
    hidden: int
    may_open_templates: bool

    @property
    def total(self) -> int:
        return len(self.versions) + len(self.modules) + len(self.campaigns) + self.more + self.hidden


def uses_of(image: Image, person: User) -> Uses:
    """Campaigns count that name it themselves, or whose template version has it in a place nobody fills."""
    slugs = naming.slugs_of(image)
    versions = list(naming.template_versions(slugs))
    using = Campaign.objects.filter(
        naming.naming("values", slugs) | Q(template_version__in=versions, status__in=_UNSENT)
    )
    seen = using.visible_to(person).select_related("group").order_by("-pk")
    every, visible = using.count(), seen.count()
    named = list(seen[:NAMED])
    return Uses(
        versions=[each for each in versions if each.state != TemplateVersion.State.RETIRED],
        modules=list(naming.modules(slugs)),
        campaigns=named,
        more=visible - len(named),
        hidden=every - visible,
        may_open_templates=access_of(person).can_somewhere(Permission.MANAGE_TEMPLATES),
    )


def is_used(image: Image) -> bool:
    slugs = naming.slugs_of(image)
    return (
        naming.template_versions(slugs).exists()
        or naming.modules(slugs).exists()
        or Campaign.objects.filter(naming.naming("values", slugs)).exists()
    )
