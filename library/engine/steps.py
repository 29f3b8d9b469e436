"""What the composer asks for, in order: the envelope first, then each part with something to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from library.engine import parts
from library.engine.fields import FieldSpec, Typed
from library.engine.template import ENVELOPE, Placement, Repeat, Slot, TemplateSpec


@dataclass(frozen=True)
class StepField:
    """An open field and its path; in a repeated part the path has `*` for the item, see `at`."""

    path: str
    field: FieldSpec

    def at(self, index: int) -> str:
        """The path in the item counted from 0."""
        return self.path.replace(".*.", f".{index}.")


@dataclass(frozen=True)
class Kind:
    """A module that an item of a zone may be, with what is open in it; `most` of them at once."""

    key: str
    title: str
    fields: tuple[StepField, ...]
    most: int | None


@dataclass(frozen=True)
class Step:
    """One heading of the composer; the envelope's title is empty, its words are the portal's.

    Of a zone, `kinds` are all it takes, in its order, and `fields` those of its own module.
    """

    key: str
    title: str
    fields: tuple[StepField, ...]
    repeat: Repeat | None = None
    optional: bool = False
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class LockedPart:
    """Something people see and cannot change: a whole field, or of an open one the `parts` that are the brand's."""

    path: str
    field: FieldSpec
    value: Typed
    parts: tuple[str, ...] = ()
    kind: str = ""


def steps(spec: TemplateSpec) -> tuple[Step, ...]:
    """Only parts in which a local person can decide something."""
    envelope = Step(ENVELOPE, "", _fields(ENVELOPE, spec.slots[ENVELOPE]))
    return tuple(step for step in (envelope, *(_step(spec, each) for each in spec.placements)) if _asks(step))


def locked_fields(spec: TemplateSpec, place: str) -> tuple[LockedPart, ...]:
    """What the template keeps for itself at the place and does not hide; of a zone by kind, paths with `*`."""
    placement = spec.places.get(place)
    kinds = {"": spec.slots[place]} if placement is None else spec.kinds[place]
    path = place if placement is None or not placement.repeat else f"{place}.*"
    return tuple(
        LockedPart(f"{path}.{key}", slot.field, slot.value, parts.locked(slot), kind)
        for kind, slots in kinds.items()
        for key, slot in slots.items()
        if not slot.hidden and (not slot.open or parts.locked(slot))
    )


def _step(spec: TemplateSpec, placement: Placement) -> Step:
    path = f"{placement.key}.*" if placement.repeat else placement.key
    title = placement.title or spec.modules[placement.module].name
    fields = _fields(path, spec.slots[placement.key])
    kinds = _kinds(spec, placement, path) if placement.variants else ()
    return Step(placement.key, title, fields, placement.repeat, placement.optional, kinds)


def _kinds(spec: TemplateSpec, placement: Placement, path: str) -> tuple[Kind, ...]:
    """The zone's title is the step's, so each module goes by its own name unless the variant says otherwise."""
    return tuple(
        Kind(
            kind, kind_title(spec, placement, kind), _fields(path, spec.kinds[placement.key][kind]), each.most
        )
        for kind, each in placement.kinds.items()
    )


def kind_title(spec: TemplateSpec, placement: Placement, kind: str) -> str:
    each = placement.kinds[kind]
    own = each.title if kind != placement.key else ""
    return own or spec.modules[each.module].name


def _fields(path: str, slots: Mapping[str, Slot]) -> tuple[StepField, ...]:
    return tuple(StepField(f"{path}.{key}", slot.field) for key, slot in slots.items() if slot.open)


def _asks(step: Step) -> bool:
    varies = step.repeat is not None and step.repeat.min != step.repeat.max
    choosy = len(step.kinds) > 1 or any(kind.fields for kind in step.kinds)
    return bool(step.fields) or step.optional or varies or choosy
