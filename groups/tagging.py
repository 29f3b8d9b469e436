"""A brand's own words for some of its groups."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from groups.models import Group, GroupTag, Tag


class TaggingError(Exception):
    """Words fit to show."""


def make_tag(name: str) -> Tag:
    """A new tag; TaggingError where one of that name is there."""
    slug = slugify(name)[:40]
    if not slug:
        raise TaggingError(_("Give the tag a name with letters or digits."))
    tag, is_new = Tag.objects.get_or_create(slug=slug, defaults={"name": name})
    if not is_new:
        raise TaggingError(_("There is a tag “%(name)s” already.") % {"name": tag.name})
    made: Tag = tag
    return made


def put_on(tag: Tag, group: Group) -> bool:
    """Whether it was not there before."""
    return bool(GroupTag.objects.get_or_create(tag=tag, group=group)[1])


def put_on_subtree(tag: Tag, node: Group) -> int:
    """On all groups below a node that send; how many were new."""
    below = Group.objects.locations().filter(path__startswith=node.path)
    fresh = below.exclude(pk__in=GroupTag.objects.filter(tag=tag).values("group_id"))
    return len(
        GroupTag.objects.bulk_create(
            [GroupTag(tag=tag, group=group) for group in fresh], ignore_conflicts=True
        )
    )


def take_off(tag: Tag, group: Group) -> None:
    GroupTag.objects.filter(tag=tag, group=group).delete()


@transaction.atomic
def drop(tag: Tag) -> None:
    """The tag goes, and with it the rules that name it."""
    tag.delete()
