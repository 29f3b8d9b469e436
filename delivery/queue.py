"""What ops watch, across brands: how much waits where and how long, at what pace it goes, and what holds it up.

Every count reads a partial index over what is under way, however many rows have ended.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, Min, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from branding.models import Brand
from branding.scope import brand_scope
from delivery import pace, stops, waiting
from delivery.models import Dispatch, InstallationStop, Stop
from delivery.waiting import Forecast
from workspace import buckets, governor
from workspace.governor import Budget, GovernorAway
from workspace.models import Workspace

State = Dispatch.State

#: Each is covered by a partial index of its own.
UNDER_WAY = (
    tuple(Dispatch.WAITING),
    (State.CALLING,),
    (State.SCHEDULED, State.UNKNOWN),
)
SHOWN = tuple(state for states in UNDER_WAY for state in states)
#: For what is handed over, waiting begins with the promise; for what Braze has, when the wish for a change is due.
_SINCE = Case(When(state__in=Dispatch.AT_WORK, then=F("not_before")), default=F("created_at"))
_HANDED_OVER = Q(state__in=Dispatch.BEFORE_BRAZE)


def waiting_over(rows: QuerySet[Dispatch], age: timedelta) -> QuerySet[Dispatch]:
    """Those that have waited longer than `age`."""
    since = timezone.now() - age
    return rows.filter(
        Q(_HANDED_OVER, created_at__lt=since) | Q(state__in=Dispatch.AT_WORK, not_before__lt=since)
    )


@dataclass
class Line:
    """One brand. `budgets` is None while the governor's store is away; `oldest` is of what waits."""

    brand: Brand
    counts: dict[str, int] = field(default_factory=dict)
    oldest: datetime | None = None
    per_second: float = 0.0
    forecast: Forecast | None = None
    workspace: Workspace | None = None
    budgets: list[tuple[str, Budget]] | None = None
    stops: list[Stop] = field(default_factory=list)

    @property
    def cells(self) -> list[tuple[str, int]]:
        """State and count, for a table."""
        return [(state, self.counts.get(state, 0)) for state in SHOWN]

    @property
    def is_paused(self) -> bool:
        until = self.workspace.paused_until if self.workspace else None
        return until is not None and until > timezone.now()


def lines() -> list[Line]:
    """All active brands, those where something waits first. Asked across brands."""
    found = {brand.pk: Line(brand) for brand in Brand.objects.filter(is_active=True)}
    for states in UNDER_WAY:
        for brand_id, state, count, oldest in _counted(states):
            if line := found.get(brand_id):
                _count(line, state, count, oldest)
    for line in found.values():
        _fill(line)
    return sorted(found.values(), key=lambda line: (-_waits(line), line.brand.name))


def _counted(states: tuple[str, ...]) -> QuerySet[Dispatch, tuple[int, str, int, datetime]]:
    rows = Dispatch.objects.filter(state__in=states).order_by()
    return rows.values_list("brand_id", "state").annotate(n=Count("pk"), oldest=Min(_SINCE))


def _count(line: Line, state: str, count: int, oldest: datetime) -> None:
    line.counts[state] = count
    if state in {*Dispatch.WAITING, State.CALLING}:
        line.oldest = min(line.oldest or oldest, oldest)


def _waits(line: Line) -> int:
    return sum(line.counts.get(state, 0) for state in Dispatch.WAITING)


def _fill(line: Line) -> None:
    with brand_scope(line.brand.pk):
        line.workspace = Workspace.objects.first()
        line.stops = list(stops.active().own)
        line.forecast = waiting.forecast()
    line.per_second = pace.rate(line.brand.pk)
    line.budgets = budgets(line.workspace)


def budgets(workspace: Workspace | None) -> list[tuple[str, Budget]] | None:
    """Braze's windows of this workspace, each with its name for people; None while the governor's store is away."""
    names = {
        buckets.POOL: _("Calls this hour"),
        buckets.SEND_IDS: _("New send ids today"),
        buckets.EXPORT: _("Profiles looked at this minute"),
    }
    try:
        return (
            [(names[each], governor.budget(workspace.pk, each)) for each in buckets.SHOWN]
            if workspace
            else []
        )
    except GovernorAway:
        return None


def installation_stop() -> InstallationStop | None:
    return InstallationStop.objects.filter(lifted_at__isnull=True).first()
