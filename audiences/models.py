"""Whom a group may write to: its fence, and the Braze segments attached to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned

if TYPE_CHECKING:
    from groups.models import Group


class SegmentQuerySet(models.QuerySet["Segment"]):
    def offered_to(self, group: Group) -> SegmentQuerySet:
        """Attached to this group or to a node above it."""
        return self.filter(
            is_active=True, grants__group_id__in=[node.pk for node in group.chain()]
        ).distinct()


class SegmentManager(BrandManager["Segment"].from_queryset(SegmentQuerySet)):  # type: ignore[misc]  # built by Django
    """The wall between brands, then the questions above."""


class Segment(BrandOwned):
    """A Braze segment as it was last read from Braze."""

    segment_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=500, blank=True)
    is_active = models.BooleanField(default=True)
    size = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Members in the whole brand, estimated by Braze.")
    )
    size_at = models.DateTimeField(null=True, blank=True)

    objects = SegmentManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "segment_id"], name="audiences_segment_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SegmentGrant(BrandOwned):
    """Lets a group, and all below it, choose a segment."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="grants")
    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="segment_grants")

    objects = BrandManager["SegmentGrant"]()

    class Meta:
        constraints = [
            *brand_wall("segment", "group"),
            models.UniqueConstraint(fields=["brand", "segment", "group"], name="audiences_grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.segment} for {self.group}"
