"""Times on a group's own clock, where some do not exist and some exist twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

#: How far ahead a send may be planned; beyond it a day is a slip of the hand, and calendars end at the year 9999.
HORIZON = timedelta(days=366)


class ImpossibleTime(ValueError):
    """The clock jumps over this time; the text says to when."""


class TwofoldTime(ValueError):
    """The clock shows this time twice; the person has to say which."""

    def __init__(self, message: str, earlier: datetime, later: datetime) -> None:
        self.earlier, self.later = earlier, later
        super().__init__(message)


def instant(local: datetime, zone: ZoneInfo, *, second: bool | None = None) -> datetime:
    """The moment at which the clock in `zone` shows `local` (no zone, minutes), in UTC.

    `second` chooses where the clock shows it twice: False the first, True the second time.
    """
    first, last = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == last:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != local:
        raise ImpossibleTime(_jump(local, zone, first, last))
    if second is None:
        raise TwofoldTime(_twice(local), first, last)
    return last if second else first


def _jump(local: datetime, zone: ZoneInfo, first: datetime, last: datetime) -> str:
    gap = abs(first - last)
    after = (local + gap).strftime("%H:%M")
    words = _(
        "On %(day)s the clocks in %(zone)s go forward and skip %(time)s. Choose %(after)s or another time."
    )
    return words % {"day": f"{local:%Y-%m-%d}", "zone": zone.key, "time": f"{local:%H:%M}", "after": after}


def _twice(local: datetime) -> str:
    words = _("The clocks go back on %(day)s, so %(time)s comes twice. Say which one you mean.")
    return words % {"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}


def next_full_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """A good first proposal: the next hour that begins at least 30 minutes from now, on the clock of `zone`."""
    soon = now.astimezone(zone) + timedelta(minutes=90)
    return soon.replace(minute=0, second=0, microsecond=0)


def future_instant(local: datetime, zone: ZoneInfo, *, second: bool | None = None) -> datetime:
    """As `instant`, and still to come; ImpossibleTime says what the clock in `zone` shows now."""
    found = instant(local, zone, second=second)
    now = timezone.now()
    if found <= now:
        words = _("This time has passed: in %(zone)s it is %(now)s now.")
        raise ImpossibleTime(words % {"zone": zone.key, "now": f"{now.astimezone(zone):%Y-%m-%d %H:%M}"})
    return found
