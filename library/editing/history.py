"""Undo and redo: each step keeps only what it changed of a spec, as two patches.

A patch holds the spec's outermost keys that differ, and of its modules those that differ; null takes a module away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from library.models import DraftStep, TemplateVersion

#: How many steps can be taken back.
KEPT = 50
#: What one person types into one field with shorter pauses than this is one step.
PAUSE = timedelta(seconds=30)
MODULES = "modules"


def patch(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What turns `old` into `new`."""
    changed = {key: value for key, value in new.items() if key != MODULES and old.get(key) != value}
    before, after = old.get(MODULES, {}), new.get(MODULES, {})
    modules = {slug: after.get(slug) for slug in {*before, *after} if before.get(slug) != after.get(slug)}
    return {**changed, MODULES: modules} if modules else changed


def patched(spec: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    modules = {**spec.get(MODULES, {}), **changes.get(MODULES, {})}
    return {**spec, **changes, MODULES: {slug: each for slug, each in modules.items() if each is not None}}


def keep(
    draft: TemplateVersion,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    label: str,
    subject: str,
    by: User,
) -> None:
    """Remember a step. What had been taken back can no longer be done again."""
    draft.steps.filter(undone=True).delete()
    last = draft.steps.last()
    if (
        last
        and subject
        and (last.subject, last.by_id) == (subject, by.pk)
        and timezone.now() - last.at < PAUSE
    ):
        last.after = patch(patched(old, last.before), new)
        last.save(update_fields=["after", "at"])
        return
    draft.steps.create(
        label=label[:120], subject=subject[:160], before=patch(new, old), after=patch(old, new), by=by
    )
    worn = draft.steps.order_by("-id").values_list("pk", flat=True)[KEPT : KEPT + 1]
    draft.steps.filter(pk__lte=max(worn, default=0)).delete()


def undoable(draft: TemplateVersion) -> DraftStep | None:
    found: DraftStep | None = draft.steps.filter(undone=False).last() if draft.pk else None
    return found


def redoable(draft: TemplateVersion) -> DraftStep | None:
    found: DraftStep | None = draft.steps.filter(undone=True).first() if draft.pk else None
    return found
