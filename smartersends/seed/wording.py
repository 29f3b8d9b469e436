"""What the campaigns say: the template's own words with the open ones changed, and dates and prices that fit."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from groups.models import Group
from library import engine
from library.models import TemplateVersion
from smartersends.seed import stable

_CURRENCIES = {"GB": "£{}", "US": "${}", "CA": "${}", "AU": "${}", "SE": "{} kr"}
_ELSEWHERE = "€{}"
_WEEKEND = (4, 5)  # Friday for an evening, Saturday for a morning


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


def values(version: TemplateVersion, idea: Idea, group: Group, local: datetime) -> dict[str, Any]:
    """Values of the open fields for a campaign of `group` that goes out at `local`."""
    filled: dict[str, Any] = copy.deepcopy(engine.defaults(version.engine_spec()))
    filled["envelope"]["subject"] = idea.subject
    if idea.headline and "headline" in filled.get("hero", {}):
        filled["hero"]["headline"] = idea.headline
    if "event" in filled:
        filled["event"] |= _date(local, morning=idea.template == "volunteer-day")
    if "until" in filled.get("coupon", {}):
        until = local + timedelta(days=21)
        filled["coupon"]["until"] = f"{until:%A} {until.day} {until:%B}"
    for offer in filled.get("offers", []):
        offer |= {
            name: _priced(offer[name], group.country) for name in ("price", "before") if offer.get(name)
        }
    return filled


def _date(local: datetime, *, morning: bool) -> dict[str, str]:
    """A Friday evening or a Saturday morning some ten days after the mail."""
    later = local + timedelta(days=7)
    day = later + timedelta(days=(_WEEKEND[morning] - later.weekday()) % 7)
    hours = "9.30 am to 12.30 pm" if morning else "6.30 pm to 9 pm"
    return {"day": str(day.day), "month": f"{day:%B}", "when": f"{day:%A}, {hours}"}


def _priced(price: str, country: str) -> str:
    amount = price.strip("£")
    if country == "SE":
        amount = str(round(float(amount) * 13))
    return _CURRENCIES.get(country, _ELSEWHERE).format(amount)
