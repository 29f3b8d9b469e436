"""Whom a group may write to: its fence, and the Braze segments attached to it; and what is read of Braze for that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from audiences.trend import Trend, trend_of
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
    is_counted = models.BooleanField(
        null=True, blank=True, help_text=_("Whether Braze keeps sizes of it; empty while that is not known.")
    )
    #: [day as YYYY-MM-DD, size] for up to thirty days, oldest first.
    series = models.JSONField(default=list, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When Braze no longer listed it. It is offered to nobody since.")
    )

    objects = SegmentManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "segment_id"], name="audiences_segment_once"),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(is_active=False), name="audiences_gone_is_not_offered"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def trend(self) -> Trend | None:
        """How its size went, or None while Braze has not told of two days."""
        return trend_of(self.series)


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


class ReadingQuerySet(models.QuerySet["Reading"]):
    def due(self, now: datetime) -> ReadingQuerySet:
        """Those that wait for a worker, and those whose worker has gone silent."""
        waiting = Q(state=Reading.State.WAITING) & (Q(not_before=None) | Q(not_before__lte=now))
        return self.filter(waiting | Q(state=Reading.State.RUNNING, alive_at__lt=now - Reading.SILENCE))

    def claim(self, what: str, now: datetime) -> Reading | None:
        """For the one run that gets it. One that was interrupted keeps its start, and so what it read already."""
        started = Coalesce(F("started_at"), models.Value(now, output_field=models.DateTimeField()))
        won = (
            self.due(now)
            .filter(what=what)
            .update(state=Reading.State.RUNNING, alive_at=now, started_at=started, not_before=None)
        )
        return self.get(what=what) if won else None


class ReadingManager(BrandManager["Reading"].from_queryset(ReadingQuerySet)):  # type: ignore[misc]  # built by Django
    """The wall between brands, then the questions above."""


class Reading(BrandOwned):
    """Something that is read from Braze in the background: who asked, how far it is, and how it ended."""

    #: A run that has not been heard of for so long has died.
    SILENCE = timedelta(minutes=2)

    class What(models.TextChoices):
        SEGMENTS = "segments", _("Segments")
        VARIATIONS = "variations", _("Message variations")
        ATTRIBUTES = "attributes", _("Attributes")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Reading")
        DONE = "done", _("Read")
        FAILED = "failed", _("Not read")

    class Trouble(models.TextChoices):
        """Kept as a word, so that everybody reads it in their own language."""

        NOT_CONNECTED = (
            "not_connected",
            _("This brand is not connected to Braze yet: the endpoint or the key is missing."),
        )
        NOT_ALLOWED = (
            "not_allowed",
            _("Braze does not let the key do this: it is wrong, or lacks a permission."),
        )
        NOT_REACHED = "not_reached", _("Braze could not be reached. Try again in a few minutes.")
        UNAVAILABLE = "unavailable", _("Braze gave no usable answer. Try again in a few minutes.")
        REFUSED = "refused", _("Braze refused to answer.")
        PARTLY = "partly", _("The names were read, but the key lacks a permission for the rest.")

    what = models.CharField(max_length=12, choices=What.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.CharField(max_length=320, blank=True, help_text=_("Empty: it was due."))
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(
        null=True, blank=True, help_text=_("Braze's allowance is used up till then.")
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    trouble = models.CharField(max_length=16, choices=Trouble.choices, blank=True)
    detail = models.CharField(
        max_length=500, blank=True, help_text=_("Braze's words, or the missing permissions.")
    )
    #: External ids of profiles to look at, typed in by a person, and forgotten as soon as the reading has ended.
    sample = models.JSONField(default=list, blank=True)
    #: What was read, where no rows of their own keep it. Never a value of anybody's profile.
    found = models.JSONField(default=list, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingManager()

    class Meta:
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "what"], name="audiences_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.get_state_display()}"

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def needs(self) -> str:
        """The permission of Braze's key without which it cannot be read."""
        if self.what == self.What.SEGMENTS:
            return "segments.list"
        if self.what == self.What.VARIATIONS:
            return "campaigns.details"
        return "users.export.ids" if self.sample else "custom_attributes.get"
