"""Writes a network into the tree in a handful of statements, however many rows it has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from groups.importing.regions import Region, country_code, country_name, regions_of
from groups.importing.rows import Location, Network, Note, Report
from groups.models import Group

#: What a location may tell; its place in the tree comes on top.
TOLD = (
    "name", "country", "city", "street", "region", "postcode", "phone", "time_zone", "website", "map_url",
    "opening_hours", "manager", "sender_name", "sender_address", "reply_to", "fence_value", "message_variation_id",
    "variation_name",
)  # fmt: skip
BATCH = 1000


@transaction.atomic
def load(network: Network, *, root: Group) -> Report:
    """Bring the tree below `root` to what the network says, inside a brand's scope.

    Rows are matched by code. What a row leaves empty and what it does not name stays as it is, so a second run
    changes nothing. Locations that are no longer in the source are left alone: closing one is a person's decision.
    """
    report = Report(skipped=list(network.skipped), repaired=list(network.repaired))
    known = {group.code: group for group in Group.objects.all()}
    usable = list(_usable(network.locations, known, report))
    parents = _parents(usable, root, known)
    fresh = [row for row in usable if row.code not in known]
    _create(_group(row, parents[row.code]) for row in fresh)
    _update([(known[row.code], row, parents[row.code]) for row in usable if row.code in known], report)
    report.created = len(fresh)
    return report


def _usable(rows: Iterable[Location], known: Mapping[str, Group], report: Report) -> Iterable[Location]:
    for row in rows:
        holder = known.get(row.code)
        if holder is None or holder.kind == Group.Kind.LOCATION:
            yield row
        else:
            words = "is the code of a country or region here"
            report.skipped.append(Note(row.line, row.code, "number", words))


# The nodes above


def _parents(rows: list[Location], root: Group, known: dict[str, Group]) -> dict[str, Group]:
    """By location code the node it belongs under; countries and regions that are missing are made."""
    regions = regions_of(rows, known)
    zones: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        zones[row.country][row.time_zone] += bool(row.time_zone)
    missing = [country for country in zones if country_code(country) not in known]
    known |= {node.code: node for node in _create([_country(each, root, zones[each]) for each in missing])}
    wanted = {region.code: region for region in regions.values() if region.code not in known}
    known |= {node.code: node for node in _create([_node(each, known) for each in wanted.values()])}
    return {code: known[region.code] for code, region in regions.items()}


def _country(country: str, root: Group, zones: Counter[str]) -> Group:
    """Its commonest zone serves locations whose own is not known."""
    zone = max(zones, key=lambda name: (zones[name], name), default="")
    code, name = country_code(country), country_name(country)
    return Group(kind=Group.Kind.REGION, parent=root, code=code, name=name, country=country, time_zone=zone)


def _node(region: Region, known: Mapping[str, Group]) -> Group:
    parent = known[country_code(region.country)]
    return Group(kind=Group.Kind.REGION, parent=parent, code=region.code, name=region.name[:120])


# New rows


def _group(row: Location, parent: Group) -> Group:
    return Group(
        kind=Group.Kind.LOCATION, parent=parent, code=row.code, **{name: getattr(row, name) for name in TOLD}
    )


def _create(groups: Iterable[Group]) -> list[Group]:
    """Insert with ids drawn beforehand, so that each row knows its path at once."""
    rows = list(groups)
    for group, pk in zip(rows, _ids(len(rows)), strict=True):
        group.pk = pk
        group.place()
    Group.objects.bulk_create(rows, batch_size=BATCH)
    return rows


def _ids(count: int) -> list[int]:
    table, column = Group._meta.db_table, Group._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, count],
        )
        return [pk for [pk] in cursor.fetchall()]


# Known rows


def _update(rows: list[tuple[Group, Location, Group]], report: Report) -> None:
    changed, fields = [], set[str]()
    for group, row, parent in rows:
        told = {
            name: value for name in TOLD if (value := getattr(row, name)) and value != getattr(group, name)
        }
        moved = group.parent_id != parent.pk
        if moved:
            _move(group, parent)
        for name, value in told.items():
            setattr(group, name, value)
        if told or moved:
            changed.append(group)
            fields |= told.keys()
    if fields:
        Group.objects.bulk_update(changed, sorted(fields), batch_size=BATCH // 4)
    report.changed, report.unchanged = len(changed), len(rows) - len(changed)


def _move(group: Group, parent: Group) -> None:
    """To another node, with all that lies below it."""
    before, group.parent = group.path, parent
    group.place()
    below = Group.objects.filter(path__startswith=before)
    below.update(path=Concat(Value(group.path), Substr("path", len(before) + 1)))
    Group.objects.filter(pk=group.pk).update(parent=parent)
