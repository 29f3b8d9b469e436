"""Which modules stand in a zone, how many of each, and in which order. A part that only repeats is a zone of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from library.engine.template import KIND, Placement


def start(placement: Placement) -> list[dict[str, Any]]:
    """The template's first items, and as many more as there must be."""
    items = [dict(item) for item in placement.items]
    while len(items) < placement.first_items:
        items.append(of_kind(placement, next_kind(placement, items)))
    return [{**of_kind(placement, placement.kind_of(item)), **item} for item in items]


def of_kind(placement: Placement, kind: str) -> dict[str, Any]:
    """An item that says no more than what it is; a part with one kind need not say it."""
    return {KIND: kind} if placement.variants else {}


def next_kind(placement: Placement, items: Iterable[Mapping[str, Any]]) -> str:
    """The first kind with room for one more; the part's own where none has."""
    counts = count(placement, items)
    return next((kind for kind in placement.kinds if has_room(placement, kind, counts)), placement.key)


def has_room(placement: Placement, kind: str, counts: Mapping[str, int]) -> bool:
    most = placement.kinds[kind].most
    return most is None or counts.get(kind, 0) < most


def count(placement: Placement, items: Iterable[Mapping[str, Any]]) -> Counter[str]:
    return Counter(placement.kind_of(item) for item in items)


def in_order(placement: Placement, items: Iterable[Mapping[str, Any]]) -> bool:
    ranks = [_rank(placement, item) for item in items]
    return not placement.ordered or ranks == sorted(ranks)


def place_for(placement: Placement, items: Sequence[Mapping[str, Any]], kind: str) -> int:
    """Where an item of the kind goes when nobody says otherwise: last, or last of those before which it may not stand."""
    if not placement.ordered:
        return len(items)
    rank = list(placement.kinds).index(kind)
    return sum(1 for item in items if _rank(placement, item) <= rank)


def within(placement: Placement, items: Iterable[Mapping[str, Any]]) -> list[int]:
    """Which of the items may stand, by number and in the order in which they stand."""
    counts: Counter[str] = Counter()
    ranks: dict[int, int] = {}
    for number, item in enumerate(items):
        kind = placement.kind_of(item)
        if has_room(placement, kind, counts):
            counts[kind] += 1
            ranks[number] = _rank(placement, item)
    limit = placement.repeat.max if placement.repeat else 1
    standing = list(ranks)[:limit]
    return sorted(standing, key=lambda number: ranks[number]) if placement.ordered else standing


def _rank(placement: Placement, item: Mapping[str, Any]) -> int:
    return list(placement.kinds).index(placement.kind_of(item))
