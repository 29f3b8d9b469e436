"""Which campaigns there are: whose, about what, when, and how each of them ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from accounts.models import User
from accounts.permissions import Permission
from audiences.models import Segment
from groups.models import Group, Membership
from smartersends.seed import stable
from smartersends.seed.brands import DemoBrand
from smartersends.seed.wording import Idea, ideas


class Story(StrEnum):
    """How a campaign came to where it stands."""

    SENT = "sent"
    SENT_AFTER_APPROVAL = "sent_after_approval"
    SENT_AFTER_CHANGES = "sent_after_changes"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    DRAFT = "draft"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"


#: What went to Braze, or was meant to, and has its time behind it.
PAST = (Story.SENT, Story.SENT_AFTER_APPROVAL, Story.SENT_AFTER_CHANGES, Story.REFUSED)
#: Of a hundred campaigns so many ended otherwise than by going out; the rest was sent.
_OF_A_HUNDRED = {
    Story.REFUSED: 2, Story.DRAFT: 8, Story.RETURNED: 1, Story.IN_REVIEW: 3, Story.APPROVED: 2, Story.SCHEDULED: 4,
}  # fmt: skip
_DAYS = 60
_HOURS = (9, 10, 11, 12, 15, 16, 17, 18)


@dataclass(frozen=True)
class Plan:
    """One campaign. `planned_at` is when it went, goes or was meant to go out; author and approver are different."""

    story: Story
    group: Group
    idea: Idea
    name: str
    author: User
    approver: User
    segment: Segment | None
    created_at: datetime
    planned_at: datetime

    @property
    def local(self) -> datetime:
        return self.planned_at.astimezone(zone(self.group))


def zone(group: Group) -> ZoneInfo:
    return ZoneInfo(group.time_zone or "UTC")


@dataclass(frozen=True)
class _Cast:
    """Who writes and who approves where."""

    holders: Sequence[tuple[str, User, frozenset[str]]]

    def _holding(self, permission: str, group: Group) -> list[User]:
        """Nearest first: the people of the group itself before those of the nodes above."""
        found = [
            (len(path), user.pk, user)
            for path, user, held in self.holders
            if group.path.startswith(path) and permission in held
        ]
        return [user for _length, _pk, user in sorted(found, key=lambda each: (-each[0], each[1]))]

    def author(self, group: Group, story: Story, dice: Random) -> User:
        """Direct sends are by people who may; what was handed in is by those nearest, composers if there are any."""
        free = self._holding(Permission.SEND_WITHOUT_APPROVAL, group)
        if story in (Story.SENT, Story.REFUSED, Story.UNKNOWN, Story.CANCELLED, Story.SCHEDULED):
            return free[0] if len(free) == 1 or dice.random() < 0.8 else free[1]  # noqa: PLR2004
        writers = self._holding(Permission.CREATE_CAMPAIGNS, group)
        return next((writer for writer in writers if writer not in free), writers[0])

    def approver(self, group: Group, author: User) -> User:
        return next(user for user in self._holding(Permission.APPROVE, group) if user != author)


def plans(demo: DemoBrand, now: datetime) -> list[Plan]:
    """All campaigns of a brand in the order in which they were begun."""
    dice, maker = stable.dice(demo.slug, "campaigns"), _Maker(demo, now)
    stories = list(_stories(demo.campaigns))
    dice.shuffle(stories)
    made = [maker.plan(story, dice) for story in stories]
    return sorted(made, key=lambda plan: (plan.created_at, plan.name))


def _stories(count: int) -> Iterator[Story]:
    yield from (Story.UNKNOWN, Story.CANCELLED)
    others = {story: max(1, round(count * share / 100)) for story, share in _OF_A_HUNDRED.items()}
    for story, number in others.items():
        yield from [story] * number
    for number in range(count - 2 - sum(others.values())):
        yield (
            Story.SENT_AFTER_CHANGES
            if number % 12 == 0
            else Story.SENT_AFTER_APPROVAL
            if number % 4 == 0
            else Story.SENT
        )


class _Maker:
    """Draws groups, ideas and times, and never the same campaign twice."""

    def __init__(self, demo: DemoBrand, now: datetime) -> None:
        self.now, self.ideas = now, ideas(demo.slug)
        rows = Membership.objects.select_related("person", "group", "role")
        self.cast = _Cast(
            [(row.group.path, row.person, frozenset(row.role.permissions)) for row in rows.order_by("pk")]
        )
        locations = list(Group.objects.locations().exclude(message_variation_id="").order_by("code"))
        homes = {row.group.pk for row in rows if row.group.kind == Group.Kind.LOCATION}
        self.homes = [group for group in locations if group.pk in homes]
        self.others = stable.dice(demo.slug, "active").sample(
            locations, k=min(len(locations), demo.campaigns // 2)
        )
        composing = {
            row.group.pk
            for row in rows
            if Permission.SEND_WITHOUT_APPROVAL not in row.role.permissions
            and Permission.CREATE_CAMPAIGNS in row.role.permissions
        }
        self.composed = [group for group in self.homes if group.pk in composing] or self.homes or locations
        self.segments = list(
            Segment.objects.filter(grants__group__parent__isnull=True).order_by("segment_id")
        )
        self.names: set[str] = set()
        self.taken: set[tuple[int, object]] = set()

    def plan(self, story: Story, dice: Random) -> Plan:
        group = self._group(story, dice)
        idea = dice.choice(self.ideas)
        planned_at = self._planned_at(story, group, dice)
        author = self.cast.author(group, story, dice)
        return Plan(
            story=story,
            group=group,
            idea=idea,
            name=self._name(idea, group, planned_at, dice),
            author=author,
            approver=self.cast.approver(group, author),
            segment=dice.choice(self.segments) if self.segments and dice.random() < 0.35 else None,  # noqa: PLR2004
            created_at=self._created_at(story, planned_at, dice),
            planned_at=planned_at,
        )

    def _group(self, story: Story, dice: Random) -> Group:
        if story in (Story.IN_REVIEW, Story.APPROVED, Story.RETURNED, Story.SENT_AFTER_CHANGES):
            return dice.choice(self.composed)
        return dice.choice(self.homes if self.homes and dice.random() < 0.45 else self.others)  # noqa: PLR2004

    def _planned_at(self, story: Story, group: Group, dice: Random) -> datetime:
        """A quarter of an hour in the group's day; a group does not write twice on one day."""
        for _try in range(50):
            days = -dice.uniform(0.6, _DAYS) if story in PAST else dice.uniform(2, 13)
            day = (self.now + timedelta(days=days)).astimezone(zone(group)).date()
            if (group.pk, day) not in self.taken:
                break
        self.taken.add((group.pk, day))
        at = datetime.combine(
            day, time(dice.choice(_HOURS), dice.choice((0, 15, 30, 45))), tzinfo=zone(group)
        ).astimezone(UTC)
        return at - timedelta(days=1) if story in PAST and at > self.now - timedelta(hours=2) else at

    def _created_at(self, story: Story, planned_at: datetime, dice: Random) -> datetime:
        """Hours or days before it goes; what is not yet decided was begun in the last days."""
        if story in PAST:
            return planned_at - timedelta(hours=dice.uniform(20, 96))
        return self.now - timedelta(hours=dice.uniform(10, 100))

    def _name(self, idea: Idea, group: Group, planned_at: datetime, dice: Random) -> str:
        local = planned_at.astimezone(zone(group))
        plain = f"{idea.name}, {group.city or group.name}"
        names = [
            plain,
            f"{plain}, {local:%B}",
            f"{plain}, {local.day} {local:%B}",
            f"{idea.name}, {group.name}, {local.day} {local:%B}",
        ]
        name = next(
            (each for each in names if each not in self.names), f"{names[-1]} ({dice.randint(2, 99)})"
        )
        self.names.add(name)
        return name[:120]
