"""Where a template stands: who is shown it, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Action, record
from accounts.models import User
from groups.models import Group, Tag
from library.errors import LibraryError
from library.models import Template, TemplateShare


@transaction.atomic
def share(template: Template, shares: Iterable[TemplateShare], *, by: User) -> None:
    """Show it by exactly these, unsaved and of this brand; without any, to all groups."""
    Template.objects.select_for_update().get(pk=template.pk)
    TemplateShare.objects.filter(template=template).delete()
    wanted = {(row.node_id, row.tag_id): row for row in shares}
    for row in wanted.values():
        row.template = template
    TemplateShare.objects.bulk_create(wanted.values())
    record(
        Action.TEMPLATE_SHARED, by=by, target=template.name,
        note=", ".join(_named(row) for row in wanted.values()) or _("All groups"),
    )  # fmt: skip


def _named(row: TemplateShare) -> str:
    what: Group | Tag | None = row.node or row.tag
    return _("not %(name)s") % {"name": what} if row.excludes else str(what)


@transaction.atomic
def set_season(
    template: Template, valid_from: datetime | None, valid_until: datetime | None, *, by: User
) -> None:
    """When campaigns may be made with it; None for no limit."""
    if valid_from and valid_until and valid_from >= valid_until:
        raise LibraryError(_("It would end before it begins. Choose a later end."))
    Template.objects.filter(pk=template.pk).update(valid_from=valid_from, valid_until=valid_until)
    note = _("valid from %(first)s until %(last)s") % {"first": valid_from or "…", "last": valid_until or "…"}
    record(Action.TEMPLATE_SHARED, by=by, target=template.name, note=note)


@transaction.atomic
def archive(template: Template, *, by: User) -> None:
    """Nobody is shown it any more; campaigns made with it stay as they are."""
    if Template.objects.filter(pk=template.pk, archived_at=None).update(archived_at=timezone.now()):
        record(Action.TEMPLATE_SHARED, by=by, target=template.name, note=_("archived"))


@transaction.atomic
def restore(template: Template, *, by: User) -> None:
    if Template.objects.filter(pk=template.pk, archived_at__isnull=False).update(archived_at=None):
        record(Action.TEMPLATE_SHARED, by=by, target=template.name, note=_("taken out of the archive"))
