"""What came of a dispatch, as Braze reported it, kept beyond Braze's fourteen days."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


class Metrics(models.Model):
    """Braze's e-mail metrics of /sends/data_series. None means that Braze did not report it, never zero."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "sent", "delivered", "opens", "unique_opens", "machine_open", "clicks", "unique_clicks", "unsubscribes",
        "bounces", "reported_spam",
    )  # fmt: skip

    sent = models.PositiveIntegerField(null=True)
    delivered = models.PositiveIntegerField(null=True)
    opens = models.PositiveIntegerField(null=True)
    unique_opens = models.PositiveIntegerField(null=True)
    machine_open = models.PositiveIntegerField(null=True)
    clicks = models.PositiveIntegerField(null=True)
    unique_clicks = models.PositiveIntegerField(null=True)
    unsubscribes = models.PositiveIntegerField(null=True)
    bounces = models.PositiveIntegerField(null=True)
    reported_spam = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class DayNumbers(BrandOwned, Metrics):
    """One dispatch on one UTC day."""

    dispatch = models.ForeignKey("delivery.Dispatch", on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    fetched_at = models.DateTimeField()

    objects = BrandManager["DayNumbers"]()

    class Meta:
        ordering = ["day"]
        constraints = [
            *brand_wall("dispatch"),
            models.UniqueConstraint(fields=["brand", "dispatch", "day"], name="insights_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch_id} on {self.day}"


class Numbers(BrandOwned, Metrics):
    """A dispatch's totals, summed when they are written so that no page sums when it is read."""

    dispatch = models.OneToOneField("delivery.Dispatch", on_delete=models.CASCADE, related_name="numbers")
    fetched_at = models.DateTimeField()

    objects = BrandManager["Numbers"]()

    class Meta:
        verbose_name_plural = _("numbers")
        constraints = [*brand_wall("dispatch")]

    def __str__(self) -> str:
        return f"Numbers of {self.dispatch_id}"

    def rate(self, metric: str) -> float | None:
        """Share of delivered mails, 0 to 1; None while either number is not known."""
        part: int | None = getattr(self, metric)
        return part / self.delivered if part is not None and self.delivered else None

    @property
    def open_rate(self) -> float | None:
        return self.rate("unique_opens")

    @property
    def click_rate(self) -> float | None:
        return self.rate("unique_clicks")


class Poll(BrandOwned):
    """When a send id's numbers were last asked for, and are due next."""

    send_id = models.OneToOneField("delivery.SendId", on_delete=models.CASCADE, related_name="poll")
    due_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True, help_text=_("Why the last try brought nothing."))

    objects = BrandManager["Poll"]()

    class Meta:
        constraints = [*brand_wall("send_id")]
        indexes = [models.Index(fields=["due_at"], name="insights_poll_due")]

    def __str__(self) -> str:
        return f"Poll of {self.send_id_id}"
