"""What is on its way to Braze, and who may stop what of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from accounts.models import User
from accounts.permissions import Permission
from delivery import queue, stops, waiting
from delivery.models import Dispatch, Stop
from delivery.waiting import Forecast
from groups.access import Access, access_of
from groups.models import Group, GroupQuerySet
from library.models import Template
from workspace.governor import Budget
from workspace.models import Workspace

State, Scope = Dispatch.State, Stop.Scope

#: Any of these lets somebody pull and lift a kill switch of the scope; for a group, held at that group.
MAY_STOP: Final[dict[str, tuple[Permission, ...]]] = {
    Scope.BRAND: (Permission.MANAGE_BRAND,),
    Scope.TEMPLATE: (Permission.MANAGE_BRAND,),
    Scope.GROUP: (Permission.MANAGE_BRAND, Permission.MANAGE_GROUPS, Permission.MANAGE_ROLLOUTS),
}


def may_stop(access: Access, scope: str) -> bool:
    """Somewhere; which groups, `nodes` says."""
    return any(access.can_somewhere(each) for each in MAY_STOP[scope])


def nodes(person: User) -> GroupQuerySet:
    """The groups, and nodes above groups, that this person may stop."""
    held = Q(pk__in=[])
    for permission in MAY_STOP[Scope.GROUP]:
        held |= access_of(person).within("path", permission)
    rows: GroupQuerySet = Group.objects.filter(held)
    return rows


def may_lift(person: User, stop: Stop) -> bool:
    access = access_of(person)
    if stop.group is None:
        return may_stop(access, stop.scope)
    return any(access.can(each, stop.group) for each in MAY_STOP[Scope.GROUP])


# What there is


@dataclass(frozen=True)
class Counts:
    """Campaigns by where they are."""

    waiting: int
    scheduled: int
    unknown: int


def counts(rows: Q | None = None) -> Counts:
    """Of the brand in scope, or of a part of it. Each question reads a partial index of its own."""
    found: dict[str, int] = {}
    for states in queue.UNDER_WAY:
        under_way = Dispatch.objects.filter(rows or Q(), state__in=states).order_by()
        found |= dict(under_way.values_list("state").annotate(n=Count("pk")))
    waits = sum(found.get(state, 0) for state in (*Dispatch.WAITING, State.CALLING))
    return Counts(waits, found.get(State.SCHEDULED, 0), found.get(State.UNKNOWN, 0))


@dataclass(frozen=True)
class Now:
    """What people who manage the brand watch. `budgets` is None while nobody knows them."""

    forecast: Forecast
    counts: Counts
    budgets: list[tuple[str, Budget]] | None

    @property
    def is_moving(self) -> bool:
        return bool(self.forecast.to_go)


def now() -> Now:
    return Now(waiting.forecast(), counts(), queue.budgets(Workspace.objects.first()))


# What can be stopped


@dataclass(frozen=True)
class Switch:
    """One thing that somebody is about to stop."""

    scope: str
    name: str
    covers: Q
    pull: Callable[..., Stop]

    @property
    def counts(self) -> Counts:
        return counts(self.covers)


def brand_switch() -> Switch:
    return Switch(Scope.BRAND, "", Q(), stops.stop_brand)


def template_switch(template: Template) -> Switch:
    return Switch(
        Scope.TEMPLATE,
        template.name,
        Q(template=template),
        lambda **said: stops.stop_template(template, **said),
    )


def group_switch(group: Group) -> Switch:
    return Switch(
        Scope.GROUP,
        group.name,
        Q(group__path__startswith=group.path),
        lambda **said: stops.stop_group(group, **said),
    )
