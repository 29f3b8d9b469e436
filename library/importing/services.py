"""From a pasted newsletter to a template whose fields are all locked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import BaseModel

from accounts.models import User
from library import editing, engine
from library.engine import ModuleSpec, TemplateSpec
from library.engine.fields import Typed, start_value
from library.errors import LibraryError
from library.importing.markup import style_sheet
from library.importing.newsletter import Newsletter, Part, read_newsletter
from library.models import Module, ModuleVersion, NewsletterImport, Template
from library.modules.publishing import free_slug

KEPT = timedelta(days=30)
STYLES = "styles"


def keep(source: str, name: str, *, by: User) -> NewsletterImport:
    """Put it by, so that nothing pasted is lost. Older than a month, the sources go."""
    NewsletterImport.objects.filter(added_at__lt=timezone.now() - KEPT).delete()
    kept: NewsletterImport = NewsletterImport.objects.create(source=source, name=name[:80], added_by=by)
    return kept


def spec_of(newsletter: Newsletter, name: str, parts: Collection[Part] | None = None) -> TemplateSpec:
    """A template of these parts, or of all: each value stands locked in its place."""
    chosen = list(newsletter.parts if parts is None else parts)
    sheet = _styles(newsletter)
    modules = [*([sheet] if sheet else []), *(part.module for part in chosen)]
    placements = [_placement(number, module) for number, module in enumerate(modules, start=1)]
    envelope = {"subject": (newsletter.subject or name)[:150], "preheader": newsletter.preheader[:150]}
    return TemplateSpec.model_validate(
        {
            "name": name,
            "envelope": {"values": envelope},
            "placements": placements,
            "modules": {module.slug: module for module in modules},
        }
    )


@transaction.atomic
def make_template(kept: NewsletterImport, *, name: str, leave_out: Collection[int], by: User) -> Template:
    """A template with a draft and a module for each part; `leave_out` are indexes of parts, from 0.

    LibraryError where nothing is left to make it of.
    """
    newsletter = read_newsletter(kept.source)
    parts = [part for at, part in enumerate(newsletter.parts) if at not in leave_out]
    if not parts:
        raise LibraryError(_("Leave at least one part in."))
    spec = _with_own_modules(spec_of(newsletter, name, parts), name)
    template = editing.begin(name, by=by)
    for module in spec.modules.values():
        _publish(module, by)
    editing.change(template, lambda _empty: spec, by=by, label=_("Import"), subject=kept.name)
    NewsletterImport.objects.filter(pk=kept.pk).update(template=template)
    return template


def check_parts(newsletter: Newsletter, context: engine.RenderContext) -> dict[int, str]:
    """By index, what is wrong with a part that cannot be shown."""
    faults: dict[int, str] = {}
    for at, part in enumerate(newsletter.parts):
        try:
            engine.render(spec_of(newsletter, part.module.name, [part]), {}, context)
        except engine.RenderError as error:
            faults[at] = str(error)
    return faults


def _with_own_modules(spec: TemplateSpec, name: str) -> TemplateSpec:
    """The spec, its modules named for this template and unlike any the brand has."""
    modules = {
        old: module.model_copy(
            update={"slug": free_slug(f"{name[:30]} part {number}"), "name": f"{name}: {module.name}"[:80]}
        )
        for number, (old, module) in enumerate(spec.modules.items(), start=1)
    }
    placed = [each.model_copy(update={"module": modules[each.module].slug}) for each in spec.placements]
    held = spec.model_dump(mode="json")
    return TemplateSpec.model_validate(
        {**held, "placements": placed, "modules": {module.slug: module for module in modules.values()}}
    )


def _styles(newsletter: Newsletter) -> ModuleSpec | None:
    """The newsletter's style sheets, as a module that shows nothing by itself."""
    if not newsletter.styles:
        return None
    sheet = style_sheet(newsletter.styles)
    return ModuleSpec(slug=STYLES, name=_("Style sheet"), mjml=sheet, text="")


def _placement(number: int, module: ModuleSpec) -> Mapping[str, Any]:
    values = {field.key: _json(start_value(field)) for field in module.fields}
    return {"key": f"part_{number}", "module": module.slug, "title": module.name, "values": values}


def _json(value: Typed) -> Any:
    return value.model_dump() if isinstance(value, BaseModel) else value


def _publish(module: ModuleSpec, by: User) -> None:
    row = Module.objects.create(slug=module.slug, name=module.name)
    ModuleVersion.objects.create(
        module=row, number=1, spec=module.model_dump(mode="json"), note=_("Imported"), created_by=by
    )
