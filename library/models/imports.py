"""Newsletters on their way to become templates."""

from __future__ import annotations

from django.db import models

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


class NewsletterImport(BrandOwned):
    """What somebody pasted or uploaded, as it was, until its template is made and for a while after."""

    name = models.CharField(max_length=80)
    source = models.TextField()
    template = models.ForeignKey(
        "library.Template", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = BrandManager["NewsletterImport"]()

    class Meta:
        ordering = ["-id"]
        constraints = [*brand_wall("template", "added_by")]

    def __str__(self) -> str:
        return self.name
