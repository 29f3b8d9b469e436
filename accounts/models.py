"""People and roles. A person belongs to one brand; ops, who run the installation, belong to none."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


class UserManager(BrandManager["User"], BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **values: Any) -> User:
        user = self.model(email=email.strip().lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **values: Any) -> User:
        """Ops: outside every brand, and only in Django admin."""
        from branding.scope import across_brands

        with across_brands("create ops"):
            return self.create_user(email, password, brand=None, is_staff=True, is_superuser=True, **values)


class User(AbstractBaseUser, BrandOwned):
    brand = models.ForeignKey(  # type: ignore[assignment]  # ops belong to no brand
        "branding.Brand", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("ops"), default=False, help_text=_("May use Django admin."))
    is_superuser = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["email"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(
                fields=["brand", "email"], name="accounts_user_email", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(brand__isnull=True) | models.Q(is_staff=False, is_superuser=False),
                name="accounts_ops_have_no_brand",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_ops(self) -> bool:
        return self.is_active and self.is_staff and self.brand_id is None

    @property
    def initials(self) -> str:
        words = (self.name or self.email).replace("@", " ").split()
        return "".join(word[0] for word in words[:2]).upper()

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002 - Django admin's question
        return self.is_ops and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002 - Django admin's question
        return self.is_ops and self.is_superuser


class Role(BrandOwned):
    """A named, editable set of permissions."""

    key = models.SlugField(help_text=_("Stable name for imports and single sign-on."))
    name = models.CharField(max_length=60)
    permissions = ArrayField(
        models.CharField(max_length=40, choices=Permission.choices), default=list, blank=True
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "key"], name="accounts_role_key"),
        ]

    def __str__(self) -> str:
        return self.name


class OpsAccess(models.Model):
    """A trace of each step ops took across the brands. Written once, changed by nobody."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    user_id_seen = models.BigIntegerField()
    email = models.EmailField()
    method = models.CharField(max_length=7)
    path = models.CharField(max_length=500)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = _("ops accesses")

    def __str__(self) -> str:
        return f"{self.email} {self.method} {self.path}"


class AuditEntry(BrandOwned):
    """Who changed what in a brand, and why. PostgreSQL refuses to change or delete it; it never holds a secret."""

    class Action(models.TextChoices):
        CONNECTION_CHANGED = "connection_changed", _("Changed the Braze connection")
        KEY_SET = "key_set", _("Set a Braze key")
        KEY_PROMOTED = "key_promoted", _("Put the waiting Braze key to use")
        KEY_REMOVED = "key_removed", _("Removed a Braze key")
        VARIATIONS_CHANGED = "variations_changed", _("Changed message variations")
        ATTRIBUTES_CHANGED = "attributes_changed", _("Changed attributes")
        SEGMENTS_CHANGED = "segments_changed", _("Changed segments")
        SENDING_STOPPED = "sending_stopped", _("Stopped sending")
        SENDING_RESUMED = "sending_resumed", _("Let sending go on")
        DISPATCH_RETRIED = "dispatch_retried", _("Had a hand-over tried again")
        DISPATCH_RESOLVED = "dispatch_resolved", _("Settled an unknown hand-over")
        MODULE_PUBLISHED = "module_published", _("Published a module")
        TEMPLATE_PUBLISHED = "template_published", _("Published a template")
        TEMPLATE_RETIRED = "template_retired", _("Retired a template")
        TEMPLATE_SHARED = "template_shared", _("Changed who sees a template")
        TEMPLATE_MERGED = "template_merged", _("Merged a template into campaigns")
        THEME_CHANGED = "theme_changed", _("Changed the brand's look")
        IDENTITY_CHANGED = "identity_changed", _("Changed the legal identity")
        RULES_CHANGED = "rules_changed", _("Changed the mail rules")
        FINDING_BYPASSED = "finding_bypassed", _("Let a campaign pass a finding")
        IMAGE_RECALLED = "image_recalled", _("Recalled a picture")

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=320, help_text=_("Name and address, or what acted by itself."))
    #: No reference: ops are of no brand, and an entry outlives the account.
    actor_id = models.BigIntegerField(null=True, blank=True)
    action = models.CharField(max_length=40, choices=Action.choices)
    target = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    objects = BrandManager["AuditEntry"]()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = _("audit entries")
        constraints = [*brand_wall()]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_action_display()}"
