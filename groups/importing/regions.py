"""Names of countries and regions, and which node a location belongs under."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from groups.importing.rows import Location

#: Countries in whose postal addresses the state is written beside the city.
WRITTEN_IN_ADDRESSES = frozenset({"AU", "BR", "CA", "MX", "PR", "US"})
#: With fewer regions than this a country is divided by city instead.
FEW = 2


class Region(NamedTuple):
    """A node below a country, told apart by its code."""

    code: str
    name: str
    country: str


@cache
def country_name(code: str) -> str:
    """The English name from the Unicode CLDR, or "" for a code that is no country's."""
    name = Locale("en").territories.get(code, "") if len(code) == 2 and code.isalpha() else ""  # noqa: PLR2004
    return "" if code in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"} else name


def country_code(country: str) -> str:
    """The code of a country's node; with a colon, so that no store number is taken by accident."""
    return f"country:{country}"


def regions_of(locations: Iterable[Location], known: Collection[str] = ()) -> dict[str, Region]:
    """By location code: the state or province, or the city where a country has hardly any states.

    `known` are codes of nodes that exist: a country once divided by state stays so, whatever part of it comes next.
    """
    rows = list(locations)
    states: dict[str, set[str]] = defaultdict(set)
    cities: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        states[row.country].add(row.state)
        cities[row.country, row.state][row.city] += 1
    divided = {code.split(":")[1] for code in known if code.startswith("region:")}
    by_city = {country for country, found in states.items() if len(found) < FEW and country not in divided}
    return {row.code: _region(row, cities, by_city=row.country in by_city) for row in rows}


def _region(row: Location, cities: Mapping[tuple[str, str], Counter[str]], *, by_city: bool) -> Region:
    country = row.country
    if by_city or not row.state:
        name = row.city or country_name(country)
        return Region(f"city:{country}:{name.casefold()}"[:60], name, country)
    named = _names().get(country, {}).get(row.state) or _commonest(cities[country, row.state]) or row.state
    return Region(f"region:{country}:{row.state}"[:60], named, country)


def _commonest(cities: Counter[str]) -> str:
    """A region without a known name is called after the city most of its locations are in."""
    named = sorted((city for city in cities if city), key=lambda city: (-cities[city], city))
    return named[0] if named else ""


@cache
def _names() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("regions.toml").read_text(encoding="utf-8"))
