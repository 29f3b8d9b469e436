"""From a draft to a version, and what becomes of whole modules."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEntry, User
from library import engine
from library.errors import LibraryError
from library.models import Module, ModuleVersion
from library.modules import preflight, uses
from library.modules.checking import examine
from library.modules.drafts import Conflict, blank, draft_of
from library.modules.fault import Fault

LONGEST_NOTE = 300
LONGEST_SLUG = 40
NAMED = 5


class NotFit(LibraryError):
    """A draft that cannot be published, and why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(_("This cannot be published yet."))


@transaction.atomic
def publish(
    module: Module, *, stamp: str, note: str, by: User, context: engine.RenderContext, today: date
) -> ModuleVersion:
    """Make the draft the newest version, which templates can take up from now on.

    NotFit if the engine would refuse it, Conflict if somebody saved in the meantime.
    """
    locked = Module.objects.select_for_update().get(pk=module.pk)
    draft = draft_of(locked)
    if draft.stamp != stamp:
        raise Conflict(draft)
    if faults := examine(draft.spec, context, today=today):
        raise NotFit(faults)
    spec = engine.ModuleSpec.model_validate(draft.spec)
    if findings := preflight.against(spec, today=today):
        raise NotFit(findings)
    version = _next_version(locked, spec, note[:LONGEST_NOTE], by)
    locked.name, locked.description, locked.draft = spec.name[:80], spec.description[:300], None
    locked.save(update_fields=["name", "description", "draft"])
    audit.record(
        AuditEntry.Action.MODULE_PUBLISHED, by=by, target=f"{locked.name} {version.number}", note=note
    )
    return version


def _next_version(module: Module, spec: engine.ModuleSpec, note: str, by: User) -> ModuleVersion:
    values, latest = spec.model_dump(mode="json"), module.versions.first()
    if latest and uses.same(latest.spec, values):
        raise LibraryError(_("Nothing has changed since version %(number)d.") % {"number": latest.number})
    number = latest.number + 1 if latest else 1
    return ModuleVersion.objects.create(module=module, number=number, spec=values, note=note, created_by=by)


def create(name: str, *, by: User, copy_of: Module | None = None) -> Module:
    """A module of its own, from scratch or with another one's source; nothing of it is published yet."""
    slug = free_slug(name)
    spec = {**draft_of(copy_of).spec, "slug": slug, "name": name} if copy_of else blank(slug, name)
    held = {
        "spec": spec,
        "revision": 1,
        "by": by.name or by.email,
        "at": timezone.now().isoformat(),
    }
    return Module.objects.create(
        slug=slug, name=name, description=str(spec.get("description", ""))[:300], draft=held
    )


def free_slug(name: str) -> str:
    """What the module is called in templates: never changed, so made once and well."""
    start = slugify(name).strip("-_")[:LONGEST_SLUG] or "module"
    base = start if start[0].isalpha() else f"m-{start}"
    taken = set(Module.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )


def archive(module: Module) -> None:
    """Take it out of the lists. LibraryError, naming them, while published templates are made of it."""
    published = [use.template.name for use in uses.of(module) if use.version.is_published]
    if published:
        named = ", ".join(published[:NAMED]) + (" …" if len(published) > NAMED else "")
        raise LibraryError(
            _("These published templates are made of it: %(names)s. Take it out of them first.")
            % {"names": named}
        )
    Module.objects.filter(pk=module.pk).update(archived_at=timezone.now())


def bring_back(module: Module) -> None:
    Module.objects.filter(pk=module.pk).update(archived_at=None)
