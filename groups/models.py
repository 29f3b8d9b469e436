"""The tree of groups, what each tells about itself, and who belongs where."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.permissions import Permission


def known_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(zone)s is no time zone. Use a name such as Europe/London."), params={"zone": name}
        )


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, person: User, permission: Permission | None = None) -> GroupQuerySet:
        """The groups this person may see, or where they hold `permission`: the wall inside a brand."""
        from groups.access import access_of

        return self.filter(access_of(person).within("path", permission))

    def locations(self) -> GroupQuerySet:
        """The groups that send; brand and region nodes only hold others together."""
        return self.filter(kind=Group.Kind.LOCATION, is_active=True)


class GroupManager(BrandManager["Group"].from_queryset(GroupQuerySet)):  # type: ignore[misc]  # built by Django
    """The wall between brands, then the questions above."""


class Group(BrandOwned):
    """A local unit, or a node above such units. What is empty here is taken from the node above."""

    class Kind(models.TextChoices):
        BRAND = "brand", _("Brand")
        REGION = "region", _("Region")
        LOCATION = "location", _("Location")

    #: What falls back to the node above while it is empty.
    PROFILE: ClassVar[tuple[str, ...]] = (
        "sender_name", "sender_address", "reply_to", "street", "city", "region", "postcode", "country", "phone",
        "website", "map_url", "opening_hours", "manager", "time_zone", "language",
    )  # fmt: skip

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    #: Ids from the root down to this node, each followed by a dot: "3.17.204.". A subtree is a prefix.
    path = models.CharField(max_length=255, editable=False, default="")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LOCATION)
    code = models.CharField(
        max_length=60, help_text=_("The brand's own number for it, such as a store number.")
    )
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    fence_value = models.CharField(
        max_length=255,
        blank=True,
        help_text=_("Only customers whose fence attribute has this value can be reached."),
    )
    message_variation_id = models.CharField(
        max_length=64, blank=True, help_text=_("Braze: own message variation.")
    )
    variation_name = models.CharField(max_length=120, blank=True)

    sender_name = models.CharField(max_length=80, blank=True)
    sender_address = models.EmailField(blank=True)
    reply_to = models.EmailField(blank=True)
    street = models.CharField(max_length=160, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    country = models.CharField(max_length=2, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    map_url = models.URLField(blank=True, max_length=500)
    opening_hours = models.TextField(blank=True, help_text=_("One line a rule, such as Mon–Fri 7:00–18:00."))
    manager = models.CharField(max_length=80, blank=True)
    time_zone = models.CharField(max_length=64, blank=True, validators=[known_zone])
    language = models.CharField(max_length=8, blank=True)

    objects = GroupManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            *brand_wall("parent"),
            models.UniqueConstraint(fields=["brand", "code"], name="groups_group_code"),
            models.UniqueConstraint(
                fields=["brand", "message_variation_id"],
                condition=~models.Q(message_variation_id=""),
                name="groups_one_variation_one_group",
            ),
        ]
        indexes = [
            models.Index(
                fields=["brand", "path"], opclasses=["int8_ops", "varchar_pattern_ops"], name="groups_path"
            ),
            models.Index(fields=["brand", "name", "id"], name="groups_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def place(self) -> None:
        """Set the path after the row has its id (and its parent a path)."""
        self.path = f"{self.parent.path if self.parent else ''}{self.pk}."

    def chain(self) -> list[Group]:
        """This node and those above it, nearest first."""
        ids = self.ancestor_ids
        above = {node.pk: node for node in Group.objects.filter(pk__in=ids)} if ids else {}
        return [self, *(above[pk] for pk in reversed(ids) if pk in above)]

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clock this group lives by. For a list of groups ask `with_zones` first."""
        if self.__dict__.get("_zone") is None:
            with_zones([self])
        found: zoneinfo.ZoneInfo = self.__dict__["_zone"]
        return found

    @property
    def ancestor_ids(self) -> list[int]:
        """From the root down, without this node."""
        return [int(part) for part in self.path.rstrip(".").split(".")[:-1]]


def with_zones(groups: Iterable[Group]) -> None:
    """Give all of them their clock with one query, however many there are."""
    waiting = [group for group in groups if group.__dict__.get("_zone") is None]
    above = {pk for group in waiting if not group.time_zone for pk in group.ancestor_ids}
    rows = Group.objects.filter(pk__in=above).exclude(time_zone="").values_list("pk", "time_zone")
    known = dict(rows) if above else {}
    for group in waiting:
        nearest = next((known[pk] for pk in reversed(group.ancestor_ids) if pk in known), settings.TIME_ZONE)
        group.__dict__["_zone"] = zoneinfo.ZoneInfo(group.time_zone or nearest)


class Tag(BrandOwned):
    """A brand's own word for some of its groups, across the tree: “drive-through”, “pilot”."""

    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=40)
    groups = models.ManyToManyField(Group, through="GroupTag", related_name="tags")

    objects = BrandManager["Tag"]()

    class Meta:
        ordering = ["name"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "slug"], name="groups_tag_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupTag(BrandOwned):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")

    objects = BrandManager["GroupTag"]()

    class Meta:
        constraints = [
            *brand_wall("group", "tag"),
            models.UniqueConstraint(fields=["brand", "group", "tag"], name="groups_tagged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.tag}"


class Membership(BrandOwned):
    """A role at a node; it holds for the node's whole subtree."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    role = models.ForeignKey("accounts.Role", on_delete=models.PROTECT, related_name="memberships")

    objects = BrandManager["Membership"]()

    class Meta:
        constraints = [
            *brand_wall("person", "group", "role"),
            models.UniqueConstraint(
                fields=["brand", "person", "group", "role"], name="groups_membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role} of {self.group}"
