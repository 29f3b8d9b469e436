"""Whose pictures somebody sees, uses and changes: the brand's are for all, a group's stay in it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import Permission
from groups.access import access_of
from groups.models import Group
from library.gallery.standing import usable
from library.models import Folder, Image


def visible_to(person: User) -> QuerySet[Image]:
    """The brand's pictures, and those of the groups this person sees."""
    rows: QuerySet[Image] = Image.objects.filter(_seen_by(person))
    return rows


def folders_visible_to(person: User) -> QuerySet[Folder]:
    rows: QuerySet[Folder] = Folder.objects.filter(_seen_by(person))
    return rows


def _seen_by(person: User) -> Q:
    return Q(group=None) | access_of(person).within("group__path")


def on_shelves_of(group: Group | None) -> Q:
    """The brand's own rows, and the group's."""
    return Q(group=None) if group is None else Q(group=None) | Q(group=group)


def folders_of(group: Group | None) -> QuerySet[Folder]:
    """Of one shelf alone."""
    rows: QuerySet[Folder] = Folder.objects.filter(group=group)
    return rows


def usable_by(group: Group | None, today: date | None = None) -> QuerySet[Image]:
    """What may be put into a new mail of this group, crops included; of None, into the brand's templates."""
    rows: QuerySet[Image] = Image.objects.filter(on_shelves_of(group) & usable(today))
    return rows


def searched(rows: QuerySet[Image], text: str) -> QuerySet[Image]:
    """By title, description, slug and folder."""
    if not text:
        return rows
    found = Q()
    for column in ("title", "alt", "slug", "folder__name"):
        found |= Q(**{f"{column}__icontains": text})
    return rows.filter(found)


# What somebody may do


def holds(person: User, permission: Permission, group: Group | None) -> bool:
    """For a group there or above it; for the brand's own (None) at the top of the tree."""
    access = access_of(person)
    if group is not None:
        return access.can(permission, group)
    return any(path.count(".") == 1 and permission in held for path, held in access.grants)


def may_manage(person: User, group: Group | None) -> bool:
    """Add pictures to this shelf, and order, recall and remove those on it."""
    return holds(person, Permission.MANAGE_GALLERY, group)


def may_describe(person: User, group: Group | None) -> bool:
    """Say what pictures of this shelf show, and cut them."""
    return may_manage(person, group) or holds(person, Permission.EDIT_IMAGES, group)


def may_cut_for(person: User, image: Image, group: Group | None) -> bool:
    """A group's people also cut the brand's pictures, for their own shelf."""
    if image.group_id is None and group is not None:
        return may_describe(person, group)
    return may_describe(person, image.group)


def manages(person: User) -> QuerySet[Group]:
    """The groups whose shelves this person fills."""
    rows: QuerySet[Group] = Group.objects.visible_to(person, Permission.MANAGE_GALLERY).locations()
    return rows
