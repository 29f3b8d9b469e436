"""Who is shown a template: parts of the tree and tags, some of them taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from groups.models import Group, GroupQuerySet, GroupTag

if TYPE_CHECKING:
    from library.models import TemplateShare


#: A filter that says so, for an empty one vanishes in an “or” and under a “not”.
_EVERY = Q(pk__isnull=False)


class Rule(NamedTuple):
    """A share that need not be stored yet: a subtree by its path, or a tag by its id."""

    path: str = ""
    tag_id: int | None = None
    excludes: bool = False

    @classmethod
    def of(cls, share: TemplateShare) -> Rule:
        """`share` with its node loaded."""
        return cls(share.node.path if share.node else "", share.tag_id, share.excludes)

    def covers(self) -> Q:
        """A filter on groups."""
        if self.tag_id is None:
            return Q(path__startswith=self.path)
        return Q(pk__in=GroupTag.objects.filter(tag_id=self.tag_id).values("group_id"))


def covered(rules: Iterable[Rule]) -> Q:
    """A filter on groups: those that see a template with these rules. Without any rule, all."""
    rules = tuple(rules)
    included = [rule.covers() for rule in rules if not rule.excludes]
    seen = _any(included) if included else _EVERY
    excluded = [rule.covers() for rule in rules if rule.excludes]
    return seen & ~_any(excluded)


def groups_shown(rules: Iterable[Rule]) -> GroupQuerySet:
    """The groups that send and are shown a template with these rules."""
    rows: GroupQuerySet = Group.objects.locations().filter(covered(rules))
    return rows


def counts(rules: Mapping[int, Sequence[Rule]]) -> dict[int, int]:
    """How many groups see each template, by its id: one query, however many templates."""
    asked = {f"n{pk}": Count("pk", filter=covered(each)) for pk, each in rules.items() if each}
    asked["all"] = Count("pk")
    found = Group.objects.locations().aggregate(**asked)
    return {pk: found[f"n{pk}"] if each else found["all"] for pk, each in rules.items()}


def shown_to(group: Group) -> Q:
    """A filter on templates: those shown to this group."""
    from library.models import TemplateShare

    nodes = [*group.ancestor_ids, group.pk]
    tags = GroupTag.objects.filter(group=group).values("tag_id")
    shares = TemplateShare.objects.filter(template=OuterRef("pk"))
    here = shares.filter(Q(node_id__in=nodes) | Q(tag_id__in=tags))
    wanted = ~Exists(shares.filter(excludes=False)) | Exists(here.filter(excludes=False))
    return Q(wanted) & Q(~Exists(here.filter(excludes=True)))


def in_season() -> Q:
    """A filter on templates: neither archived, nor before or after the time they are valid."""
    now = timezone.now()
    begun = Q(valid_from=None) | Q(valid_from__lte=now)
    return Q(archived_at=None) & begun & (Q(valid_until=None) | Q(valid_until__gt=now))


def _any(filters: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for each in filters:
        found |= each
    return found
