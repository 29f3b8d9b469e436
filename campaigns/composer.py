"""What the composer's pages show: steps, fields with their values, and what is wrong where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from campaigns import content
from campaigns.field_views import ENTRY_OF, FieldView, dom_id, slugs_of
from campaigns.findings import Examined, Finding, examined
from campaigns.models import Campaign
from campaigns.open_points import OpenPoint, open_points
from campaigns.review import as_words
from campaigns.values import stored
from groups import profile
from library import engine
from library.engine.fields import ProfileField
from library.engine.template import Placement, Slot, Variant
from library.models import Image
from library.preflight.loading import unmarked

AUDIENCE, WHEN, CHECK = "audience", "when", "check"


@dataclass(frozen=True)
class StepLink:
    """An entry of the numbered list of steps."""

    key: str
    number: int
    title: str
    url: str
    is_current: bool
    is_done: bool
    troubles: int


@dataclass(frozen=True)
class Jump:
    """A finding with the place where it is put right; no address where nobody here can."""

    finding: Finding
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class OpenPointView:
    """An open point with both values as words."""

    point: OpenPoint
    mine: str
    theirs: str


@dataclass(frozen=True)
class ItemView:
    """One item of a repeated part, or the whole of a part that does not repeat (index None)."""

    index: int | None
    number: int
    fields: tuple[FieldView, ...]
    is_first: bool
    is_last: bool
    #: In a zone, which of its modules this is.
    title: str = ""


@dataclass(frozen=True)
class Composer:
    """A campaign in the composer, opened at one step."""

    campaign: Campaign
    current: str
    #: Revisions the page goes on to hold where a conflict is not settled yet.
    unsettled: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def spec(self) -> engine.TemplateSpec:
        return self.campaign.template_version.engine_spec()

    @cached_property
    def content_steps(self) -> tuple[engine.Step, ...]:
        return engine.steps(self.spec)

    @cached_property
    def marked(self) -> engine.Email:
        """Rendered once for all that the page shows; the marks tell pre-flight what was typed."""
        return content.mail(self.campaign, marked=True)

    @property
    def mail(self) -> engine.Email:
        return unmarked(self.marked)

    @cached_property
    def examined(self) -> Examined:
        return examined(self.campaign, self.marked)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What blocks."""
        return self.examined.blocking

    @cached_property
    def order(self) -> tuple[str, ...]:
        return (*(step.key for step in self.content_steps), AUDIENCE, WHEN, CHECK)

    @cached_property
    def step(self) -> engine.Step | None:
        """The step of contents that is open; None on audience, when and check."""
        return next((step for step in self.content_steps if step.key == self.current), None)

    @cached_property
    def links(self) -> list[StepLink]:
        troubles = Counter(finding.step for finding in self.findings)
        here = self.order.index(self.current) if self.current in self.order else 0
        return [
            StepLink(
                key, place + 1, self.title(key), self.url(key), place == here, place < here, troubles[key]
            )
            for place, key in enumerate(self.order)
        ]

    @cached_property
    def open_points(self) -> list[OpenPointView]:
        """What a newer version of the template left to decide: on the check page all of it, else of this step."""
        points = open_points(self.campaign)
        here = points if self.current == CHECK else [each for each in points if each.place == self.current]
        return [OpenPointView(each, as_words(each.mine), as_words(each.theirs)) for each in here]

    @property
    def is_behind(self) -> bool:
        """Whether the brand has published a newer version of the template."""
        version = self.campaign.template_version
        return not version.is_published and version.template.current is not None

    @property
    def jumps(self) -> list[Jump]:
        return [self._jump(finding) for finding in self.findings]

    @property
    def warnings(self) -> list[Jump]:
        return [self._jump(finding) for finding in self.examined.warnings]

    @property
    def notes(self) -> list[Jump]:
        return [self._jump(finding) for finding in self.examined.notes]

    def _jump(self, finding: Finding) -> Jump:
        if finding.step == CHECK or finding.step not in self.order:
            return Jump(finding)
        anchor = "#" + dom_id(finding.place) if "." in finding.place else ""
        return Jump(finding, self.title(finding.step), self.url(finding.step) + anchor)

    def title(self, key: str) -> str:
        fixed = {
            "envelope": _("Subject line"),
            AUDIENCE: _("Audience"),
            WHEN: _("When"),
            CHECK: _("Check and confirm"),
        }
        return fixed.get(key) or next(step.title for step in self.content_steps if step.key == key)

    def url(self, key: str) -> str:
        return reverse("campaigns:compose", args=[self.campaign.pk, key])

    @property
    def number(self) -> int:
        return self.order.index(self.current) + 1

    @property
    def next_url(self) -> str:
        return self.url(self.order[min(self.number, len(self.order) - 1)])

    @property
    def back_url(self) -> str | None:
        return self.url(self.order[self.number - 2]) if self.number > 1 else None

    @property
    def is_shown(self) -> bool:
        """Whether the optional part of this step is switched on."""
        held = stored(self.campaign.values, f"{self.current}.shown")
        return held if isinstance(held, bool) else self.spec.places[self.current].shown

    @property
    def shown_revision(self) -> int:
        return self._revision(f"{self.current}.shown")

    @cached_property
    def items(self) -> tuple[ItemView, ...]:
        if self.step is None:
            return ()
        if self.step.repeat is None:
            return (
                ItemView(None, 1, self._fields(self.step.key, self.spec.slots[self.step.key]), True, True),
            )
        held = self.campaign.values.get(self.step.key) or []
        return tuple(self._item(index, len(held), item) for index, item in enumerate(held))

    def _item(self, index: int, count: int, item: Mapping[str, Any]) -> ItemView:
        place = self.spec.places[self.current]
        fields = self._fields(f"{self.current}.{index}", self.spec.slots_at(self.current, item))
        title = self._kind_title(place.kinds[place.kind_of(item)]) if place.variants else ""
        return ItemView(index, index + 1, fields, index == 0, index == count - 1, title)

    def _kind_title(self, kind: Placement | Variant) -> str:
        """A zone's own title is that of the whole; its first module goes by the module's name."""
        own = kind.title if isinstance(kind, Variant) else ""
        return own or self.spec.modules[kind.module].name

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What can be added to a zone: kind and title. Empty where all items are alike."""
        place = self.spec.places.get(self.current)
        if place is None or not place.variants:
            return []
        held = [place.kind_of(item) for item in self.campaign.values.get(self.current) or []]
        return [
            (key, self._kind_title(kind))
            for key, kind in place.kinds.items()
            if kind.most is None or held.count(key) < kind.most
        ]

    def _fields(self, path: str, slots: Mapping[str, Slot]) -> tuple[FieldView, ...]:
        return tuple(self._field(f"{path}.{key}", slot) for key, slot in slots.items() if slot.open)

    def _field(self, path: str, slot: Slot) -> FieldView:
        problems = tuple(finding.message for finding in self.findings if finding.place == path)
        value = stored(self.campaign.values, path)
        source = None
        if isinstance(slot.field, ProfileField):
            source = self._profile.get(ENTRY_OF.get(slot.field.source, slot.field.source))
        return FieldView(path, slot, value, self._revision(path), problems, self.pictures, source)

    @cached_property
    def _profile(self) -> dict[str, profile.Entry]:
        return profile.entries(self.campaign.group)

    @cached_property
    def pictures(self) -> dict[str, Image]:
        """Those that fields of this step show, by slug."""
        return {
            image.slug: image
            for image in Image.objects.filter(slug__in=self._slugs()).select_related("brand")
        }

    def _slugs(self) -> set[str]:
        if self.step is None:
            return set()
        held = self.campaign.values.get(self.current)
        items = held if isinstance(held, list) else [held or {}]
        pairs = [
            (slot, item.get(key))
            for item in items
            for key, slot in self.spec.slots_at(self.current, item).items()
        ]
        return {slug for slot, value in pairs for slug in slugs_of(slot, value)}

    def _revision(self, path: str) -> int:
        return self.unsettled.get(path, int(self.campaign.revisions.get(path, 0)))

    @property
    def can_add(self) -> bool:
        return bool(self.step and self.step.repeat and len(self.items) < self.step.repeat.max)

    @property
    def can_remove(self) -> bool:
        return bool(self.step and self.step.repeat and len(self.items) > self.step.repeat.min)

    @property
    def locked_parts(self) -> list[str]:
        """What the brand has fixed, by name, so that nobody searches for a way to change it."""
        asked = {step.key for step in self.content_steps}
        return [
            placement.title or self.spec.modules[placement.module].name
            for placement in self.spec.placements
            if placement.key not in asked
        ]
