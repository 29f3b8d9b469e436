"""The customers of the demo brands: who they are made up to be, and how many a group can reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from groups.models import Group
from smartersends.seed import stable
from smartersends.seed.brands import DemoBrand

#: In a network of tens of thousands only so many groups have customers, so that those have enough.
GROUPS_WITH_CUSTOMERS = 1_000
_SPREAD = 1.0
#: Days: each of the recent ones has people who joined on it.
_RECENT, _LONG_AGO = 30, 401
_DOMAINS = ("example.com", "example.net", "example.org")


def counts(demo: DemoBrand, codes: tuple[str, ...]) -> dict[str, int]:
    """Customers by group code, spread log-normally and adding up to the brand's number."""
    served = _served(demo, codes)
    weights = {code: stable.dice(demo.slug, "size", code).lognormvariate(0, _SPREAD) for code in served}
    scale = demo.customers / sum(weights.values())
    sizes = {code: int(weight * scale) for code, weight in weights.items()}
    for code in served[: demo.customers - sum(sizes.values())]:
        sizes[code] += 1
    return sizes


def _served(demo: DemoBrand, codes: tuple[str, ...]) -> list[str]:
    if len(codes) <= GROUPS_WITH_CUSTOMERS:
        return list(codes)
    shuffled = sorted(codes, key=lambda code: stable.identifier(demo.slug, "served", code))
    return shuffled[:GROUPS_WITH_CUSTOMERS]


def of_group(demo: DemoBrand, group: Group, count: int, now: datetime) -> Iterator[dict[str, Any]]:
    """Profiles as /users/track takes them, with the day on which the sandbox shall have got to know them."""
    dice = stable.dice(demo.slug, "customers", group.code)
    for number in range(count):
        yield _profile(demo, group, number, dice, now)


def external_id(code: str, number: int) -> str:
    return f"{code.lower()}-{number:04}"


def _profile(demo: DemoBrand, group: Group, number: int, dice: Random, now: datetime) -> dict[str, Any]:
    names = _names(group.country)
    first, last = dice.choice(names["first"]), dice.choice(names["last"])
    profile = {
        "external_id": external_id(group.code, number),
        "created_at": _joined(number, now),
        "first_name": first,
        "last_name": last,
        "email_subscribe": dice.choices(("subscribed", "opted_in", "unsubscribed"), (58, 36, 6))[0],
        "country": group.country,
        "home_city": group.city,
        demo.fence_attribute: group.fence_value,
        **(_coffee(dice, now) if demo.slug == "bluebird" else _river(dice, now)),
    }
    box = f"{stable.slug(first)}.{stable.slug(last)}.{stable.slug(group.code)}{number}"
    address = f"{box}@{dice.choice(_DOMAINS)}"
    return profile if _chance(dice, 0.02) else profile | {"email": address}


def _chance(dice: Random, share: float) -> bool:
    return dice.random() < share


def _coffee(dice: Random, now: datetime) -> dict[str, Any]:
    member = _chance(dice, 0.55)
    return {
        "loyalty_member": member,
        "stamps": dice.randint(0, 9) if member else 0,
        "last_visit": _ago(dice, now, 400),
        "usual_milk": dice.choices(("whole", "oat", "skimmed", "none"), (40, 30, 15, 15))[0],
        "student": _chance(dice, 0.18),
    }


def _river(dice: Random, now: datetime) -> dict[str, Any]:
    donor = _chance(dice, 0.6)
    interests = [
        each for each in ("wildlife", "swimming", "fishing", "history", "walking") if _chance(dice, 0.4)
    ]
    gift = {"last_gift": _ago(dice, now, 900), "gift_aid": _chance(dice, 0.5)} if donor else {}
    return {"volunteer": _chance(dice, 0.4), "donor": donor, "interests": interests, **gift}


def _joined(number: int, now: datetime) -> str:
    """Some on each of the last thirty days, so that segments have grown; most long before."""
    days = number * 7 % _LONG_AGO
    day = (now - timedelta(days=days if days < _RECENT else _LONG_AGO)).date()
    return f"{day.isoformat()}T00:00:00Z"


def _ago(dice: Random, now: datetime, most: int) -> str:
    """More of them recently: the square of an even throw."""
    return (now - timedelta(days=most * dice.random() ** 2)).isoformat(timespec="seconds")


@lru_cache(maxsize=128)
def _names(country: str) -> dict[str, list[str]]:
    names = stable.data("names.toml")
    found: dict[str, list[str]] = names.get(country) or names["GB"]
    return found


def reachable(profile: dict[str, Any]) -> bool:
    return "email" in profile and profile["email_subscribe"] != "unsubscribed"
