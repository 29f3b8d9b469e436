"""Which templates are made of a module, with which version of it, and which are behind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Func, Q
from django.db.models.fields.json import KeyTransform
from pydantic import ValidationError

from library.engine import ModuleSpec
from library.models import Module, Template, TemplateVersion

#: A template's published version and its draft: what is sent now, and what will be.
_LIVE = Q(
    state__in=(TemplateVersion.State.PUBLISHED, TemplateVersion.State.DRAFT), template__archived_at=None
)


@dataclass(frozen=True)
class Use:
    """A version of a template, and the module's version in it: None where it is none that was published here."""

    version: TemplateVersion
    number: int | None
    is_behind: bool

    @property
    def template(self) -> Template:
        return self.version.template


def of(module: Module) -> list[Use]:
    """Published versions and drafts of templates, by name. Two queries, however many there are."""
    rows = (
        TemplateVersion.objects.filter(_LIVE, spec__modules__has_key=module.slug)
        .select_related("template")
        .defer("spec")
        .annotate(held=KeyTransform(module.slug, KeyTransform("modules", "spec")))
        .order_by("template__name", "-number")
    )
    versions = [(version.number, canonical(version.spec)) for version in module.versions.all()]
    newest = versions[0][0] if versions else None
    return [_use(row, canonical(row.held), versions, newest) for row in rows]


def _use(row: TemplateVersion, held: Any, versions: list[tuple[int, Any]], newest: int | None) -> Use:
    number = next((number for number, spec in versions if spec == held), None)
    return Use(row, number, newest is not None and number != newest)


def counts() -> dict[str, int]:
    """By slug of the module, how many templates are made of it. One query."""
    keys = Func(KeyTransform("modules", "spec"), function="jsonb_object_keys", output_field=CharField())
    found: dict[str, set[int]] = defaultdict(set)
    for slug, template in TemplateVersion.objects.filter(_LIVE).values_list(keys, F("template_id")):
        found[slug].add(template)
    return {slug: len(templates) for slug, templates in found.items()}


def same(one: Any, other: Any) -> bool:
    return bool(canonical(one) == canonical(other))


def canonical(spec: Any) -> Any:
    """Two ways of writing one module down are equal in this: what is left to its default, and what says it."""
    try:
        return ModuleSpec.model_validate(spec).model_dump(mode="json")
    except ValidationError:
        return spec
