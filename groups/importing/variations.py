"""Message variations of many groups at once: what a source says, compared with what is stored, then applied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from groups.importing.cleaning import text
from groups.importing.tables import NotATable, Table
from groups.models import Group, GroupQuerySet

#: Written in place of an id: this group goes back to the brand's default.
USE_DEFAULT = "default"
EMAIL = "email"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NAME_LIMIT = 120
#: Headings that are understood, in lower case without anything but letters.
_GROUP = ("groupcode", "code", "groupid", "storenumber", "group")
_VARIATION = ("messagevariationid", "variationid")
_NAME = ("variationname", "messagename", "name")

#: By variation id the group that has it: its key and name.
Holders = Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Row:
    """One wish: `group` by its code or id. `fault` says why nothing can be made of it, where that is known before."""

    line: int
    group: str
    variation_id: str
    name: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Change:
    """What a good row does to its group."""

    row: Row
    group: Group
    variation_id: str
    name: str

    @property
    def is_unchanged(self) -> bool:
        return (self.variation_id, self.name) == (self.group.message_variation_id, self.group.variation_name)

    @property
    def kind(self) -> str:
        if self.is_unchanged:
            return "unchanged"
        return "changed" if self.group.message_variation_id else "new"


@dataclass(frozen=True)
class Problem:
    row: Row
    what: str


@dataclass
class Comparison:
    """The dry run: every row is in one of the four."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def applicable(self) -> list[Change]:
        return [*self.new, *self.changed]


def rows_of(table: Table) -> list[Row]:
    """The wishes in a file. Raises NotATable where a column is missing."""
    columns = {re.sub(r"[^a-z]", "", name.lower()): name for name in table.columns}
    group = next((columns[name] for name in _GROUP if name in columns), None)
    variation = next((columns[name] for name in _VARIATION if name in columns), None)
    if group is None or variation is None:
        raise NotATable(
            _(
                "The first line must name the columns “Group code” and “Message variation id”. It has: %(columns)s."
            )
            % {"columns": ", ".join(filter(None, table.columns))[:200]}
        )
    name = next((columns[each] for each in _NAME if each in columns), "")
    return [
        Row(
            line,
            text(cells[group], 60)[0],
            text(cells[variation], 200)[0],
            text(cells.get(name, ""), _NAME_LIMIT)[0],
        )
        for line, cells in table.rows
    ]


# The dry run


def compare(
    rows: Iterable[Row], groups: GroupQuerySet, *, default_id: str, channels: Mapping[str, str]
) -> Comparison:
    """Within `groups`, which are those the person may change. `channels` by variation id, as far as Braze told them."""
    known = groups.only("code", "name", "kind", "message_variation_id", "variation_name")
    held = Group.objects.exclude(message_variation_id="")
    holders = {
        wanted: (pk, name) for wanted, pk, name in held.values_list("message_variation_id", "pk", "name")
    }
    found, result = _Directory(known), Comparison()
    good: list[Change] = []
    for row in rows:
        fault = row.fault or _fault(row, default_id, channels)
        group = None if fault else found.group(row.group)
        if fault or group is None or group.kind != Group.Kind.LOCATION:
            result.problems.append(Problem(row, fault or _not_a_sender(row, group)))
        else:
            good.append(_change(row, group))
    for change in _free_of_conflicts(good, holders, result):
        getattr(result, change.kind).append(change)
    result.problems.sort(key=lambda problem: problem.row.line)
    return result


class _Directory:
    """Groups by code, by code in any case where that is clear, and by id."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._by_code: dict[str, Group] = {}
        self._by_id: dict[str, Group] = {}
        alike: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            self._by_code[group.code] = group
            self._by_id[str(group.pk)] = group
            alike[group.code.casefold()].append(group)
        self._alike = {code: those[0] for code, those in alike.items() if len(those) == 1}

    def group(self, wanted: str) -> Group | None:
        return self._by_code.get(wanted) or self._alike.get(wanted.casefold()) or self._by_id.get(wanted)


def _fault(row: Row, default_id: str, channels: Mapping[str, str]) -> str:
    """What is wrong with the row itself."""
    wanted = row.variation_id
    if not row.group:
        return _("The group is missing.")
    if not wanted or wanted == USE_DEFAULT:
        return ""
    if not _ID.fullmatch(wanted):
        return _("“%(id)s” is no variation id: those have letters, digits and hyphens, at most 64.") % {
            "id": wanted[:80]
        }
    if wanted == default_id:
        return _("This is the brand's default variation. Write “default” for a group that should use it.")
    channel = channels.get(wanted, EMAIL)
    if channel != EMAIL:
        return _(
            "In Braze this variation is for the channel “%(channel)s”, and mails need one for e-mail."
        ) % {"channel": channel}
    return ""


def _not_a_sender(row: Row, group: Group | None) -> str:
    if group is None:
        return _("No group has the code or id “%(group)s”.") % {"group": row.group}
    return _("%(group)s is a region, and only groups that send have a variation.") % {"group": group.name}


def _change(row: Row, group: Group) -> Change:
    """An empty id leaves the group as it is; an empty name stays only with the id it belongs to."""
    before = group.message_variation_id
    if not row.variation_id:
        return Change(row, group, before, group.variation_name)
    if row.variation_id == USE_DEFAULT:
        return Change(row, group, "", "")
    kept = group.variation_name if row.variation_id == before else ""
    return Change(row, group, row.variation_id, row.name or kept)


def _free_of_conflicts(good: list[Change], holders: Holders, result: Comparison) -> list[Change]:
    """Without rows that contradict each other, or want an id that somebody else keeps."""
    kept = _once_a_group(good, result)
    kept = _once_an_id(kept, result)
    while taken := _taken(kept, holders):  # each that falls may leave its id in use, so others fall with it
        result.problems += [Problem(change.row, what) for change, what in taken]
        fallen = {id(change) for change, _what in taken}
        kept = [change for change in kept if id(change) not in fallen]
    return kept


def _once_a_group(changes: list[Change], result: Comparison) -> list[Change]:
    first: dict[int, Change] = {}
    for change in changes:
        earlier = first.setdefault(change.group.pk, change)
        if earlier is not change:
            what = _("%(group)s stands on line %(line)s already, and only that row counts.")
            said = what % {"group": change.group.name, "line": earlier.row.line}
            result.problems.append(Problem(change.row, said))
    return list(first.values())


def _once_an_id(changes: list[Change], result: Comparison) -> list[Change]:
    """Two groups with one id would share their numbers: which is right, only a person knows, so neither counts."""
    wanting: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        wanting[change.variation_id].append(change)
    kept: list[Change] = []
    for wanted, those in wanting.items():
        if not wanted or len(those) == 1:
            kept += those
            continue
        lines = ", ".join(str(each.row.line) for each in those)
        what = _("The same id stands on the lines %(lines)s. Each group needs its own.") % {
            "lines": lines[:200]
        }
        result.problems += [Problem(each.row, what) for each in those]
    return sorted(kept, key=lambda change: change.row.line)


def _taken(changes: list[Change], holders: Holders) -> list[tuple[Change, str]]:
    """Those whose id belongs to a group that keeps it."""
    given_up = {
        change.group.pk for change in changes if change.variation_id != change.group.message_variation_id
    }
    found = []
    for change in changes:
        holder, name = holders.get(change.variation_id, (change.group.pk, ""))
        if holder != change.group.pk and holder not in given_up:
            found.append((change, _("This id is in use by %(group)s.") % {"group": name}))
    return found


# Applying


#: One statement for all rows; a CASE with thousands of branches takes PostgreSQL minutes.
_APPLY = """
UPDATE {table} SET message_variation_id = wish.variation_id, variation_name = wish.name
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS wish (pk, variation_id, name) WHERE {table}.id = wish.pk
"""


@transaction.atomic
def apply(changes: list[Change]) -> None:
    """All or nothing. Ids are given up before they are given anew, so that groups can swap theirs."""
    rows = [change for change in changes if not change.is_unchanged]
    moved = [each.group.pk for each in rows if each.variation_id != each.group.message_variation_id]
    Group.objects.filter(pk__in=moved).update(message_variation_id="")
    with connection.cursor() as cursor:
        cursor.execute(
            _APPLY.format(table=Group._meta.db_table),
            [
                [each.group.pk for each in rows],
                [each.variation_id for each in rows],
                [each.name for each in rows],
            ],
        )
