"""What the composer's pages show: steps, fields with their values, and what is wrong where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from campaigns.findings import Finding, findings
from campaigns.models import Campaign
from campaigns.values import stored
from library import engine
from library.engine.fields import FieldSpec

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

    message: str
    title: str
    url: str


@dataclass(frozen=True)
class FieldView:
    """One field as the form shows it."""

    path: str
    field: FieldSpec
    value: Any
    revision: int
    problems: tuple[str, ...]

    @property
    def dom_id(self) -> str:
        return dom_id(self.path)

    @property
    def length(self) -> int:
        """Characters as the limit counts them."""
        text = self.value.get("label", "") if isinstance(self.value, Mapping) else self.value
        return len(text) if isinstance(text, str) else 0


@dataclass(frozen=True)
class ItemView:
    """One item of a repeated part, or the whole of a part that does not repeat (index None)."""

    index: int | None
    number: int
    fields: tuple[FieldView, ...]
    is_first: bool
    is_last: bool


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
    def findings(self) -> tuple[Finding, ...]:
        return findings(self.campaign)

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

    @property
    def jumps(self) -> list[Jump]:
        return [self._jump(finding) for finding in self.findings]

    def _jump(self, finding: Finding) -> Jump:
        if finding.step == CHECK or finding.step not in self.order:
            return Jump(finding.message, "", "")
        anchor = "#" + dom_id(finding.place) if "." in finding.place else ""
        return Jump(finding.message, self.title(finding.step), self.url(finding.step) + anchor)

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
                ItemView(
                    None,
                    1,
                    tuple(self._field(each.path, each.field) for each in self.step.fields),
                    True,
                    True,
                ),
            )
        count = len(self.campaign.values.get(self.step.key) or [])
        return tuple(self._item(self.step, index, count) for index in range(count))

    def _item(self, step: engine.Step, index: int, count: int) -> ItemView:
        fields = tuple(self._field(each.at(index), each.field) for each in step.fields)
        return ItemView(index, index + 1, fields, index == 0, index == count - 1)

    def _field(self, path: str, spec: FieldSpec) -> FieldView:
        problems = tuple(finding.message for finding in self.findings if finding.place == path)
        value = stored(self.campaign.values, path)
        return FieldView(path, spec, value, self._revision(path), problems)

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


def dom_id(path: str) -> str:
    """The id of a field's control, which a jump from the check page aims at."""
    return "f-" + path.replace(".", "-")
