"""What the composer asks for, in order: the envelope first, then each part with something to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from library.engine.fields import FieldSpec
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
class Step:
    """One heading of the composer; the envelope's title is empty, its words are the portal's."""

    key: str
    title: str
    fields: tuple[StepField, ...]
    repeat: Repeat | None = None
    optional: bool = False


def steps(spec: TemplateSpec) -> tuple[Step, ...]:
    """Only parts in which a local person can decide something."""
    envelope = Step(ENVELOPE, "", _fields(ENVELOPE, spec.slots[ENVELOPE]))
    return tuple(step for step in (envelope, *(_step(spec, each) for each in spec.placements)) if _asks(step))


def _step(spec: TemplateSpec, placement: Placement) -> Step:
    place = f"{placement.key}.*" if placement.repeat else placement.key
    title = placement.title or spec.modules[placement.module].name
    fields = _fields(place, spec.slots[placement.key])
    return Step(placement.key, title, fields, placement.repeat, placement.optional)


def _fields(place: str, slots: Mapping[str, Slot]) -> tuple[StepField, ...]:
    return tuple(StepField(f"{place}.{key}", slot.field) for key, slot in slots.items() if slot.open)


def _asks(step: Step) -> bool:
    varies = step.repeat is not None and step.repeat.min != step.repeat.max
    return bool(step.fields) or step.optional or varies
