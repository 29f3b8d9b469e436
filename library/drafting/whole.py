"""What concerns a whole template: its name, its tracking, the versions of its modules."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from library.drafting.base import DraftError, having, only_open
from library.drafting.fitting import fitted
from library.engine.template import ModuleSpec, Placement, TemplateSpec


def describe(
    spec: TemplateSpec, *, name: str, description: str = "", category: str = "", language: str = "en"
) -> TemplateSpec:
    if not name.strip():
        raise DraftError(_("Give the template a name."), input="name")
    return having(
        spec, name=name.strip()[:80], description=description.strip()[:300], category=category.strip()[:40],
        language=language,
    )  # fmt: skip


def track(spec: TemplateSpec, parameters: Mapping[str, str]) -> TemplateSpec:
    """Parameters for every web link; those without a name go."""
    return having(spec, tracking={name: text for name, text in parameters.items() if name})


def take_modules(spec: TemplateSpec, newer: Mapping[str, ModuleSpec]) -> tuple[TemplateSpec, tuple[str, ...]]:
    """The spec on newer modules, and by “part: field” what of the old no longer had a place."""
    taken = {slug: newer.get(slug, module) for slug, module in spec.modules.items()}
    dropped: list[str] = []
    parts: list[Placement] = []
    for held in spec.placements:
        title = held.title or spec.modules[held.module].name
        own, gone = fitted(held, taken[held.module].fields)
        fits = [fitted(each, taken[each.module].fields) for each in held.variants]
        parts.append(only_open(having(own, variants=tuple(variant for variant, _gone in fits))))
        dropped += [
            f"{title}: {each}" for each in (*gone, *(each for _variant, lost in fits for each in lost))
        ]
    return having(spec, placements=parts, modules=taken), tuple(dropped)
