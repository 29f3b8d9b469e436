"""Which campaigns there are: whose, about what, when, and how each of them ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from accounts.models import User
from audiences.models import Segment
from groups.models import Group
from smartersends.seed import profiles, stable
from smartersends.seed.brands import DemoBrand
from smartersends.seed.cast import Cast
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


#: Went out.
SENT = (Story.SENT, Story.SENT_AFTER_APPROVAL, Story.SENT_AFTER_CHANGES)
#: Has its time behind it.
PAST = (*SENT, Story.REFUSED)
#: Were handed in by somebody who may not send.
HANDED_IN = (
    Story.SENT_AFTER_APPROVAL, Story.SENT_AFTER_CHANGES, Story.RETURNED, Story.IN_REVIEW, Story.APPROVED,
)  # fmt: skip
#: Of a hundred campaigns so many ended otherwise than by going out; the rest was sent.
_OF_A_HUNDRED = {
    Story.REFUSED: 2, Story.DRAFT: 8, Story.RETURNED: 1, Story.IN_REVIEW: 3, Story.APPROVED: 2, Story.SCHEDULED: 4,
}  # fmt: skip
_DAYS = 60
_HOURS = (9, 10, 11, 12, 15, 16, 17, 18)
_OFFICE_OPENS, _OFFICE_CLOSES = 8, 12
_BY_PEOPLE_OF_THE_DEMO = 0.45
_WITH_SEGMENT = 0.35


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
        yield SENT[2] if number % 12 == 0 else SENT[1] if number % 4 == 0 else SENT[0]


class _Maker:
    """Draws groups, ideas and times, and never the same campaign twice."""

    def __init__(self, demo: DemoBrand, now: datetime) -> None:
        self.now, self.ideas, self.cast = now, ideas(demo.slug), Cast.read()
        active = _active(demo)
        self.homes = [group for group in self.cast.homes() if group.is_active] or active
        self.composed = [group for group in self.cast.homes(of_composers=True) if group.is_active] or active
        self.others = active
        self.segments = list(
            Segment.objects.filter(grants__group__parent__isnull=True).order_by("segment_id")
        )
        self.names: set[str] = set()
        self.taken: set[tuple[int, date]] = set()

    def plan(self, story: Story, dice: Random) -> Plan:
        group = self._group(story, dice)
        idea = dice.choice(self.ideas)
        planned_at = self._planned_at(story, group, dice)
        author = self.cast.composer(group) if story in HANDED_IN else self.cast.sender(group, dice)
        return Plan(
            story=story,
            group=group,
            idea=idea,
            name=self._name(idea, group, planned_at),
            author=author,
            approver=self.cast.approver(group, author),
            segment=dice.choice(self.segments) if self.segments and dice.random() < _WITH_SEGMENT else None,
            created_at=self._created_at(story, group, planned_at, dice),
            planned_at=planned_at,
        )

    def _group(self, story: Story, dice: Random) -> Group:
        if story in HANDED_IN:
            return dice.choice(self.composed)
        return dice.choice(self.homes if dice.random() < _BY_PEOPLE_OF_THE_DEMO else self.others)

    def _planned_at(self, story: Story, group: Group, dice: Random) -> datetime:
        """A quarter of an hour in the group's day; a group does not write twice on one day."""
        for _try in range(50):
            at = self._some_time(story, group, dice)
            taken = (group.pk, at.astimezone(zone(group)).date())
            if taken not in self.taken:
                break
        self.taken.add(taken)
        return at

    def _some_time(self, story: Story, group: Group, dice: Random) -> datetime:
        days = -dice.uniform(0.6, _DAYS) if story in PAST else dice.uniform(2, 13)
        day = (self.now + timedelta(days=days)).astimezone(zone(group)).date()
        hour = time(dice.choice(_HOURS), dice.choice((0, 15, 30, 45)))
        at = datetime.combine(day, hour, tzinfo=zone(group)).astimezone(UTC)
        return at - timedelta(days=1) if story in PAST and at > self.now - timedelta(hours=2) else at

    def _created_at(self, story: Story, group: Group, planned_at: datetime, dice: Random) -> datetime:
        """A morning some days before it goes; what is not yet decided was begun in the last days."""
        end = planned_at if story in PAST else self.now
        day = (end - timedelta(days=dice.randint(1, 4))).astimezone(zone(group)).date()
        at = time(dice.randrange(_OFFICE_OPENS, _OFFICE_CLOSES), dice.randrange(60), dice.randrange(60))
        return datetime.combine(day, at, tzinfo=zone(group)).astimezone(UTC)

    def _name(self, idea: Idea, group: Group, planned_at: datetime) -> str:
        local = planned_at.astimezone(zone(group))
        plain, day = f"{idea.name}, {group.city or group.name}", f"{local.day} {local:%B}"
        names = [plain, f"{plain}, {local:%B}", f"{plain}, {day}", f"{idea.name}, {group.name}, {day}"]
        name = next((each for each in names if each not in self.names), names[-1])
        self.names.add(name)
        return name[:120]


def _active(demo: DemoBrand) -> list[Group]:
    """The groups that write at all: some of those with more customers than most."""
    groups = {
        group.code: group
        for group in Group.objects.locations().exclude(message_variation_id="").order_by("code")
    }
    sizes = profiles.counts(demo, tuple(groups))
    large = sorted(groups, key=lambda code: -sizes.get(code, 0))[: max(demo.campaigns * 3 // 4, 1)]
    chosen = stable.dice(demo.slug, "active").sample(large, k=max(len(large) * 2 // 3, 1))
    return [groups[code] for code in chosen]
