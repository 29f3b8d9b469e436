"""Numbers of a mailing: totals that add up, spread over the days as such mailings are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TypeAlias

from insights.models import Metrics

Counts: TypeAlias = dict[str, int]

#: Share of the opens by day after the send.
_DECAY = (0.60, 0.20, 0.09, 0.05, 0.03, 0.02, 0.01)
_AT_ONCE = ("sent", "delivered", "bounces")
#: Braze answers with a row a day, zeros included, for as long as it keeps a send.
KEPT_DAYS = 14


def totals(sent: int, *, quality: float, dice: Random) -> Counts:
    """sent >= delivered >= unique opens >= unique clicks; opens count machines and second looks as well."""
    bounces = _share(sent, 0.012, dice)
    delivered = sent - bounces
    unique_opens = min(
        delivered, _share(delivered, min(0.36 * quality * dice.uniform(0.85, 1.15), 0.85), dice)
    )
    unique_clicks = min(
        unique_opens, _share(unique_opens, min(0.14 * quality * dice.uniform(0.7, 1.3), 0.6), dice)
    )
    opens = unique_opens + _share(unique_opens, 0.35, dice)
    return {
        "sent": sent,
        "delivered": delivered,
        "opens": opens,
        "unique_opens": unique_opens,
        "machine_open": min(opens, _share(unique_opens, 0.4, dice)),
        "clicks": unique_clicks + _share(unique_clicks, 0.25, dice),
        "unique_clicks": unique_clicks,
        "unsubscribes": min(delivered, _share(delivered, 0.003, dice)),
        "bounces": bounces,
        "reported_spam": min(delivered, _share(delivered, 0.0004, dice)),
    }


def by_day(whole: Counts, sent_at: datetime, until: datetime, dice: Random) -> dict[date, Counts]:
    """The totals day by day (UTC) from the send until `until`, what comes later left out; no day is missing."""
    first = sent_at.date()
    last = min(until.date(), first + timedelta(days=KEPT_DAYS - 1))
    days = {
        first + timedelta(days=step): dict.fromkeys(Metrics.NAMES, 0)
        for step in range((last - first).days + 1)
    }
    for name, steps in _steps(whole, dice).items():
        for step in steps:
            if (day := first + timedelta(days=step)) in days:
                days[day][name] += 1
    return days


def _steps(whole: Counts, dice: Random) -> dict[str, list[int]]:
    """Of each number the day of every single one; who clicks has opened by then, and a machine's open is an open."""
    drawn = {name: dice.choices(range(len(_DECAY)), _DECAY, k=number) for name, number in whole.items()}
    opened = drawn["unique_opens"]
    clicked = opened[: whole["unique_clicks"]]
    opens = opened + drawn["opens"][len(opened) :]
    return drawn | {
        **{name: [0] * whole[name] for name in _AT_ONCE},
        "opens": opens,
        "unique_clicks": clicked,
        "clicks": clicked + drawn["clicks"][len(clicked) :],
        "machine_open": opens[: whole["machine_open"]],
    }


def _share(number: int, rate: float, dice: Random) -> int:
    """The expected part, rounded up or down by chance."""
    exact = number * rate
    return int(exact) + (dice.random() < exact - int(exact))
