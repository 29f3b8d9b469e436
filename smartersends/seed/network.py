"""The groups: made-up ones in real cities, or a network read from a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import quote

from groups.importing import Location, Network, Report, load
from groups.importing.regions import WRITTEN_IN_ADDRESSES
from groups.models import Group
from smartersends.seed import stable
from smartersends.seed.brands import DemoBrand

#: Letters that occur at the end of a British postcode.
_LETTERS = "ABDEFGHJLNPRSTUWXYZ"
_PREFIXES = {"bluebird": "BB", "brightwater": "BW"}


def root_of(demo: DemoBrand) -> Group:
    """The node all groups hang on; its profile is what they fall back to."""
    found = Group.objects.filter(parent__isnull=True, kind=Group.Kind.BRAND).first()
    return found or _root(demo)


def _root(demo: DemoBrand) -> Group:
    root = Group(
        kind=Group.Kind.BRAND, code=demo.slug, name=demo.name, sender_name=demo.name, language="en", time_zone="UTC",
        sender_address=f"hello@{demo.sending_domain}", reply_to=f"hello@{demo.domain}",
        website=f"https://www.{demo.domain}", opening_hours=demo.hours,
    )  # fmt: skip
    root.save()
    root.place()
    root.save(update_fields=["path"])
    return root


def install(demo: DemoBrand, network: Network) -> Report:
    """Put a network below the brand's root, each location with all that sending needs."""
    network.locations = [_sending(demo, row) for row in network.locations]
    return load(network, root=root_of(demo))


def _sending(demo: DemoBrand, row: Location) -> Location:
    """A fence, a message variation and a sender of its own."""
    box = stable.slug(row.name)[:40].strip("-") or stable.slug(row.code)
    return replace(
        row,
        fence_value=row.code,
        message_variation_id=stable.identifier(demo.slug, "variation", row.code),
        variation_name=row.name[:100],
        sender_name=row.sender_name or f"{demo.name}, {row.name}"[:80],
        sender_address=f"{box}@{demo.sending_domain}",
        reply_to=f"{box}@{demo.domain}",
    )


def made_up(demo: DemoBrand) -> Network:
    """As many groups as cities.csv says, always the same ones."""
    with (stable.DATA / "cities.csv").open(encoding="utf-8", newline="") as file:
        cities = list(csv.DictReader(file))
    rows = [row for city in cities for row in _in_city(demo, city)]
    return Network(
        locations=[
            replace(row, code=f"{_PREFIXES[demo.slug]}{number:04}") for number, row in enumerate(rows, 1001)
        ]
    )


def is_made_up(code: str) -> bool:
    return code[:2] in _PREFIXES.values() and code[2:].isdigit() and len(code) == len("BB1001")


def _in_city(demo: DemoBrand, city: dict[str, str]) -> Iterator[Location]:
    dice, count = stable.dice(demo.slug, "network", city["city"]), int(city[demo.column])
    areas = (
        dice.sample(stable.data("places.toml")[city["country"]]["areas"], k=min(count, 14)) if count else []
    )
    areas += [f"{area} 2" for area in areas][: count - len(areas)]
    return (_location(demo, city, area, number, dice) for number, area in enumerate(areas))


def _location(demo: DemoBrand, city: dict[str, str], area: str, number: int, dice: Random) -> Location:
    place = stable.data("places.toml")[city["country"]]
    name = f"{city['city']} {area}" if int(city[demo.column]) > 1 else city["city"]
    street = place["address"].format(
        number=dice.randint(2, 98), digit=dice.randint(0, 9), street=dice.choice(place["streets"])
    )
    where = quote(f"{street}, {city['city']}")
    return Location(
        code="", name=name, country=city["country"], state=city["state"], city=city["city"], street=street,
        region=city["state"] if city["country"] in WRITTEN_IN_ADDRESSES else "",
        postcode=_filled(city["postcode"], dice), phone=_filled(city["phone"], dice, number), time_zone=city["zone"],
        website=f"https://www.{demo.domain}/{demo.column}/{stable.slug(name)}",
        map_url=f"https://www.openstreetmap.org/search?query={where}",
        opening_hours=_hours(demo, dice), manager=person(city["country"], dice),
    )  # fmt: skip


def _hours(demo: DemoBrand, dice: Random) -> str:
    """Some open earlier than the brand says; the others leave it to the brand."""
    return demo.hours.replace("7:00", "6:30") if demo.is_default and dice.random() < 0.3 else ""  # noqa: PLR2004


def _filled(pattern: str, dice: Random, number: int = 0) -> str:
    """# becomes a digit and @ a letter; the last digits of a telephone number count up, so that none is used twice."""
    filled = "".join(
        str(dice.randint(0, 9)) if char == "#" else dice.choice(_LETTERS) if char == "@" else char
        for char in pattern
    )
    if not pattern.startswith("+"):
        return filled
    return f"{filled[:-2]}{(dice.randint(0, 5) * 16 + number) % 100:02}"


def person(country: str, dice: Random) -> str:
    names = stable.data("names.toml").get(country) or stable.data("names.toml")["GB"]
    return f"{dice.choice(names['first'])} {dice.choice(names['last'])}"


def read(file: Path) -> Network:
    from groups.importing import read_directory

    return read_directory(file)
