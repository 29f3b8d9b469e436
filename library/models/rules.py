"""What a brand asks of its mails, and what is known of the addresses in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


class MailRules(BrandOwned):
    """What a brand asks of its mails beyond what pre-flight asks of all. One row a brand; none means the defaults."""

    link_domains = ArrayField(
        models.CharField(max_length=253), default=list, blank=True, help_text=_("Empty: any.")
    )
    image_domains = ArrayField(
        models.CharField(max_length=253), default=list, blank=True, help_text=_("Besides the gallery's own.")
    )
    #: Severities of the brand's own by rule id: {"PF48": "warn"}; see library.preflight.
    severities = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = BrandManager["MailRules"]()

    class Meta:
        verbose_name_plural = _("mail rules")
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand"], name="library_one_set_of_rules"),
        ]

    def __str__(self) -> str:
        return f"Mail rules of {self.brand}"


class Restriction(BrandOwned):
    """A word or pattern that mails of the brand avoid (PF56), or that needs a clause beside it (PF81)."""

    class Severity(models.TextChoices):
        BLOCK = "block", _("Blocks")
        WARN = "warn", _("Warns")

    pattern = models.CharField(max_length=200)
    is_regex = models.BooleanField(default=False)
    severity = models.CharField(max_length=5, choices=Severity.choices, default=Severity.WARN)
    alternative = models.CharField(max_length=200, blank=True, help_text=_("What to write instead."))
    reason = models.CharField(max_length=200, blank=True)
    #: A clause that makes it right (PF81): “drink responsibly” beside a word for alcohol.
    needs = models.CharField(
        max_length=200, blank=True, help_text=_("It may stand where the mail also says this.")
    )

    objects = BrandManager["Restriction"]()

    class Meta:
        ordering = ["pattern"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "pattern"], name="library_restriction_once"),
        ]

    def __str__(self) -> str:
        return self.pattern


class LinkCheck(BrandOwned):
    """What a link or picture address answered when it was last followed. Pre-flight reads it, and never calls."""

    url = models.CharField(max_length=2000)
    #: SHA-256 of the address, for the index.
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    final_url = models.CharField(max_length=2000, blank=True)
    content_type = models.CharField(max_length=120, blank=True)
    trouble = models.CharField(max_length=40, blank=True, help_text=_("Empty when it answered well."))
    asked_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["LinkCheck"]()

    class Meta:
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "digest"], name="library_link_once"),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(checked_at__isnull=True),
                name="library_links_to_check",
            )
        ]

    def __str__(self) -> str:
        return self.url
