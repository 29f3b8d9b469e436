"""The last steps of a template's draft, to go back and forth between."""

from __future__ import annotations

from django.db import models

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


class DraftStep(BrandOwned):
    """One change to a draft: what it replaced and by what, so that it can be taken back and done again."""

    version = models.ForeignKey("library.TemplateVersion", on_delete=models.CASCADE, related_name="steps")
    #: What was done, for the tooltip of undo.
    label = models.CharField(max_length=120)
    #: Which field, where it was one: what is typed there in one go is one step.
    subject = models.CharField(max_length=160, blank=True)
    #: See library.editing.history.
    before = models.JSONField()
    after = models.JSONField()
    undone = models.BooleanField(default=False)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    objects = BrandManager["DraftStep"]()

    class Meta:
        ordering = ["id"]
        constraints = [*brand_wall("version", "by")]

    def __str__(self) -> str:
        return f"{self.version}: {self.label}"
