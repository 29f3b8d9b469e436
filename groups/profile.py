"""What a group tells about itself, with what it leaves empty taken from the nodes above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from groups.models import Group


@dataclass(frozen=True)
class Entry:
    """One value and the node it comes from; both empty when no node has it."""

    name: str
    value: str
    source: Group | None


def entries(group: Group) -> dict[str, Entry]:
    chain = group.chain()
    return {name: _entry(name, chain) for name in Group.PROFILE}


def _entry(name: str, chain: list[Group]) -> Entry:
    for node in chain:
        if value := getattr(node, name):
            return Entry(name, value, node)
    return Entry(name, "", None)


def values(group: Group) -> dict[str, Any]:
    return {name: entry.value for name, entry in entries(group).items()}
