"""Which message variation of Braze each group's mails count under."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.permissions import Permission
from audiences import reading
from audiences.models import Reading
from audiences.reading import Run
from connection.models import VariationFile
from groups.importing import variations as importing
from groups.importing.tables import read_table
from groups.importing.variations import EMAIL, USE_DEFAULT, Comparison, Row
from groups.models import Group, GroupQuerySet
from workspace.models import Workspace

#: As many groups as an audit entry names.
NAMED = 20


class VariationError(Exception):
    """Words fit to show: why a variation cannot be set."""


def changeable_by(person: User) -> GroupQuerySet:
    """The groups whose variation this person may change: where they manage the brand."""
    rows: GroupQuerySet = Group.objects.visible_to(person, Permission.MANAGE_BRAND)
    return rows


def set_one(group: Group, variation_id: str, name: str, *, by: User) -> None:
    """Give one group its variation, or with an empty id the brand's default. Raises VariationError."""
    wish = Row(1, group.code, variation_id or USE_DEFAULT, name)
    compared = apply([wish], by=by, source=_("typed in"), among=changeable_by(by).filter(pk=group.pk))
    if compared.problems:
        raise VariationError(compared.problems[0].what)


# Many at once


def upload(content: bytes, name: str, *, by: User) -> VariationFile:
    """Keep a table for its dry run. Raises NotATable. What was left lying is cleared away."""
    wishes = importing.rows_of(read_table(content))
    VariationFile.objects.filter(at__lt=timezone.now() - VariationFile.KEPT).delete()
    rows = [[row.line, row.group, row.variation_id, row.name] for row in wishes]
    return VariationFile.objects.create(person=by, name=name.replace("\0", "")[-200:], rows=rows)


def compare(rows: Iterable[Row], *, person: User, among: GroupQuerySet | None = None) -> Comparison:
    """The dry run, against what is stored at this moment, of all groups the person may change or of those named."""
    workspace = Workspace.objects.first()
    return importing.compare(
        rows,
        changeable_by(person) if among is None else among,
        default_id=workspace.default_variation_id if workspace else "",
        channels={each["id"]: each["channel"] for each in found_in_braze()},
    )


@transaction.atomic
def apply(rows: Iterable[Row], *, by: User, source: str, among: GroupQuerySet | None = None) -> Comparison:
    """Compare once more and apply what is good; what is not is left out and told. `among` names the groups, else all."""
    groups = changeable_by(by) if among is None else among
    # Nobody changes them meanwhile.
    list(groups.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    compared = compare(list(rows), person=by, among=among)
    importing.apply(compared.applicable)
    if compared.applicable:
        audit.record(audit.Action.VARIATIONS_CHANGED, by=by, target=source, note=_note(compared))
    return compared


def _note(compared: Comparison) -> str:
    words = [f"{each.group.code}: {each.variation_id or USE_DEFAULT}" for each in compared.applicable[:NAMED]]
    more = len(compared.applicable) - len(words)
    return f"{', '.join(words)}{f' and {more} more' if more else ''}"


# From Braze


def read_variations(run: Run) -> None:
    """The messages of the brand's API campaign. Permission campaigns.details."""
    details = run.braze.campaign_details(run.workspace.campaign_id)
    run.keep(
        [
            {"id": key, "channel": message.channel or "", "name": message.name or ""}
            for key, message in details.messages.items()
            if message.type != "control"
        ]
    )


def found_in_braze() -> list[dict[str, Any]]:
    """The variations as last read: id, channel and name of each."""
    read = reading.latest(Reading.What.VARIATIONS)
    return list(read.found) if read else []


def proposed(*, person: User) -> list[Row]:
    """For each variation that was read, the group it seems to be made for."""
    workspace = Workspace.objects.first()
    default = workspace.default_variation_id if workspace else ""
    match = _Match(changeable_by(person).locations())
    return [
        match.row(number, each) for number, each in enumerate(found_in_braze(), 1) if each["id"] != default
    ]


class _Match:
    """Groups by what a variation may be called after: its holder, then a name, then a code in the name."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._holder: dict[str, Group] = {}
        self._named: dict[str, list[Group]] = defaultdict(list)
        self._alike: dict[str, list[Group]] = defaultdict(list)
        self._coded: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            if group.message_variation_id:
                self._holder[group.message_variation_id] = group
            self._named[group.name].append(group)
            self._alike[_plain(group.name)].append(group)
            self._coded[group.code.casefold()].append(group)

    def row(self, number: int, seen: dict[str, Any]) -> Row:
        key, name = seen["id"], seen["name"]
        if seen["channel"] != EMAIL:
            return Row(number, name or "–", key, name)  # the comparison says which channel it is for
        groups = self._groups(key, name)
        if len(groups) == 1:
            return Row(number, groups[0].code, key, name)
        fault = _("No group has this name or code.") if not groups else _several(groups)
        return Row(number, name or "–", key, name, fault)

    def _groups(self, key: str, name: str) -> list[Group]:
        if key in self._holder:
            return [self._holder[key]]
        return self._named.get(name) or self._alike.get(_plain(name)) or self._by_code(name)

    def _by_code(self, name: str) -> list[Group]:
        parts = [
            *name.casefold().split(),
            *name.casefold().replace("(", " ").replace(")", " ").replace("#", " ").split(),
        ]
        found = {group.pk: group for part in parts for group in self._coded.get(part.strip(",;:"), [])}
        return list(found.values())


def _plain(name: str) -> str:
    return "".join(name.casefold().split())


def _several(groups: list[Group]) -> str:
    codes = ", ".join(group.code for group in groups[:5])
    return _("Several groups have this name: %(codes)s. Set it by hand or by file.") % {"codes": codes}


def counts(person: User) -> Counter[str]:
    """How many groups that send have their own variation, and how many use the default."""
    sending = changeable_by(person).locations()
    own = sending.exclude(message_variation_id="").count()
    return Counter(own=own, default=sending.count() - own)
