"""What hangs on a template: campaigns that are not out yet, counted by version and by how far they have come.

Two counting queries over an index that holds just those campaigns, however many were sent before; and a list in pages by id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from campaigns.models import Campaign
from groups.access import access_of
from library.models import Template, TemplateVersion

Status = Campaign.Status
#: Not out yet, so a change may concern them. As the condition of the index campaigns_on_version.
LIVE = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.SCHEDULED)


@dataclass(frozen=True)
class Counts:
    """Campaigns by status, and how many groups they are of."""

    by_status: dict[str, int] = field(default_factory=dict)
    groups: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_status.values())

    @property
    def drafts(self) -> int:
        return self.by_status.get(Status.DRAFT, 0)

    @property
    def in_review(self) -> int:
        return self.by_status.get(Status.IN_REVIEW, 0)

    @property
    def approved(self) -> int:
        return self.by_status.get(Status.APPROVED, 0)

    @property
    def scheduled(self) -> int:
        return self.by_status.get(Status.SCHEDULED, 0)

    @property
    def decided(self) -> int:
        """What somebody has approved or scheduled."""
        return self.approved + self.scheduled


@dataclass(frozen=True)
class Impact:
    """Of a whole template, of each of its versions, and of all that are not the published one."""

    whole: Counts
    outdated: Counts
    by_version: dict[int, Counts]

    def of(self, version: TemplateVersion) -> Counts:
        return self.by_version.get(version.pk, Counts())


def impact_of(template: Template) -> Impact:
    """Four queries, whatever the number of campaigns."""
    current = template.current
    rows = live(template).order_by()
    outdated = Q() if current is None else ~Q(template_version=current.pk)
    groups = rows.aggregate(
        whole=Count("group", distinct=True), outdated=Count("group", distinct=True, filter=outdated)
    )
    of_version = dict(rows.values_list("template_version").annotate(Count("group", distinct=True)))
    by_version: dict[int, dict[str, int]] = {}
    for version, status, count in rows.values_list("template_version", "status").annotate(Count("pk")):
        by_version.setdefault(version, {})[status] = count
    behind = [counts for version, counts in by_version.items() if current is None or version != current.pk]
    return Impact(
        Counts(_summed(by_version.values()), groups["whole"]),
        Counts(_summed(behind), groups["outdated"]),
        {version: Counts(counts, of_version[version]) for version, counts in by_version.items()},
    )


def live(template: Template) -> QuerySet[Campaign]:
    """Campaigns of the template that are not out yet."""
    versions = list(TemplateVersion.objects.filter(template=template).order_by().values_list("pk", flat=True))
    rows: QuerySet[Campaign] = Campaign.objects.filter(template_version__in=versions, status__in=LIVE)
    return rows


def outdated(template: Template) -> QuerySet[Campaign]:
    """Those that are not on the version that is published."""
    current = template.current
    return live(template) if current is None else live(template).exclude(template_version=current)


def listed(rows: QuerySet[Campaign], person: User) -> QuerySet[Campaign]:
    """Those of them that this person may open, newest first, with what a list shows of each."""
    seen = rows.filter(access_of(person).within("group__path"))
    return seen.select_related("group", "template_version", "created_by", "dispatch").order_by("-pk")


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)
