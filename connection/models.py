"""What the Braze pages keep between two steps."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned
from groups.importing.variations import Row


class VariationFile(BrandOwned):
    """An uploaded table of message variations, kept from its dry run until somebody has applied it, or a day is over."""

    KEPT = timedelta(days=1)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    #: Line, group, variation id and name of each row.
    rows = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["VariationFile"]()

    class Meta:
        ordering = ["-id"]
        constraints = [*brand_wall("person")]

    def __str__(self) -> str:
        return self.name

    def wishes(self) -> list[Row]:
        return [Row(*cells) for cells in self.rows]
