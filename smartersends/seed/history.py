"""Sixty days of campaigns, their numbers in the portal, and the same numbers in the sandbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from campaigns import services
from campaigns.models import Campaign
from delivery.models import Dispatch
from groups.models import Group
from insights.models import DayNumbers, Metrics, Numbers, Poll
from library.models import TemplateVersion
from smartersends.seed import curves, profiles, stable
from smartersends.seed.brands import DemoBrand
from smartersends.seed.plans import SENT, Plan, Story, plans
from smartersends.seed.records import Book
from workspace.models import Workspace

#: Braze forgets a send after this; what is older is history that no poll changes any more.
KEPT = timedelta(days=14)
#: How many of a group's customers a chosen segment leaves, by and large.
_IN_SEGMENT = (0.3, 0.6)


def install(demo: DemoBrand, workspace: Workspace) -> list[tuple[Plan, Campaign]]:
    """All campaigns of a brand that has none yet, with those that are still to be scheduled as drafts."""
    if Campaign.objects.exists():
        return []
    now = timezone.now()
    published = TemplateVersion.objects.filter(state=TemplateVersion.State.PUBLISHED).select_related(
        "template"
    )
    book = Book(workspace, now, {version.template.slug: version for version in published})
    made = [(plan, book.add(plan)) for plan in plans(demo, now)]
    codes = tuple(Group.objects.locations().order_by("code").values_list("code", flat=True))
    reach = profiles.counts(demo, codes)
    for plan, campaign in made:
        if plan.story in SENT and campaign.dispatch is not None:
            _count(demo, book, plan, campaign.dispatch, reach.get(plan.group.code, 0))
    _polls(book)
    book.write()
    return made


def _count(demo: DemoBrand, book: Book, plan: Plan, dispatch: Dispatch, customers: int) -> None:
    """Numbers of one mailing as far as they would be in by now."""
    dice = stable.dice(demo.slug, "numbers", plan.name)
    reached = customers * (0.92 - dice.uniform(0, 0.04)) * (dice.uniform(*_IN_SEGMENT) if plan.segment else 1)
    quality = plan.idea.appeal * stable.dice(demo.slug, "quality", plan.group.code).gauss(1, 0.17)
    whole = curves.totals(int(reached), quality=quality, dice=dice)
    days = curves.by_day(whole, plan.planned_at, book.now, dice)
    fetched_at = min(plan.planned_at + KEPT, book.now - timedelta(minutes=dice.randint(3, 50)))
    book.days += [
        DayNumbers(dispatch=dispatch, day=day, fetched_at=fetched_at, **counts)
        for day, counts in days.items()
    ]
    totals = {name: sum(counts[name] for counts in days.values()) for name in Metrics.NAMES}
    book.numbers.append(Numbers(dispatch=dispatch, fetched_at=fetched_at, **totals))


def _polls(book: Book) -> None:
    """Recent send ids are asked for again within minutes; old ones never."""
    for value, send_id in book.send_ids.items():
        fetched_at = book.now - timedelta(minutes=stable.dice("poll", value).randint(3, 30))
        book.polls.append(
            Poll(send_id=send_id, fetched_at=fetched_at, due_at=book.now + timedelta(minutes=2))
        )


def sends(now: datetime) -> list[dict[str, Any]]:
    """For the sandbox: what Braze would still know, number for number as the portal has it.

    A hand-over whose outcome is unknown is among them without numbers, as one that Braze never took.
    """
    told = (Dispatch.State.DONE, Dispatch.State.UNKNOWN)
    recent = Dispatch.objects.filter(planned_at__gt=now - KEPT, send_id__isnull=False, state__in=told)
    return [
        _send(dispatch)
        for dispatch in recent.select_related("send_id").prefetch_related("days").order_by("pk")
    ]


def _send(dispatch: Dispatch) -> dict[str, Any]:
    return {
        "campaign_id": dispatch.send_id.campaign_id if dispatch.send_id else "",
        "send_id": dispatch.send_id.value if dispatch.send_id else "",
        "variation_id": dispatch.variation_id,
        "days": [_day(day) for day in dispatch.days.all()],
    }


def _day(day: DayNumbers) -> dict[str, Any]:
    return {"time": day.day.isoformat(), **{name: getattr(day, name) or 0 for name in Metrics.NAMES}}


def schedule(made: list[tuple[Plan, Campaign]]) -> int:
    """Really promise what is planned, so that the worker hands it to the sandbox."""
    waiting = [(plan, campaign) for plan, campaign in made if plan.story == Story.SCHEDULED]
    for plan, campaign in waiting:
        services.schedule(campaign, by=plan.author)
    return len(waiting)
