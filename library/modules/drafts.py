"""What is being written on a module: saved as one types, and by nobody over somebody else's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from library.errors import LibraryError
from library.models import Module, ModuleVersion


@dataclass(frozen=True)
class Draft:
    """A module's source as it stands: what was typed, or where nobody types, the newest version.

    `stamp` tells two states of it apart: the version it began with, and how often it was saved since.
    """

    spec: dict[str, Any]
    based_on: int
    revision: int
    by: str = ""
    at: datetime | None = None

    @property
    def stamp(self) -> str:
        return f"{self.based_on}-{self.revision}"

    @property
    def is_begun(self) -> bool:
        return self.revision > 0


class Conflict(LibraryError):
    """Somebody else saved in the meantime; `theirs` is what they saved."""

    def __init__(self, theirs: Draft) -> None:
        self.theirs = theirs
        super().__init__(_("This was changed somewhere else."))


def draft_of(module: Module) -> Draft:
    latest = module.versions.first()
    based_on = latest.number if latest else 0
    held = module.draft
    if held is None:
        return Draft(dict(latest.spec) if latest else blank(module.slug, module.name), based_on, 0)
    at = datetime.fromisoformat(held["at"]) if held.get("at") else None
    return Draft(held["spec"], based_on, held["revision"], held.get("by", ""), at)


def blank(slug: str, name: str) -> dict[str, Any]:
    """What a module from scratch begins with: a headline in a section, so that there is something to see."""
    return {
        "slug": slug,
        "name": name,
        "description": "",
        "fields": [
            {"key": "headline", "type": "text", "label": _("Headline"), "required": True, "max_length": 60}
        ],
        "mjml": '<mj-section padding="24px 0">\n  <mj-column>\n    <mj-text>\n      <h2>[[ headline ]]</h2>\n'
        "    </mj-text>\n  </mj-column>\n</mj-section>\n",
        "text": "[[ headline ]]\n",
    }


@transaction.atomic
def save(module: Module, spec: Mapping[str, Any], *, stamp: str, by: User) -> Draft:
    """Keep what was typed, fit or not. Conflict if the draft is no longer the one that `stamp` names."""
    locked = Module.objects.select_for_update().get(pk=module.pk)
    held = draft_of(locked)
    if held.stamp != stamp:
        raise Conflict(held)
    kept = {**spec, "slug": module.slug}
    if kept == held.spec:
        return held
    return _keep(locked, kept, held.revision + 1, by)


def restore(module: Module, version: ModuleVersion, *, stamp: str, by: User) -> Draft:
    """Write an old version into the draft, from where it can be published as a new one."""
    return save(module, version.spec, stamp=stamp, by=by)


@transaction.atomic
def discard(module: Module, *, stamp: str) -> None:
    """Go back to the newest version."""
    locked = Module.objects.select_for_update().get(pk=module.pk)
    held = draft_of(locked)
    if held.stamp != stamp:
        raise Conflict(held)
    if held.based_on == 0:
        raise LibraryError(_("Nothing of this module is published yet, so there is nothing to go back to."))
    Module.objects.filter(pk=module.pk).update(draft=None)


def _keep(module: Module, spec: dict[str, Any], revision: int, by: User) -> Draft:
    now = timezone.now()
    module.draft = {"spec": spec, "revision": revision, "by": by.name or by.email, "at": now.isoformat()}
    module.save(update_fields=["draft"])
    return draft_of(module)
