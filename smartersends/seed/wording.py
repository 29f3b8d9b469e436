"""What the campaigns say: the template's own words with the open ones changed, and dates that fit."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from library import engine
from library.models import TemplateVersion
from smartersends.seed import stable

_WEEKEND = (4, 5)  # Friday for an evening, Saturday for a morning
_COUPON_DAYS = 21


class Idea(NamedTuple):
    template: str
    name: str
    subject: str
    headline: str
    appeal: float


def ideas(brand_slug: str) -> list[Idea]:
    """In the file's order."""
    return [
        Idea(template, row["name"], row["subject"], row.get("headline", ""), row["appeal"])
        for template, rows in stable.data("ideas.toml")[brand_slug].items()
        for row in rows
    ]


def values(version: TemplateVersion, idea: Idea, local: datetime) -> dict[str, Any]:
    """Values of the open fields for a campaign that goes out at `local`, on the clock of its group."""
    filled: dict[str, Any] = copy.deepcopy(engine.defaults(version.engine_spec()))
    filled["envelope"]["subject"] = idea.subject
    if idea.headline and "headline" in filled.get("hero", {}):
        filled["hero"]["headline"] = idea.headline
    if "event" in filled:
        filled["event"] |= _date(local, morning=idea.template == "volunteer-day")
    if "until" in filled.get("coupon", {}):
        filled["coupon"]["until"] = (local + timedelta(days=_COUPON_DAYS)).date().isoformat()
    return filled


def _date(local: datetime, *, morning: bool) -> dict[str, str]:
    """A Friday evening or a Saturday morning some ten days after the mail."""
    later = local + timedelta(days=7)
    day = (later + timedelta(days=(_WEEKEND[morning] - later.weekday()) % 7)).date()
    starts, ends = ("09:30", "until 12.30 pm") if morning else ("18:30", "until 9 pm")
    return {"starts": f"{day.isoformat()}T{starts}", "ends": ends}
