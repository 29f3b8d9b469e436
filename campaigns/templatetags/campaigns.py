"""How pages write shares and places in time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import date
from django.utils import formats, timezone
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """0.4117 as "41.2 %"; empty while it is not known."""
    if share is None:
        return ""
    return _("%(number)s %%") % {"number": formats.number_format(share * 100, decimal_pos=1)}


@register.filter
def clock(moment: datetime | None, zone: ZoneInfo) -> str:
    """A moment on the clock of a zone: "Thu 26 Nov 2026, 09:30"."""
    return date(moment.astimezone(zone), "D j M Y, H:i") if moment else ""


@register.filter
def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """When something was measured, short: "10:42" today, else "22 Nov"."""
    if at is None:
        return ""
    local = at.astimezone(zone)
    return date(local, "H:i" if local.date() == timezone.now().astimezone(zone).date() else "j M")


@register.filter
def city(zone: ZoneInfo) -> str:
    """A zone as people call it: "London time" for Europe/London."""
    return _("%(city)s time") % {"city": zone.key.rsplit("/", 1)[-1].replace("_", " ")}
