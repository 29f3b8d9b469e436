"""What the builder shows: the parts in order, and everything about the one that is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from campaigns.field_views import ENTRY_OF, FieldView
from groups import profile
from groups.models import Group
from library import drafting, editing, engine
from library.drafting import Filled, Mode, Spot
from library.editing import history
from library.engine.fields import Approved, ApprovedField, FieldSpec, ImageField, ProfileField, start_value
from library.engine.template import ENVELOPE, Grant, Placement, Repeat, Slot, Variant
from library.models import DraftStep, Image, ModuleVersion, Template, TemplateVersion
from studio.builder import fetching, inputs
from studio.builder.changes import ABOUT, path_of


@dataclass(frozen=True)
class PartView:
    """A part in the list."""

    key: str
    title: str
    module: str
    number: int
    is_open: bool
    is_first: bool
    is_last: bool
    placement: Placement
    opened: int
    locked: int
    problems: int


@dataclass(frozen=True)
class FieldPanel:
    """One field as the brand edits it: what it says, and what local people may change of it."""

    spot: Spot
    field: FieldSpec
    view: FieldView
    mode: Mode
    grant: Grant | None
    seen: str
    #: Whether the list of approved pieces is the template's.
    has_own_list: bool = False
    #: What a refused form said, which its inputs go on to say.
    typed: QueryDict | None = None

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def id(self) -> str:
        return self.view.dom_id

    def limit(self, name: str) -> Any:
        """What the grant says there; its module's own where it says nothing."""
        said = getattr(self.grant, name, None)
        return getattr(self.field, name, None) if said is None else said

    @property
    def parts(self) -> list[tuple[str, str, bool]]:
        """Pieces of the value: key, words, whether open."""
        granted = self.grant.parts if self.grant else None
        return [(part, _part_name(part), granted is None or part in granted) for part in self.field.PARTS]

    @property
    def marks(self) -> list[tuple[str, str, bool]]:
        marks = getattr(self.field, "marks", ())
        return [(mark, _mark_name(mark), mark in self.limit("marks")) for mark in marks]

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        granted = self.grant.options if self.grant else None
        options = getattr(self.field, "options", ())
        return [(each.value, each.label, granted is None or each.value in granted) for each in options]

    @property
    def has_length(self) -> bool:
        return hasattr(self.field, "max_length")

    @property
    def takes_links(self) -> bool:
        return hasattr(self.field, "allowed_domains")

    @property
    def domains(self) -> str:
        return self._typed("allowed_domains", ", ".join(self.limit("allowed_domains") or ()))

    @property
    def own_label(self) -> str:
        return self._typed("label", (self.grant.label if self.grant else None) or "")

    @property
    def own_help(self) -> str:
        return self._typed("help", (self.grant.help if self.grant else None) or "")

    @property
    def own_length(self) -> str:
        said = self.grant.max_length if self.grant else None
        return self._typed("max_length", str(said or ""))

    def _typed(self, name: str, otherwise: str) -> str:
        return otherwise if self.typed is None else self.typed.get(name, "")

    @property
    def is_required(self) -> bool:
        return bool(self.limit("required"))

    @property
    def limits(self) -> list[str]:
        """Names of the limits for which the form has inputs."""
        told = {
            "parts": self.parts, "max_length": self.has_length, "marks": self.marks,
            "allowed_domains": self.takes_links, "options": self.options,
        }  # fmt: skip
        return [name for name in inputs.LIMITS if told[name]]

    @property
    def rows(self) -> list[tuple[int, Approved | None]]:
        """The list of approved pieces, and a blank line for one more."""
        pieces = self.field.options if isinstance(self.field, ApprovedField) else ()
        return list(enumerate([*pieces, None]))

    @property
    def is_approved(self) -> bool:
        return isinstance(self.field, ApprovedField)

    @property
    def problems(self) -> tuple[str, ...]:
        return self.view.problems


def _part_name(part: str) -> str:
    names = {
        "src": _("The picture"), "alt": _("Its description"), "label": _("What it says"), "url": _("Where it leads"),
        "amount": _("The price now"), "before": _("The price before"),
    }  # fmt: skip
    return names.get(part, part)


def _mark_name(mark: str) -> str:
    names = {
        "bold": _("Bold"), "italic": _("Italic"), "link": _("Links"), "bullet_list": _("Bullets"),
        "ordered_list": _("Numbers"),
    }  # fmt: skip
    return names.get(mark, mark)


@dataclass(frozen=True)
class ItemPanel:
    """One of the items that a new campaign starts with."""

    index: int
    number: int
    title: str
    fields: tuple[FieldView, ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Desk:
    """A template's draft on the bench, with one part open, looked at as `group` would get it."""

    template: Template
    draft: TemplateVersion
    group: Group | None
    open: str = ""
    kind: str = ""
    newest: list[ModuleVersion] = field(default_factory=fetching.newest_modules)
    #: What could not be done, where it is not said at an input.
    refusal: str = ""
    #: The refused form of a field.
    typed: QueryDict | None = None

    @cached_property
    def spec(self) -> engine.TemplateSpec:
        return self.draft.engine_spec()

    # The list

    @cached_property
    def parts(self) -> list[PartView]:
        count = len(self.spec.placements)
        return [self._part(index, each, count) for index, each in enumerate(self.spec.placements)]

    def _part(self, index: int, held: Placement, count: int) -> PartView:
        module = self.spec.modules[held.module]
        slots = [slot for kinds in self.spec.kinds[held.key].values() for slot in kinds.values()]
        opened = sum(slot.open for slot in slots)
        return PartView(
            held.key, held.title or module.name, module.name, index + 1, held.key == self.open, index == 0,
            index == count - 1, held, opened, len(slots) - opened, self._troubles[held.key],
        )  # fmt: skip

    @cached_property
    def problems(self) -> dict[str, list[str]]:
        """What the brand's own copy lacks, by path. A field left open may be empty, a locked one may not."""
        found: dict[str, list[str]] = {}
        for problem in engine.check_template(self.spec, today=timezone.localdate()):
            found.setdefault(problem.path, []).append(problem.message)
        return found

    @cached_property
    def _troubles(self) -> Counter[str]:
        return Counter(path.split(".")[0] for path in self.problems)

    @property
    def envelope_troubles(self) -> int:
        return self._troubles[ENVELOPE]

    @property
    def newer(self) -> list[ModuleVersion]:
        """Modules that were published anew since they came into this draft."""
        changed = self._newer
        return [row for row in self.newest if row.module.slug in changed]

    @cached_property
    def _newer(self) -> dict[str, engine.ModuleSpec]:
        return fetching.newer_modules(self.spec, self.newest)

    @cached_property
    def dropped(self) -> tuple[str, ...]:
        """What of the template would have no place in the newer modules."""
        return drafting.take_modules(self.spec, self._newer)[1] if self._newer else ()

    # The steps

    @cached_property
    def undoable(self) -> DraftStep | None:
        return history.undoable(self.draft)

    @cached_property
    def redoable(self) -> DraftStep | None:
        return history.redoable(self.draft)

    # What is open

    @property
    def is_about(self) -> bool:
        return self.open == ABOUT

    @property
    def is_envelope(self) -> bool:
        return self.open == ENVELOPE

    @property
    def part(self) -> PartView | None:
        return next((each for each in self.parts if each.is_open), None)

    @property
    def placement(self) -> Placement | None:
        return self.spec.places.get(self.open)

    @property
    def presence(self) -> str:
        held = self.placement
        if held is None:
            return ""
        return "repeat" if held.repeat else "optional" if held.optional else "always"

    @property
    def repeat(self) -> Repeat:
        """The limits of a repeating part, or what is offered to start with."""
        held = self.placement
        return (held.repeat if held else None) or Repeat(min=1, max=3)

    @property
    def spot(self) -> Spot:
        return Spot(self.open, self._kind)

    @property
    def _kind(self) -> str:
        held = self.placement
        kinds = held.kinds if held and held.variants else {}
        return self.kind if self.kind in kinds else next(iter(kinds), "")

    @property
    def kinds(self) -> list[tuple[str, str, Placement | Variant]]:
        """The modules of a zone: key, name, what the template says of it."""
        held = self.placement
        kinds = held.kinds.items() if held and held.variants else ()
        return [(key, self._kind_title(each), each) for key, each in kinds]

    def _kind_title(self, kind: Placement | Variant) -> str:
        own = kind.title if isinstance(kind, Variant) else ""
        return own or self.spec.modules[kind.module].name

    @property
    def title(self) -> str:
        """The own name of what is open; empty for the module's."""
        held = self._filled
        return "" if held is None else getattr(held, "title", "")

    @property
    def _filled(self) -> Filled | None:
        if not self.is_envelope and self.placement is None:
            return None
        return drafting.filled(self.spec, self.spot)

    @cached_property
    def fields(self) -> tuple[FieldPanel, ...]:
        held = self._filled
        if held is None:
            return ()
        return tuple(self._panel(held, spec) for spec in drafting.declared(self.spec, self.spot).values())

    def _panel(self, held: Filled, spec: FieldSpec) -> FieldPanel:
        path = path_of(self.spot, spec.key)
        grant = next((each for each in held.open if each.field == spec.key), None)
        slot = Slot(spec, True, start_value(spec))
        view = FieldView(
            path, slot, held.values.get(spec.key, _stored(slot.value)), self.draft.revision,
            tuple(self.problems.get(path, ())), self.pictures, self._source(spec),
        )  # fmt: skip
        mode, seen = drafting.mode_of(held, spec.key), editing.seen(self.spec, self.spot, spec.key)
        if self.typed is None or self.typed.get("key") != spec.key:
            return FieldPanel(self.spot, spec, view, mode, grant, seen, spec.key in held.options)
        view = replace(view, value=inputs.value_in(spec, path, self.typed), problems=(self.refusal,))
        return FieldPanel(
            self.spot, spec, view, inputs.mode_in(self.typed), grant, seen, spec.key in held.options, self.typed
        )  # fmt: skip

    @cached_property
    def items(self) -> tuple[ItemPanel, ...]:
        held = self.placement
        if held is None:
            return ()
        return tuple(self._item(held, index, item) for index, item in enumerate(held.items))

    def _item(self, held: Placement, index: int, item: Mapping[str, Any]) -> ItemPanel:
        slots = self.spec.slots_at(held.key, item)
        fields = tuple(
            FieldView(
                f"{held.key}.{index}.{key}", slot, item.get(key, _stored(slot.value)), self.draft.revision,
                tuple(self.problems.get(f"{held.key}.{index}.{key}", ())), self.pictures, self._source(slot.field),
            )
            for key, slot in slots.items() if slot.open
        )  # fmt: skip
        title = self._kind_title(held.kinds[held.kind_of(item)]) if held.variants else ""
        return ItemPanel(index, index + 1, title, fields, index == 0, index == len(held.items) - 1)

    # Where values come from

    @cached_property
    def entries(self) -> dict[str, profile.Entry]:
        """What the chosen group tells about itself, each with the node that says it."""
        return profile.entries(self.group) if self.group else {}

    @property
    def sources(self) -> list[tuple[str, profile.Entry]]:
        """The same, by the names that people know them by."""
        return [
            (str(Group._meta.get_field(name).verbose_name).capitalize(), entry)  # type: ignore[union-attr]  # all are columns
            for name, entry in self.entries.items()
        ]

    def _source(self, spec: FieldSpec) -> profile.Entry | None:
        if not isinstance(spec, ProfileField):
            return None
        return self.entries.get(ENTRY_OF.get(spec.source, spec.source))

    @cached_property
    def pictures(self) -> dict[str, Image]:
        """Those that the open part shows, by slug."""
        rows = Image.objects.filter(Q(slug__in=self._slugs())).select_related("brand")
        return {image.slug: image for image in rows}

    def _slugs(self) -> set[str]:
        held = self._filled
        if held is None:
            return set()
        items = held.items if isinstance(held, Placement) else ()
        said = [each for values in (held.values, *items) for each in values.values()]
        slugs = {str(each["src"]) for each in said if isinstance(each, dict) and "src" in each}
        for spec in drafting.declared(self.spec, self.spot).values():
            if isinstance(spec, ApprovedField):
                slugs |= {option.image for option in spec.options}
            if isinstance(spec, ImageField):
                slugs.add(spec.default.src)
        return slugs - {""}


def _stored(value: Any) -> Any:
    """A value as JSON holds it, which is what inputs show."""
    return value.model_dump() if hasattr(value, "model_dump") else value
