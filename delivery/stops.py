"""Kill switches: for the installation, a brand, a template, or a group and all below it.

A stop is looked up at every claim, so it holds from the moment it is committed. What Braze has already is taken back,
soonest first; it waits here and goes on when the stop is lifted, as far as its time has not passed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from branding.scope import across_brands, brand_scope, current_brand_id
from delivery.errors import DeliveryError
from delivery.models import Dispatch, InstallationStop, Stop
from delivery.nudges import nudge
from groups.models import Group
from library.models import Template

State = Dispatch.State
Scope = Stop.Scope


@dataclass(frozen=True)
class Stops:
    """The stops that hold for the brand in scope at this moment."""

    installation: InstallationStop | None
    own: tuple[Stop, ...]

    def __bool__(self) -> bool:
        return self.installation is not None or bool(self.own)

    @property
    def covers_all(self) -> bool:
        return self.installation is not None or any(stop.scope == Scope.BRAND for stop in self.own)

    def rows(self) -> Q:
        """The dispatches that are covered."""
        if self.covers_all:
            return Q()
        found = Q(pk__in=[])
        for stop in self.own:
            if stop.template_id:
                found |= Q(template_id=stop.template_id)
            elif stop.group:
                found |= Q(group__path__startswith=stop.group.path)
        return found

    def over(self, dispatch: Dispatch) -> Stop | InstallationStop | None:
        """The stop that covers this dispatch, the widest first."""
        if self.installation:
            return self.installation
        return next((stop for stop in self.own if _covers(stop, dispatch)), None)


def _covers(stop: Stop, dispatch: Dispatch) -> bool:
    if stop.scope == Scope.BRAND:
        return True
    if stop.scope == Scope.TEMPLATE:
        return stop.template_id == dispatch.template_id
    return stop.group is not None and dispatch.group.path.startswith(stop.group.path)


def active() -> Stops:
    own = Stop.objects.filter(lifted_at__isnull=True).select_related("group", "template")
    return Stops(
        InstallationStop.objects.filter(lifted_at__isnull=True).first(), tuple(own.order_by("scope"))
    )


# What people do


@transaction.atomic
def stop_brand(*, because: str, by: User) -> Stop:
    """Everything of the brand in scope."""
    return _stop(Stop(scope=Scope.BRAND), because, by)


@transaction.atomic
def stop_template(template: Template, *, because: str, by: User) -> Stop:
    return _stop(Stop(scope=Scope.TEMPLATE, template=template), because, by)


@transaction.atomic
def stop_group(group: Group, *, because: str, by: User) -> Stop:
    """This group and all below it."""
    return _stop(Stop(scope=Scope.GROUP, group=group), because, by)


def _stop(stop: Stop, because: str, by: User) -> Stop:
    reason = because.strip()
    if not reason:
        raise DeliveryError(_("Say why: everybody whose campaigns wait will read it."))
    same = Stop.objects.filter(
        lifted_at__isnull=True, scope=stop.scope, template=stop.template, group=stop.group
    ).first()
    if same:
        return same
    stop.because, stop.stopped_by = reason[:300], str(by)
    stop.save()
    audit.record(audit.Action.SENDING_STOPPED, by=by, target=str(stop), note=reason)
    take_back()
    return stop


@transaction.atomic
def lift(stop: Stop, *, by: User) -> None:
    """What waits goes on, as far as its time has not passed."""
    rows = Stop.objects.filter(pk=stop.pk, lifted_at__isnull=True)
    if rows.update(lifted_at=timezone.now(), lifted_by=str(by)):
        audit.record(audit.Action.SENDING_RESUMED, by=by, target=str(stop))
        nudge(stop.brand_id)


def stop_installation(*, because: str, by: User | str) -> InstallationStop:
    """Every brand. For ops; it holds at once, and each brand's schedules are taken back by the next sweep at the latest."""
    if not because.strip():
        raise DeliveryError(_("Say why: everybody whose campaigns wait will read it."))
    stop, _is_new = InstallationStop.objects.get_or_create(
        lifted_at=None, defaults={"because": because.strip()[:300], "stopped_by": str(by)}
    )
    for brand_id in _brands_with_schedules():
        with brand_scope(brand_id):
            take_back()
    return stop


def lift_installation(*, by: User | str) -> None:
    InstallationStop.objects.filter(lifted_at__isnull=True).update(
        lifted_at=timezone.now(), lifted_by=str(by)
    )


def _brands_with_schedules() -> list[int]:
    with across_brands("stop the installation"):
        rows = Dispatch.objects.filter(state__in=[State.SCHEDULED, State.CHANGING])
        return list(rows.order_by().values_list("brand_id", flat=True).distinct())


@transaction.atomic
def take_back() -> int:
    """Turn what Braze has and a stop covers into work for the next claim. Returns how many."""
    stops = active()
    if not stops:
        return 0
    now = timezone.now()
    at_braze = Dispatch.objects.filter(
        stops.rows(), state__in=[State.SCHEDULED, State.CHANGING], booked_for__gt=now
    )
    # A subquery, since a filter over the group joins, and an update cannot.
    count = Dispatch.objects.filter(pk__in=at_braze.values("pk")).update(
        state=State.RECALLING, not_before=now
    )
    if count:
        nudge(current_brand_id())
    return count
