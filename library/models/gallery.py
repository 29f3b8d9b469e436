"""The brand's pictures and those of its groups."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


def image_file(image: Image, filename: str) -> str:
    return f"{image.brand.slug}/images/{filename}"


class Folder(BrandOwned):
    """A shelf of the gallery: the brand's, or a group's own."""

    group = models.ForeignKey(
        "groups.Group", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=60)

    objects = BrandManager["Folder"]()

    class Meta:
        ordering = ["name"]
        constraints = [
            *brand_wall("group"),
            models.UniqueConstraint(
                fields=["brand", "group", "name"], nulls_distinct=False, name="library_folder_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Image(BrandOwned):
    """A picture of the brand's gallery. The file's name carries a hash of its bytes; its address never changes.

    A crop is a picture of its own that belongs to the one it was cut from, and shares its licence.
    """

    #: What values of fields name. Brand-wide unique.
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120, blank=True)
    alt = models.CharField(max_length=125, blank=True)
    decorative = models.BooleanField(default=False)
    #: Whose it is; empty for the brand's, which all groups may use.
    group = models.ForeignKey(
        "groups.Group", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    folder = models.ForeignKey(
        Folder, on_delete=models.SET_NULL, null=True, blank=True, related_name="images"
    )
    cut_from = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="crops"
    )
    #: Of a crop, what was cut out, in shares of the whole: {"x", "y", "width", "height"}.
    box = models.JSONField(null=True, blank=True)
    focal_x = models.FloatField(default=0.5, help_text=_("What must stay in sight, as a share of the width."))
    focal_y = models.FloatField(
        default=0.5, help_text=_("What must stay in sight, as a share of the height.")
    )
    digest = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of what was uploaded."))
    animated = models.BooleanField(default=False)
    licensed_until = models.DateField(null=True, blank=True)
    licence_note = models.CharField(max_length=200, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recall_reason = models.CharField(max_length=200, blank=True)
    file = models.FileField(upload_to=image_file, max_length=200)
    width = models.PositiveIntegerField(help_text=_("Pixels of the file."))
    height = models.PositiveIntegerField(help_text=_("Pixels of the file."))
    weight = models.PositiveIntegerField(help_text=_("Bytes."))
    added_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = BrandManager["Image"]()

    class Meta:
        ordering = ["slug"]
        constraints = [
            *brand_wall("added_by", "group", "folder", "cut_from"),
            models.UniqueConstraint(fields=["brand", "slug"], name="library_image_slug"),
        ]
        indexes = [
            models.Index(fields=["brand", "group", "-id"], name="library_images_of_group"),
            models.Index(fields=["brand", "digest"], name="library_images_digest"),
        ]

    def __str__(self) -> str:
        return self.slug
