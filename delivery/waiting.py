"""Why something waits, and how long it still will: what people and ops read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branding.scope import current_brand_id
from delivery import pace, stops
from delivery.models import Dispatch
from workspace import buckets, governor
from workspace.governor import Budget, GovernorAway
from workspace.models import Workspace

State = Dispatch.State


@dataclass(frozen=True)
class Forecast:
    """How much is to go, and when that is done if it goes on like this."""

    to_go: int
    done_at: datetime | None
    because: str
    """Why it stands still; empty while it moves."""

    def __str__(self) -> str:
        if not self.to_go:
            return _("Everything is handed over.")
        count = ngettext("%(count)s to go", "%(count)s to go", self.to_go) % {"count": f"{self.to_go:,}"}
        if self.because:
            return f"{count}. {self.because}"
        if self.done_at is None:
            return _("%(count)s, starting now.") % {"count": count}
        at = timezone.localtime(self.done_at)
        return _("%(count)s, done about %(time)s.") % {"count": count, "time": f"{at:%H:%M}"}


def reason(dispatch: Dispatch) -> str:
    """What holds this one up, in words for the people of its group; empty while nothing does."""
    if dispatch.state not in Dispatch.WAITING:
        return ""
    if stop := stops.active().over(dispatch):
        return _("Sending is stopped: %(reason)s") % {"reason": stop.because}
    return _pause() or dispatch.waits_because or _window(_budget())


def forecast() -> Forecast:
    """For the brand in scope."""
    rows = Dispatch.objects.filter(state__in=Dispatch.WAITING)
    held_back = stops.active()
    stopped = (
        Dispatch.objects.filter(held_back.rows(), state__in=Dispatch.WAITING).count() if held_back else 0
    )
    to_go = rows.count()
    budget = _budget()
    if to_go and stopped == to_go:
        return Forecast(to_go, None, _("Sending is stopped."))
    if because := _pause():
        return Forecast(to_go, None, because)
    return Forecast(to_go, _done_at(to_go - stopped, pace.rate(current_brand_id() or 0), budget), "")


def _pause() -> str:
    row = Workspace.objects.filter(paused_until__gt=timezone.now()).first()
    return row.paused_because if row else ""


def _budget() -> Budget | None:
    row = Workspace.objects.first()
    try:
        return governor.budget(row.pk, buckets.POOL) if row else None
    except GovernorAway:
        return None


def _window(budget: Budget | None) -> str:
    if budget is None or budget.left or budget.resets_at is None:
        return ""
    return _("Braze's allowance is used up until %(time)s UTC.") % {"time": f"{budget.resets_at:%H:%M}"}


def _done_at(to_go: int, rate: float, budget: Budget | None) -> datetime | None:
    """At the pace of the last minutes, through as many of Braze's windows as it takes."""
    if not to_go or not rate or budget is None:
        return None
    at = timezone.now()
    left, ends = budget.left, budget.resets_at or at + timedelta(seconds=budget.bucket.seconds)
    while to_go > left:
        to_go, at = to_go - left, max(at + timedelta(seconds=left / rate), ends)
        left, ends = max(budget.limit, 1), at + timedelta(seconds=budget.bucket.seconds)
    return at + timedelta(seconds=to_go / rate)
