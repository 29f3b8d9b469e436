"""Folders of a shelf."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Group
from library.errors import LibraryError
from library.models import Folder

LONGEST_NAME = 60


@transaction.atomic
def make(name: str, *, group: Group | None) -> Folder:
    """Raises LibraryError where the shelf has one of this name."""
    folder = Folder(name=name[:LONGEST_NAME], group=group)
    _require_free(folder)
    folder.save()
    return folder


@transaction.atomic
def rename(folder: Folder, name: str) -> None:
    """Raises LibraryError where the shelf has one of this name."""
    folder.name = name[:LONGEST_NAME]
    _require_free(folder)
    folder.save(update_fields=["name"])


@transaction.atomic
def remove(folder: Folder) -> None:
    """Its pictures stay, in no folder."""
    folder.delete()


def _require_free(folder: Folder) -> None:
    if not folder.name:
        raise LibraryError(_("Give the folder a name."))
    namesakes = Folder.objects.filter(group=folder.group, name__iexact=folder.name).exclude(pk=folder.pk)
    if namesakes.exists():
        raise LibraryError(_("There is a folder called “%(name)s” already.") % {"name": folder.name})
