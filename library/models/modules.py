"""Approved blocks of e-mail, with a version for each state of their source."""

from __future__ import annotations

from django.db import models

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


class Module(BrandOwned):
    """One approved block of e-mail. What it is made of lies in its versions."""

    slug = models.SlugField()
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    #: What is being written: {"spec": …, as typed, so it may be broken; "revision": how often it was saved}. None: nothing.
    draft = models.JSONField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["Module"]()

    class Meta:
        ordering = ["name"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "slug"], name="library_module_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class ModuleVersion(BrandOwned):
    """Source and fields of a module at one time, as library.engine.ModuleSpec. Never changed, only followed."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BrandManager["ModuleVersion"]()

    class Meta:
        ordering = ["-number"]
        constraints = [
            *brand_wall("module", "created_by"),
            models.UniqueConstraint(fields=["brand", "module", "number"], name="library_module_version"),
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.number}"
