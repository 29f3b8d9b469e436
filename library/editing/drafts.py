"""The one draft of a template: made by the first change, changed under a lock, never changed behind one's back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from library.drafting import DraftError, Spot, filled, mode_of
from library.editing import history
from library.engine import TemplateSpec
from library.errors import LibraryError
from library.models import Template, TemplateVersion

Operation: TypeAlias = Callable[[TemplateSpec], TemplateSpec]
LONGEST_SLUG = 50


class EditedMeanwhile(LibraryError):
    """Somebody else changed this field since it was shown here; `spec` is how it stands now."""

    def __init__(self, spec: TemplateSpec) -> None:
        super().__init__(_("This field was changed somewhere else."))
        self.spec = spec


def draft_of(template: Template) -> TemplateVersion:
    """The draft; without one, unsaved, what it would start from: the published version, else the newest."""
    versions = TemplateVersion.objects.filter(template=template)
    draft: TemplateVersion | None = versions.filter(state=TemplateVersion.State.DRAFT).first()
    if draft is not None:
        return draft
    base = versions.filter(state=TemplateVersion.State.PUBLISHED).first() or versions.first()
    newest = versions.aggregate(n=Max("number"))["n"] or 0
    labels = {"name": template.name, "description": template.description, "category": template.category}
    spec = {**(base.spec if base else {}), **labels}
    return TemplateVersion(template=template, number=newest + 1, spec=spec, based_on=base)


@transaction.atomic
def begin(
    name: str, *, by: User, category: str = "", language: str = "en", source: TemplateVersion | None = None
) -> Template:
    """A new template with a draft: an empty one, or what another version says."""
    template: Template = Template.objects.create(name=name, category=category, slug=_free_slug(name))
    held = source.engine_spec() if source else TemplateSpec(name=name, language=language)
    spec = {**held.model_dump(mode="json"), "name": name, "category": category}
    spec["language"] = held.language if source else language
    TemplateVersion.objects.create(template=template, number=1, spec=spec, created_by=by)
    return template


def _free_slug(name: str) -> str:
    stem = slugify(name)[: LONGEST_SLUG - 5] or "template"
    taken = set(Template.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def change(
    template: Template, operation: Operation, *, by: User, label: str, subject: str = ""
) -> TemplateVersion:
    """Do one thing to the draft. What changes nothing leaves no step; DraftError leaves all as it was."""
    draft = _locked(template)
    old = draft.engine_spec()
    new = operation(old)
    if new == old:
        return draft
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    _save(draft, after, by)
    history.keep(draft, before, after, label=label, subject=subject, by=by)
    return draft


@transaction.atomic
def undo(template: Template, *, by: User) -> TemplateVersion:
    """Take the last step back; DraftError where there is none."""
    draft = _locked(template)
    step = history.undoable(draft)
    if step is None:
        raise DraftError(_("There is nothing to take back."))
    _save(draft, history.patched(draft.spec, step.before), by)
    draft.steps.filter(pk=step.pk).update(undone=True)
    return draft


@transaction.atomic
def redo(template: Template, *, by: User) -> TemplateVersion:
    """Do again what was taken back last; DraftError where there is none."""
    draft = _locked(template)
    step = history.redoable(draft)
    if step is None:
        raise DraftError(_("There is nothing to do again."))
    _save(draft, history.patched(draft.spec, step.after), by)
    draft.steps.filter(pk=step.pk).update(undone=False)
    return draft


@transaction.atomic
def discard(template: Template) -> None:
    """Throw the draft away; a template that was never published goes with it."""
    _lock(template)
    TemplateVersion.objects.filter(template=template, state=TemplateVersion.State.DRAFT).delete()
    if not template.versions.exists():
        template.delete()


def seen(spec: TemplateSpec, spot: Spot, key: str) -> str:
    """A mark of what a field says and allows, which a form holds to tell whether it is still what it showed."""
    return hashlib.sha256(json.dumps(_told(spec, spot, key), sort_keys=True).encode()).hexdigest()[:16]


def unless_edited(spot: Spot, key: str, shown: str, operation: Operation) -> Operation:
    """The operation, refused where the field is no longer as `shown` and the outcome would be another."""

    def guarded(spec: TemplateSpec) -> TemplateSpec:
        changed = operation(spec)
        if shown not in (seen(spec, spot, key), "") and seen(spec, spot, key) != seen(changed, spot, key):
            raise EditedMeanwhile(spec)
        return changed

    return guarded


def _told(spec: TemplateSpec, spot: Spot, key: str) -> list[Any]:
    held = filled(spec, spot)
    grant = next((each.model_dump(mode="json") for each in held.open if each.field == key), None)
    return [held.values.get(key), mode_of(held, key), grant]


def _lock(template: Template) -> None:
    """Two people's changes come one after the other, the first one's draft being made included."""
    Template.objects.select_for_update().get(pk=template.pk)


def _locked(template: Template) -> TemplateVersion:
    _lock(template)
    draft = draft_of(template)
    # As this release of the engine writes it, so that steps hold what was changed and nothing else.
    draft.spec = draft.engine_spec().model_dump(mode="json")
    return draft


def _save(draft: TemplateVersion, spec: dict[str, Any], by: User) -> None:
    draft.spec = spec
    draft.revision += 1
    draft.created_by = draft.created_by or by
    draft.save()
    labels = {name: spec[name] for name in ("name", "description", "category")}
    Template.objects.filter(pk=draft.template_id).exclude(**labels).update(**labels)
