"""A brand's Braze connection."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned
from workspace import secrets
from workspace.endpoints import check_endpoint


class Workspace(BrandOwned):
    """Credentials and ids of one Braze workspace. The key is written, never read back by a page."""

    endpoint = models.URLField(
        validators=[check_endpoint], help_text=_("REST endpoint, such as https://rest.iad-01.braze.com")
    )
    api_key_encrypted = models.BinaryField(default=bytes, editable=False)
    api_key_set_at = models.DateTimeField(null=True, blank=True, editable=False)
    app_id = models.CharField(max_length=64)
    campaign_id = models.CharField(
        max_length=64, help_text=_("The Braze API campaign all mailings count under.")
    )
    default_variation_id = models.CharField(
        max_length=64, blank=True, help_text=_("Serves groups without a message variation of their own.")
    )
    default_variation_name = models.CharField(max_length=120, blank=True)
    fence_attribute = models.CharField(
        max_length=255,
        help_text=_("The custom attribute that says whose customer somebody is, such as store_id."),
    )
    sending_domain = models.CharField(max_length=253, help_text=_("Verified for sending in Braze."))
    paused_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("No calls before this time: Braze's window is used up, or the key was refused."),
    )
    paused_because = models.CharField(max_length=200, blank=True)

    objects = BrandManager["Workspace"]()

    class Meta:
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand"], name="workspace_one_a_brand"),
        ]

    def __str__(self) -> str:
        return f"{self.brand} · {self.endpoint}"

    def clean(self) -> None:
        if not self.fence_attribute.strip():
            raise ValidationError({"fence_attribute": _("Without a fence nothing can be sent.")})

    def set_api_key(self, key: str) -> None:
        """Encrypt and keep; the caller saves."""
        self.api_key_encrypted = secrets.encrypt(key.strip(), bound_to=f"workspace:{self.brand_id}")
        self.api_key_set_at = timezone.now()

    @property
    def has_key(self) -> bool:
        return bool(self.api_key_encrypted)

    def api_key(self) -> str:
        """For the client alone."""
        return secrets.decrypt(bytes(self.api_key_encrypted), bound_to=f"workspace:{self.brand_id}")

    def pause(self, until: datetime, because: str) -> None:
        Workspace.objects.filter(pk=self.pk).update(paused_until=until, paused_because=because)
