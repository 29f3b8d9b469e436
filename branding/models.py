"""The tenant: a brand, the hosts it answers on, how it looks and who it legally is."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandOwned

hex_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}\Z", _("Write a colour as # and six hexadecimal digits, such as #0f766e.")
)


def brand_file(owner: BrandOwned, filename: str) -> str:
    """`<brand>/<name>`: files of a brand lie, and are served, below its own slug."""
    return f"{owner.brand.slug}/brand/{filename}"


class Brand(models.Model):
    """The tenant. A plain register without secrets, so that a host can be looked up before any scope is open."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    is_default = models.BooleanField(
        default=False, help_text=_("Answers on localhost when no brand owns that host name.")
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="branding_one_default_brand"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """A host name that shows a brand. Lower case, without port."""

    host = models.CharField(max_length=253, unique=True)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="domains")
    is_primary = models.BooleanField(default=False, help_text=_("Used for links in e-mails."))

    class Meta:
        ordering = ["host"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(is_primary=True), name="branding_one_primary_domain"
            )
        ]

    def __str__(self) -> str:
        return self.host


class Theme(BrandOwned):
    """The look of a brand, in its portal and in its mails alike."""

    COLOURS = (
        "primary", "on_primary", "accent", "on_accent", "background", "surface", "text", "muted", "line", "link",
    )  # fmt: skip
    DARK_COLOURS = tuple(f"dark_{name}" for name in COLOURS)

    primary = models.CharField(max_length=7, validators=[hex_colour], default="#1f3a4d")
    on_primary = models.CharField(max_length=7, validators=[hex_colour], default="#ffffff")
    accent = models.CharField(max_length=7, validators=[hex_colour], default="#b45309")
    on_accent = models.CharField(max_length=7, validators=[hex_colour], default="#ffffff")
    background = models.CharField(max_length=7, validators=[hex_colour], default="#f4f4f2")
    surface = models.CharField(max_length=7, validators=[hex_colour], default="#ffffff")
    text = models.CharField(max_length=7, validators=[hex_colour], default="#1f2933")
    muted = models.CharField(max_length=7, validators=[hex_colour], default="#52606d")
    line = models.CharField(max_length=7, validators=[hex_colour], default="#d9dfe4")
    link = models.CharField(max_length=7, validators=[hex_colour], default="#1f3a4d")
    heading_font = models.CharField(max_length=200, default="Helvetica, Arial, sans-serif")
    body_font = models.CharField(max_length=200, default="Helvetica, Arial, sans-serif")
    #: The dark look, where the brand chooses it by hand; what is empty is derived from the light one.
    dark_primary = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_on_primary = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_accent = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_on_accent = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_background = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_surface = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_text = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_muted = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_line = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    dark_link = models.CharField(max_length=7, validators=[hex_colour], blank=True)
    radius = models.PositiveSmallIntegerField(default=6, help_text=_("Corner radius in CSS pixels."))
    logo = models.FileField(upload_to=brand_file, blank=True)
    logo_dark = models.FileField(
        upload_to=brand_file,
        blank=True,
        help_text=_("For mails shown dark; empty means the logo holds on both."),
    )
    portal_logo = models.FileField(
        upload_to=brand_file,
        blank=True,
        help_text=_("For the portal's white ground; empty means the mails' logo."),
    )
    logo_alt = models.CharField(max_length=125, blank=True)
    logo_width = models.PositiveSmallIntegerField(default=160, help_text=_("Shown width in CSS pixels."))
    favicon = models.FileField(upload_to=brand_file, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    #: A new look that is being tried: what differs from this row, by field; files as stored names.
    draft = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand"], name="branding_one_theme"),
        ]

    def __str__(self) -> str:
        return f"Theme of {self.brand}"


class LegalIdentity(BrandOwned):
    """Who sends, by law: printed into the footer of every mail, and typed by nobody else.

    A brand has one, and may have others for groups in certain countries.
    """

    #: Countries of groups (ISO 3166-1) it stands for; empty for the one that stands where no other does.
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)

    legal_name = models.CharField(max_length=120)
    street = models.CharField(max_length=160)
    city = models.CharField(max_length=80)
    region = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    country = models.CharField(max_length=2, help_text=_("ISO 3166-1, two letters."))
    website = models.URLField(blank=True)
    privacy_url = models.URLField(blank=True)
    company_line = models.CharField(
        max_length=200, blank=True, help_text=_("Registration or charity number.")
    )

    class Meta:
        verbose_name_plural = _("legal identities")
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(countries=[]), name="branding_one_default_identity"
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name
