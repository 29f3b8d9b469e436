"""What changed from one version of a template to another, in words: made from the declarations, whatever the field.

Nothing here knows a type of field by name: limits are whatever a field declares besides its key, type and default.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from campaigns.review import as_words
from library.engine import ModuleSpec, TemplateSpec
from library.engine.fields import FieldSpec, Spec
from library.engine.template import ENVELOPE, Placement, Slot
from studio.modules.diff import PartDiff as LineDiff
from studio.modules.diff import diff

#: What of a field's declaration is no limit.
_APART = frozenset({"key", "type", "default"})


@dataclass(frozen=True)
class Change:
    """One line: what it is about, what happened, and the words before and after where there are any."""

    what: str
    sign: str
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class PartDiff:
    """A part of the mail with what changed in it; `sign` is + for a new part, - for one that is gone."""

    key: str
    title: str
    sign: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class SourceDiff:
    """A module whose source changed, as lines that went and came."""

    name: str
    parts: tuple[LineDiff, ...]


@dataclass(frozen=True)
class Difference:
    parts: tuple[PartDiff, ...]
    sources: tuple[SourceDiff, ...]

    def __bool__(self) -> bool:
        return bool(self.parts or self.sources)

    @property
    def keys(self) -> list[str]:
        return [part.key for part in self.parts]


ADDED, REMOVED, MOVED, CHANGED, LOCKED, OPENED, LIMITED = "+", "-", "↕", "~", "locked", "opened", "limit"


def compare(old: TemplateSpec, new: TemplateSpec) -> Difference:
    """Parts in the order of the new version, those that are gone behind them."""
    return Difference(tuple(_parts(old, new)), tuple(_sources(old, new)))


# Parts


def _parts(old: TemplateSpec, new: TemplateSpec) -> Iterator[PartDiff]:
    if whole := tuple(_whole(old, new)):
        yield PartDiff("", _("The template"), CHANGED, whole)
    if changes := tuple(_fields(old.slots[ENVELOPE], new.slots[ENVELOPE])):
        yield PartDiff(ENVELOPE, _("Subject line and sender"), CHANGED, changes)
    moved = _moved(old, new)
    for place in new.placements:
        was = old.places.get(place.key)
        if was is None:
            yield PartDiff(place.key, _title(new, place), ADDED, tuple(_fields({}, new.slots[place.key])))
        elif changes := tuple(_part(old, new, was, place, moves=place.key in moved)):
            yield PartDiff(place.key, _title(new, place), CHANGED, changes)
    for place in old.placements:
        if place.key not in new.places:
            yield PartDiff(place.key, _title(old, place), REMOVED, tuple(_fields(old.slots[place.key], {})))


def _whole(old: TemplateSpec, new: TemplateSpec) -> Iterator[Change]:
    names = {
        "name": _("Name"), "description": _("Description"), "category": _("Category"),
        "language": _("Language"), "tracking": _("Tracking parameters"),
    }  # fmt: skip
    for name, label in names.items():
        yield from _differs(label, getattr(old, name), getattr(new, name))


def _moved(old: TemplateSpec, new: TemplateSpec) -> set[str]:
    """Parts whose order among those in both versions is another: the fewest that explain it."""
    before = [place.key for place in old.placements if place.key in new.places]
    after = [place.key for place in new.placements if place.key in old.places]
    same = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after) - {key for block in same for key in before[block.a : block.a + block.size]}


def _title(spec: TemplateSpec, place: Placement) -> str:
    return place.title or spec.modules[place.module].name


def _part(
    old: TemplateSpec, new: TemplateSpec, was: Placement, place: Placement, *, moves: bool
) -> Iterator[Change]:
    if moves:
        yield Change(_("Order"), MOVED, _("stands elsewhere in the mail"))
    yield from _differs(_("Title"), was.title, place.title)
    yield from _differs(_("Module"), old.modules[was.module].name, new.modules[place.module].name)
    yield from _differs(_("How often"), _often(was), _often(place))
    yield from _differs(_("First items"), _items(was), _items(place))
    yield from _kinds(old, new, was, place)


def _kinds(old: TemplateSpec, new: TemplateSpec, was: Placement, place: Placement) -> Iterator[Change]:
    before, after = old.kinds[place.key], new.kinds[place.key]
    for kind, slots in after.items():
        name = new.modules[place.kinds[kind].module].name if len(after) > 1 else ""
        if kind not in before:
            yield Change(name, ADDED, _("may be chosen here now"))
        for change in _fields(before.get(kind, slots), slots):
            yield Change(
                f"{name}: {change.what}" if name else change.what,
                change.sign,
                change.words,
                change.before,
                change.after,
            )
    for kind in before:
        if kind not in after:
            yield Change(old.modules[was.kinds[kind].module].name, REMOVED, _("may no longer be chosen here"))


def _often(place: Placement) -> str:
    if place.repeat:
        return _("%(least)d to %(most)d times") % {"least": place.repeat.min, "most": place.repeat.max}
    if place.optional:
        return _("may be left out, starts shown") if place.shown else _("may be left out, starts hidden")
    return _("always")


def _items(place: Placement) -> str:
    return "; ".join(" · ".join(as_words(value) for value in item.values()) for item in place.items)


# Fields


def _fields(before: Mapping[str, Slot], after: Mapping[str, Slot]) -> Iterator[Change]:
    for key, slot in after.items():
        was = before.get(key)
        if was is None:
            yield Change(
                slot.field.label, ADDED, _("new field, %(how)s") % {"how": _access(slot)}, "", _value(slot)
            )
        else:
            yield from _field(was, slot)
    for key, slot in before.items():
        if key not in after:
            yield Change(slot.field.label, REMOVED, _("field is gone"), _value(slot), "")


def _field(was: Slot, slot: Slot) -> Iterator[Change]:
    label = slot.field.label
    if _access(was) != _access(slot):
        sign = OPENED if slot.open and not was.open else LOCKED if was.open and not slot.open else LIMITED
        yield Change(label, sign, _("who fills it in"), _access(was), _access(slot))
    if was.field.type != slot.field.type:
        yield Change(label, CHANGED, _("another kind of field"), _type(was.field), _type(slot.field))
    elif was.value != slot.value:
        yield Change(label, CHANGED, _("what the template says"), _value(was), _value(slot))
    if was.field.type == slot.field.type:
        yield from _limits(label, was.field, slot.field)


def _limits(label: str, was: FieldSpec, now: FieldSpec) -> Iterator[Change]:
    for name in type(now).model_fields:
        before, after = getattr(was, name), getattr(now, name)
        if name not in _APART and before != after:
            yield Change(label, LIMITED, _limit(name), _plain(before), _plain(after))


def _limit(name: str) -> str:
    """A limit's name for people; one that is not listed reads as its name does."""
    known = {
        "max_length": _("longest"), "required": _("has to be filled in"), "label": _("label"), "help": _("help"),
        "marks": _("marks"), "allowed_domains": _("links may lead to"), "options": _("options"), "ratio": _("ratio"),
        "display_width": _("shown width"), "pairs": _("colours"), "currency": _("currency"), "most": _("highest price"),
        "with_time": _("with a time of day"), "length": _("how the date is written"),
        "after_send": _("has to lie after the send"), "kind": _("kind of piece"), "source": _("taken from"),
    }  # fmt: skip
    return known.get(name, name.replace("_", " "))


def _access(slot: Slot) -> str:
    if slot.open and slot.parts is not None:
        return _("open in parts: %(parts)s") % {"parts": ", ".join(slot.parts)}
    return _("open") if slot.open else _("hidden") if slot.hidden else _("locked")


def _type(field: FieldSpec) -> str:
    return field.type.replace("_", " ")


def _value(slot: Slot) -> str:
    return _plain(slot.value)


def _plain(value: Any) -> str:
    """A value or a limit as words; empty where there is nothing to read."""
    if isinstance(value, tuple | list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, Spec):
        told = value.model_dump(mode="json", exclude_defaults=True)
        return " · ".join(as_words(each) for name, each in told.items() if name != "value" or len(told) == 1)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={each}" for key, each in value.items())
    return "" if value in (None, "") else as_words(value)


def _differs(what: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        yield Change(what, CHANGED, "", _plain(before), _plain(after))


# Sources


def _sources(old: TemplateSpec, new: TemplateSpec) -> Iterator[SourceDiff]:
    for slug, module in new.modules.items():
        was = old.modules.get(slug)
        if was is not None and (parts := tuple(diff(_source(was), _source(module)))):
            yield SourceDiff(module.name, parts)


def _source(module: ModuleSpec) -> dict[str, str]:
    return {"mjml": module.mjml, "text": module.text}
