"""A field as the form shows it: its slot, what is stored there, and what a person needs to know besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from groups import profile
from library.engine.fields import Approved, ApprovedField, ChoiceField, FieldSpec, ImageField, Option
from library.engine.template import Slot
from library.models import Image

#: The entry of the group's profile that stands for a source made of several.
ENTRY_OF = {"address": "street"}


@dataclass(frozen=True)
class FieldView:
    """One field as the form shows it."""

    path: str
    slot: Slot
    value: Any
    revision: int
    problems: tuple[str, ...]
    #: Pictures of the gallery by slug, as far as this step shows any.
    pictures: Mapping[str, Image] = field(default_factory=dict)
    #: Of a profile field: what the group says there, and which node says it.
    source: profile.Entry | None = None

    @property
    def field(self) -> FieldSpec:
        return self.slot.field

    @property
    def opens(self) -> dict[str, bool]:
        """By piece of the value, whether it may be changed."""
        return {part: self.slot.opens(part) for part in self.field.PARTS}

    @property
    def picture(self) -> Image | None:
        return self.pictures.get(self._part("src"))

    @property
    def alt(self) -> str:
        return self._part("alt") or (self.picture.alt if self.picture else "")

    def _part(self, name: str) -> str:
        """What is typed, else what the template says there."""
        said = self.value.get(name) if isinstance(self.value, Mapping) else None
        return str(getattr(self.slot.value, name, "") if said is None else said)

    @property
    def locked_url(self) -> str:
        """Where a button leads whose label alone is open."""
        return self._part("url")

    @property
    def options(self) -> tuple[Option, ...]:
        """Those of a choice that may be chosen today, and the one that is chosen."""
        today = timezone.localdate()
        options = self.field.options if isinstance(self.field, ChoiceField) else ()
        return tuple(each for each in options if each.holds_on(today) or each.value == self.value)

    @property
    def choices(self) -> list[tuple[Approved, Image | None]]:
        """Approved pieces that may be chosen today, and the one that is chosen, whatever its dates."""
        today = timezone.localdate()
        options = self.field.options if isinstance(self.field, ApprovedField) else ()
        return [
            (each, self.pictures.get(each.image))
            for each in options
            if each.holds_on(today) or each.value == self.value
        ]

    @property
    def dom_id(self) -> str:
        return dom_id(self.path)

    @property
    def length(self) -> int:
        """Characters as the limit counts them."""
        text = self.value.get("label", "") if isinstance(self.value, Mapping) else self.value
        return len(text) if isinstance(text, str) else 0


def slugs_of(slot: Slot, value: Any) -> set[str]:
    if isinstance(slot.field, ApprovedField):
        return {option.image for option in slot.field.options if option.image}
    if not isinstance(slot.field, ImageField):
        return set()
    said = value.get("src") if isinstance(value, Mapping) else None
    return {str(getattr(slot.value, "src", "") if said is None else said)} - {""}


def dom_id(path: str) -> str:
    """The id of a field's control, which a jump from the check page aims at."""
    return "f-" + path.replace(".", "-")
