"""What an approver reads first: where the campaign departs from the template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.values import stored
from library import engine


@dataclass(frozen=True)
class Difference:
    """One field, as words."""

    label: str
    before: str
    after: str


def differences(campaign: Campaign) -> list[Difference]:
    """Fields whose value is not the template's own."""
    spec = campaign.template_version.engine_spec()
    started = engine.defaults(spec)
    found: list[Difference] = []
    for step in engine.steps(spec):
        for path, label in _paths(spec, step, campaign.values):
            before, after = stored(started, path), stored(campaign.values, path)
            if before != after:
                found.append(Difference(label, as_words(before), as_words(after)))
    return found


def _paths(spec: engine.TemplateSpec, step: engine.Step, values: dict[str, Any]) -> list[tuple[str, str]]:
    title = step.title or _("Subject line")
    own = [(f"{step.key}.shown", _("%(part)s: shown") % {"part": title})] if step.optional else []
    if step.repeat is None:
        return [*own, *((each.path, each.field.label) for each in step.fields)]
    return [
        (f"{step.key}.{index}.{key}", f"{title} {index + 1}: {slot.field.label}")
        for index, item in enumerate(values.get(step.key) or [])
        for key, slot in spec.slots_at(step.key, item).items()
        if slot.open
    ]


def as_words(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part and part is not True) or "–"
    return strip_tags(str(value)) or "–"
