"""A campaign's values carried to another version of its template: three ways, field by field, and nothing typed is lost.

What a person left as the template had it follows the template. What they changed stays. Where both changed it, or where
it no longer has a place, a person decides: an open point keeps their words until then.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from library import engine
from library.engine import TemplateSpec, parts, rich, zones
from library.engine.fields import (
    ApprovedField,
    ChoiceField,
    ColourField,
    FieldSpec,
    RichTextField,
    Spec,
    WrongType,
)
from library.engine.template import ENVELOPE, KIND, SHOWN, Placement, Slot
from library.engine.values import Values

BOTH, LOCKED, GONE, TYPE, OPTION, LIMIT, ITEMS, HIDDEN = (
    "both", "locked", "gone", "type", "option", "limit", "items", "hidden",
)  # fmt: skip
#: Problems that a person's words can come to have by a narrower declaration.
_NARROWER = frozenset({"too_long", "mark", "link_domain", "markup", "price_most"})
#: What goes with a piece of a value.
_PIECES = {"alt": ("alt", "decorative")}
_MISSING = object()


@dataclass(frozen=True)
class Point:
    """What a person has to decide. `mine` are their words as stored, `theirs` what the template says there."""

    path: str
    reason: str
    label: str
    mine: Any
    theirs: Any

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Merged:
    values: dict[str, Any]
    points: tuple[Point, ...]


def merge(base: TemplateSpec, theirs: TemplateSpec, values: Values, *, today: date) -> Merged:
    """`values` were made for `base`; afterwards they are for `theirs`."""
    return _Merge(base, theirs, values, today).run()


@dataclass
class _Place:
    """One place of one version with what stands in it, single or repeated, as a list of items."""

    spec: TemplateSpec
    key: str
    items: list[Mapping[str, Any]]

    @property
    def placement(self) -> Placement | None:
        return self.spec.places.get(self.key)

    @property
    def repeats(self) -> bool:
        return self.placement is not None and self.placement.repeat is not None

    @property
    def most(self) -> int:
        return self.placement.repeat.max if self.placement and self.placement.repeat else 1

    @property
    def least(self) -> int:
        return self.placement.repeat.min if self.placement and self.placement.repeat else 0

    @property
    def title(self) -> str:
        placed = self.placement
        return (placed.title or self.spec.modules[placed.module].name) if placed else ""

    def kind(self, index: int) -> str:
        return self.placement.kind_of(self.items[index]) if self.placement else self.key

    @property
    def kinds(self) -> list[str]:
        return [self.kind(index) for index in range(len(self.items))]

    def knows(self, kind: str) -> bool:
        return self.key in self.spec.slots and kind in (
            self.placement.kinds if self.placement else {self.key}
        )

    def slots(self, kind: str) -> Mapping[str, Slot]:
        if not self.knows(kind):
            return {}
        return self.spec.kinds[self.key][kind] if self.placement else self.spec.slots[self.key]

    def of_kind(self, kind: str) -> dict[str, Any]:
        """What an item of a zone says besides its fields: which of the zone's modules it is."""
        return zones.of_kind(self.placement, kind) if self.placement else {}

    def start(self, index: int, kind: str) -> Mapping[str, Any]:
        """What the template starts the item at this index with, if it is of this kind; else what it starts any with."""
        if index < len(self.items) and self.kind(index) == kind:
            return self.items[index]
        return {
            **self.of_kind(kind),
            **{key: parts.as_json(slot) for key, slot in self.slots(kind).items() if slot.open},
        }


@dataclass
class _Merge:
    base_spec: TemplateSpec
    their_spec: TemplateSpec
    values: Values
    today: date
    points: list[Point] = field(default_factory=list)
    #: Where words of the person's own stand now, by where they stood.
    kept: dict[str, str] = field(default_factory=dict)

    def run(self) -> Merged:
        starts = engine.defaults(self.base_spec), engine.defaults(self.their_spec)
        merged: dict[str, Any] = {}
        for key in [
            *self.their_spec.slots,
            *(key for key in self.values if key not in self.their_spec.slots),
        ]:
            base, theirs = (
                _place(spec, start, key)
                for spec, start in zip((self.base_spec, self.their_spec), starts, strict=True)
            )
            mine = self._mine(key, base)
            held = self._place(mine, base, theirs)
            if key in self.their_spec.slots and (held or theirs.repeats):
                merged[key] = held
        self._find_narrower(merged)
        return Merged(merged, tuple(self.points))

    def _mine(self, key: str, base: _Place) -> _Place:
        """What the person has there; what they never touched, as the template starts it."""
        held = self.values.get(key)
        if held is None:
            return base
        items = held if isinstance(held, list | tuple) else [held]
        return _Place(self.base_spec, key, [item for item in items if isinstance(item, Mapping)])

    # Places

    def _place(self, mine: _Place, base: _Place, theirs: _Place) -> Any:
        if theirs.repeats:
            return self._repeated(mine, base, theirs)
        if mine.repeats:
            for index in range(1, len(mine.items)):
                self._dropped(mine, base, theirs, index)
        if not mine.items or not theirs.knows(mine.kind(0)):
            if mine.items:
                self._dropped(mine, base, theirs, 0)
            return _with_switch(theirs, dict(theirs.start(0, theirs.key)))
        held = self._item(mine, base, theirs, 0, None)
        return self._switched(mine, base, theirs, held)

    def _repeated(self, mine: _Place, base: _Place, theirs: _Place) -> list[Any]:
        most, least = theirs.most, theirs.least
        follows = mine.kinds == base.kinds
        result: list[Any] = []
        kept_apart = [
            self._carry(mine, base, theirs, at, result, follows=follows) for at in range(len(mine.items))
        ]
        if follows:
            added = theirs.items[len(mine.items) :][: max(0, most - len(result))]
            result += [copy.deepcopy(dict(item)) for item in added]
        while len(result) < least:
            result.append(copy.deepcopy(dict(theirs.start(len(result), theirs.key))))
        both = not follows and base.kinds != theirs.kinds != mine.kinds
        if both or any(kept_apart) or (len(result) > most and len(mine.items) <= mine.most):
            self._say(theirs.key, ITEMS, theirs.title, list(mine.items), list(theirs.items))
        return result

    def _carry(
        self, mine: _Place, base: _Place, theirs: _Place, index: int, result: list[Any], *, follows: bool
    ) -> bool:
        """One item: merged, exchanged for the template's, or dropped with open points for its words.

        True where it stays although the template has another module in its place.
        """
        kind, there = mine.kind(index), theirs.kind(index) if index < len(theirs.items) else None
        untouched = follows and not any(self._changed(mine, base, index))
        if theirs.knows(kind) and (there == kind or not untouched):
            result.append(self._item(mine, base, theirs, index, len(result)))
            return follows and there not in {kind, None}
        self._dropped(mine, base, theirs, index)
        if follows and there is not None:
            result.append(copy.deepcopy(dict(theirs.items[index])))
        return False

    def _switched(self, mine: _Place, base: _Place, theirs: _Place, held: dict[str, Any]) -> dict[str, Any]:
        """An optional part shown or not, three ways too. What carries words of a person's own is not hidden unseen."""
        placed, was = theirs.placement, base.placement
        known = mine.key in self.base_spec.slots
        at_first = was.shown if was and was.optional else known
        said = mine.items[0].get(SHOWN) if was and was.optional else None
        shown = said if isinstance(said, bool) else at_first
        path, label = f"{theirs.key}.{SHOWN}", theirs.title
        if placed is None or not placed.optional:
            if placed is not None and known and shown != at_first and not shown:
                self._say(path, LOCKED, label, False, True)
            return held
        if not known:
            shown = placed.shown
        elif shown == at_first and shown != placed.shown:
            shown = placed.shown
            if not shown and any(self._changed(mine, base, 0)):
                shown = True
                self._say(path, HIDDEN, label, True, False)
        return {SHOWN: shown, **held}

    # Items and fields

    def _item(self, mine: _Place, base: _Place, theirs: _Place, index: int, to: int | None) -> dict[str, Any]:
        """The item as the new version has it, standing at `to` (None where the place does not repeat)."""
        kind = mine.kind(index)
        held, slots = mine.items[index], theirs.slots(kind)
        at_first, new = base.start(index, kind), theirs.start(index, kind)
        result = theirs.of_kind(kind)
        for key, slot in slots.items():
            if slot.open:
                path = _path(theirs.key, to, key)
                one = _Three(
                    held.get(key, _MISSING), at_first.get(key, _MISSING), new.get(key, parts.as_json(slot))
                )
                result[key] = self._field(path, base.slots(kind).get(key), slot, one, theirs.title)
                if result[key] == one.mine != one.theirs:
                    self.kept[path] = _path(mine.key, index if mine.repeats else None, key)
        for key in self._changed(mine, base, index):
            if key not in slots or not slots[key].open:
                self._lost(mine, base, theirs, index, key, to)
        return result

    def _field(self, path: str, was: Slot | None, slot: Slot, one: _Three, title: str) -> Any:
        opened = was if was is not None and was.open else None
        label = _label(title, slot)
        if one.mine is _MISSING or (opened and _same(opened.field, one.mine, one.base)):
            return copy.deepcopy(one.theirs)
        if trouble := _unusable(opened, slot, one.mine, self.today):
            if one.mine != one.theirs and one.mine not in ("", None):
                self._say(path, trouble, label, one.mine, one.theirs)
            return copy.deepcopy(one.theirs)
        if slot.parts is not None or (opened and opened.parts is not None):
            return self._pieces(path, opened, slot, one, label)
        if _same(slot.field, one.mine, one.theirs):
            return copy.deepcopy(one.mine)
        if opened is None or not _same(opened.field, one.base, one.theirs):
            self._say(path, BOTH, label, one.mine, one.theirs)
        return copy.deepcopy(one.mine)

    def _pieces(self, path: str, was: Slot | None, slot: Slot, one: _Three, label: str) -> Any:
        """A value of which pieces are locked, before or after: those are the brand's, the others go three ways."""
        mine, theirs = _whole(was or slot, one.mine), _whole(slot, one.theirs)
        base = _whole(was, one.base) if was else theirs
        open_now = {key for part in _parts(slot) for key in _PIECES.get(part, (part,))}
        was_open = {key for part in _parts(was) for key in _PIECES.get(part, (part,))} if was else set()
        changed = {key for key in was_open if mine.get(key) != base.get(key)}
        value = {
            **theirs,
            **({key: mine[key] for key in open_now if key in mine} if changed & open_now else {}),
        }
        if any(mine.get(key) != theirs.get(key) for key in changed - open_now):
            self._say(path, LOCKED, label, one.mine, one.theirs)
        elif changed & open_now and any(
            base.get(key) != theirs.get(key) != mine.get(key) for key in open_now
        ):
            self._say(path, BOTH, label, value, theirs)
        return parts.kept(slot, value)

    def _changed(self, mine: _Place, base: _Place, index: int) -> Iterator[str]:
        """The fields of an item that a person has changed."""
        kind = mine.kind(index)
        slots, at_first = base.slots(kind), base.start(index, kind)
        for key, value in mine.items[index].items():
            slot = slots.get(key)
            if key in {SHOWN, KIND} or value in ("", None):
                continue
            if slot is None or not slot.open or not _same(slot.field, value, at_first.get(key, _MISSING)):
                yield key

    def _dropped(self, mine: _Place, base: _Place, theirs: _Place, index: int) -> None:
        for key in self._changed(mine, base, index):
            # A path of its own: another item may stand at this number by now.
            self._lost(mine, base, theirs, index, key, f"gone{len(self.points)}" if mine.repeats else None)

    def _lost(
        self, mine: _Place, base: _Place, theirs: _Place, index: int, key: str, to: int | str | None
    ) -> None:
        kind = mine.kind(index)
        now = theirs.slots(kind).get(key)
        was = base.slots(kind).get(key)
        said = mine.items[index][key]
        if now is not None and (_whole(was, said) if was and was.parts else said) == _plain(now.value):
            return  # locked to the very words
        slot = was or now
        label = _label(theirs.title or mine.title, slot) if slot else key
        path = _path(mine.key, to, key)
        self._say(path, LOCKED if now else GONE, label, said, _plain(now.value) if now else None)

    def _find_narrower(self, merged: dict[str, Any]) -> None:
        """Words that fitted, and are too long or hold what may not stand there any more."""
        before = {(each.path, each.code) for each in engine.check(self.base_spec, self.values)}
        for problem in engine.check(self.their_spec, merged):
            old = self.kept.get(problem.path)
            if old is None or problem.code not in _NARROWER or (old, problem.code) in before:
                continue
            known = next((each for each in self.points if each.path == problem.path), None)
            if known:
                self.points[self.points.index(known)] = replace(known, reason=LIMIT)
            else:
                self._say_narrower(problem.path, merged)

    def _say_narrower(self, path: str, merged: dict[str, Any]) -> None:
        place, *rest = path.split(".")
        there = _place(self.their_spec, merged, place)
        index = int(rest[0]) if len(rest) > 1 else 0
        kind = there.kind(index)
        slot = there.slots(kind)[rest[-1]]
        self._say(path, LIMIT, _label(there.title, slot), there.items[index][rest[-1]], parts.as_json(slot))

    def _say(self, path: str, reason: str, label: str, mine: Any, theirs: Any) -> None:
        self.points.append(Point(path, reason, label, copy.deepcopy(mine), copy.deepcopy(theirs)))


@dataclass(frozen=True)
class _Three:
    """One field three ways, as stored."""

    mine: Any
    base: Any
    theirs: Any


def _place(spec: TemplateSpec, values: Values, key: str) -> _Place:
    held = values.get(key)
    if held is None:
        return _Place(spec, key, [] if key in spec.places and spec.places[key].repeat else [{}])
    return _Place(spec, key, list(held) if isinstance(held, list | tuple) else [held])


def _with_switch(theirs: _Place, held: dict[str, Any]) -> dict[str, Any]:
    placed = theirs.placement
    return {SHOWN: placed.shown, **held} if placed and placed.optional else held


def _unusable(was: Slot | None, slot: Slot, mine: Any, today: date) -> str:
    """Why the value cannot stand in the new field at all; empty if it can."""
    chooses = isinstance(slot.field, ChoiceField | ApprovedField | ColourField)
    if was is not None and was.field.type != slot.field.type:
        return TYPE
    try:
        value = slot.field.read(mine)
    except WrongType:
        return OPTION if chooses and isinstance(mine, str) else TYPE
    if isinstance(slot.field, ChoiceField | ApprovedField):
        option = next((each for each in slot.field.options if each.value == value), None)
        if option is not None and option.valid_until is not None and option.valid_until < today:
            return OPTION
    return ""


def _same(field: FieldSpec, one: Any, other: Any) -> bool:
    """Whether two stored values say the same; an editor may write the same paragraphs in other bytes."""
    if isinstance(field, RichTextField) and isinstance(one, str) and isinstance(other, str):
        return rich.read(one, field.marks, field.allowed_domains) == rich.read(
            other, field.marks, field.allowed_domains
        )
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        try:
            return bool(field.read(one) == field.read(other))
        except WrongType:
            return bool(one == other)
    return bool(one == other)


def _parts(slot: Slot) -> tuple[str, ...]:
    return slot.field.PARTS if slot.parts is None else slot.parts


def _whole(slot: Slot, raw: Any) -> dict[str, Any]:
    """A value of pieces with all of them, the locked ones as the template says."""
    try:
        value = parts.read(slot, raw)
    except WrongType:
        value = slot.value
    return value.model_dump(mode="json") if isinstance(value, Spec) else {}


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, Spec) else value


def _path(place: str, index: int | str | None, key: str) -> str:
    return f"{place}.{key}" if index is None else f"{place}.{index}.{key}"


def _label(title: str, slot: Slot) -> str:
    return f"{title}: {slot.field.label}" if title else slot.field.label


__all__ = [
    "BOTH",
    "ENVELOPE",
    "GONE",
    "HIDDEN",
    "ITEMS",
    "LIMIT",
    "LOCKED",
    "OPTION",
    "TYPE",
    "Merged",
    "Point",
    "merge",
]
