"""What the studio keeps between two steps of something long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


class MergeRunQuerySet(models.QuerySet["MergeRun"]):
    def under_way(self) -> MergeRunQuerySet:
        return self.filter(state__in=MergeRun.UNDER_WAY)

    def due(self, now: datetime) -> MergeRunQuerySet:
        """Those that wait for a worker, and those whose worker has gone silent."""
        waiting = Q(state=MergeRun.State.WAITING, not_before__lte=now)
        return self.filter(waiting | Q(state=MergeRun.State.RUNNING, alive_at__lt=now - MergeRun.SILENCE))

    def claim(self, pk: int, now: datetime) -> MergeRun | None:
        """For the one worker that gets it."""
        won = self.due(now).filter(pk=pk).update(state=MergeRun.State.RUNNING, alive_at=now)
        return self.select_related("template", "version__template", "asked_by").get(pk=pk) if won else None


class MergeRunManager(BrandManager["MergeRun"].from_queryset(MergeRunQuerySet)):  # type: ignore[misc]  # built by Django
    """The wall between brands, then the questions above."""


class MergeRun(BrandOwned):
    """Campaigns of a template being taken to its published version: who asked, what for, and how far it is.

    The row is the promise; the task is a nudge, and beat goes on with what nobody works on.
    """

    #: A worker that has not been heard of for so long has died.
    SILENCE = timedelta(minutes=2)

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        ENDED = "ended", _("Ended early")

    UNDER_WAY = (State.WAITING, State.RUNNING)

    class Scheduled(models.TextChoices):
        """What becomes of campaigns that are approved or scheduled."""

        LEAVE = "leave", _("They stay on the version they have")
        RENEW = "renew", _("They are renewed, or taken back where people have to look again")
        HOLD = "hold", _("Sending of this template is stopped until somebody lifts the stop")

    template = models.ForeignKey("library.Template", on_delete=models.CASCADE, related_name="merge_runs")
    version = models.ForeignKey("library.TemplateVersion", on_delete=models.CASCADE, related_name="+")
    scheduled = models.CharField(max_length=5, choices=Scheduled.choices, default=Scheduled.LEAVE)
    because = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField()
    alive_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    #: The last campaign that was looked at in this round, and how many rounds were begun.
    cursor = models.BigIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=0)
    #: How many ended how, by studio.merging.running.Outcome.
    tally = models.JSONField(default=dict)
    #: Campaigns that could not be taken along: [{"campaign": id, "why": words}], the first of them.
    left = models.JSONField(default=list)

    objects = MergeRunManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            *brand_wall("template", "version", "asked_by"),
            models.UniqueConstraint(
                fields=["brand", "template"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="studio_one_merge_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_state_display()}"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def is_urgent(self) -> bool:
        return self.scheduled != self.Scheduled.LEAVE

    @property
    def done(self) -> int:
        """How many campaigns have been dealt with."""
        counted: int = sum(self.tally.values())
        return min(counted, self.total)
