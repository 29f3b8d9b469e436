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
    api_key_set_by = models.CharField(max_length=200, blank=True, editable=False)
    #: Since when Braze answers every probe of the key in use with 401.
    key_refused_since = models.DateTimeField(null=True, blank=True, editable=False)
    #: A key that waits to take over: checked beside the one in use, promoted by a person or when that one is refused.
    next_api_key_encrypted = models.BinaryField(default=bytes, editable=False)
    next_api_key_set_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_api_key_set_by = models.CharField(max_length=200, blank=True, editable=False)
    next_key_refused_since = models.DateTimeField(null=True, blank=True, editable=False)
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
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    check_trouble = models.CharField(
        max_length=500, blank=True, editable=False, help_text=_("Why the last check could not be made.")
    )
    #: The promise of a check; the nudge for it may get lost.
    check_wanted_at = models.DateTimeField(null=True, blank=True, editable=False)
    check_begun_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: Probes answered in the check that is under way.
    check_step = models.PositiveSmallIntegerField(default=0, editable=False)
    #: What /campaigns/details told of the campaign; empty where the key may not ask. See workspace.checking.
    campaign_seen = models.JSONField(default=dict, blank=True, editable=False)
    #: What only a person can see in Braze, by key of connection.checklist: {"by": name, "at": ISO time}.
    confirmed = models.JSONField(default=dict, blank=True, editable=False)

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

    def set_api_key(self, key: str, *, by: str = "") -> None:
        """Encrypt and keep; the caller saves. `by` is who is told to have set it."""
        self.api_key_encrypted = secrets.encrypt(key.strip(), bound_to=self.owner)
        self.api_key_set_at, self.api_key_set_by = timezone.now(), by[:200]
        self.key_refused_since = None

    def set_next_api_key(self, key: str, *, by: str = "") -> None:
        """Keep a second key beside the one in use; the caller saves."""
        self.next_api_key_encrypted = secrets.encrypt(key.strip(), bound_to=self.owner)
        self.next_api_key_set_at, self.next_api_key_set_by = timezone.now(), by[:200]
        self.next_key_refused_since = None

    def drop_next_api_key(self) -> None:
        """The caller saves."""
        self.next_api_key_encrypted, self.next_api_key_set_at, self.next_api_key_set_by = b"", None, ""
        self.next_key_refused_since = None

    @property
    def owner(self) -> str:
        """Whom its secrets are bound to: in another brand's row they do not open."""
        return f"workspace:{self.brand_id}"

    @property
    def has_key(self) -> bool:
        return bool(self.api_key_encrypted)

    @property
    def has_next_key(self) -> bool:
        return bool(self.next_api_key_encrypted)

    def next_api_key(self) -> str:
        """For the check of the key alone."""
        return secrets.decrypt(bytes(self.next_api_key_encrypted), bound_to=self.owner)

    def api_key(self) -> str:
        """For the client alone."""
        return secrets.decrypt(bytes(self.api_key_encrypted), bound_to=self.owner)

    def pause(self, until: datetime, because: str) -> None:
        Workspace.objects.filter(pk=self.pk).update(paused_until=until, paused_because=because)


class PermissionVerdict(BrandOwned):
    """What a probe found about one permission of the key in use, or of the one that waits."""

    class Verdict(models.TextChoices):
        HELD = "held", _("Held")
        MISSING = "missing", _("Missing")
        UNKNOWN = "unknown", _("Unknown")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="verdicts")
    of_next_key = models.BooleanField(default=False)
    permission = models.CharField(
        max_length=60, help_text=_("Braze's name, such as messages.schedule.create.")
    )
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    since = models.DateTimeField(help_text=_("When this verdict was first found."))
    checked_at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True, help_text=_("What Braze said, without the key."))

    objects = BrandManager["PermissionVerdict"]()

    class Meta:
        ordering = ["permission"]
        constraints = [
            *brand_wall("workspace"),
            models.UniqueConstraint(
                fields=["brand", "of_next_key", "permission"], name="workspace_verdict_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permission}: {self.verdict}"


class ConnectionEvent(BrandOwned):
    """A turn in the connection that nobody made by hand, kept until it is audited and the brand's admins are told."""

    class Kind(models.TextChoices):
        KEY_REFUSED = "key_refused", _("Braze refuses the key")
        KEY_ACCEPTED = "key_accepted", _("Braze accepts the key again")
        KEY_PROMOTED = "key_promoted", _("The waiting key was put to use")
        PERMISSION_LOST = "permission_lost", _("The key lost a permission")
        PERMISSION_BACK = "permission_back", _("The key has a permission back")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    permission = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["ConnectionEvent"]()

    class Meta:
        ordering = ["id"]
        constraints = [*brand_wall("workspace")]
        indexes = [
            models.Index(
                fields=["brand"], condition=models.Q(told_at__isnull=True), name="workspace_event_untold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.permission}".strip()


class Attribute(BrandOwned):
    """A profile attribute of Braze that this brand lets its groups use, and for what."""

    class Source(models.TextChoices):
        DEFAULT = "default", _("Default attribute")
        CUSTOM = "custom", _("Custom attribute")

    class DataType(models.TextChoices):
        STRING = "string", _("Text")
        NUMBER = "number", _("Number")
        BOOLEAN = "boolean", _("Yes or no")
        TIME = "time", _("Date and time")
        ARRAY = "array", _("List")

    source = models.CharField(max_length=8, choices=Source.choices, default=Source.CUSTOM)
    name = models.CharField(max_length=255, help_text=_("As Braze spells it."))
    label = models.CharField(max_length=80, help_text=_("What people read."))
    data_type = models.CharField(max_length=8, choices=DataType.choices, default=DataType.STRING)
    #: Comparisons of a connected audience that a filter may use; empty: all that the type allows.
    operators = models.JSONField(default=list, blank=True)
    #: Values offered for choice; empty: any.
    values = models.JSONField(default=list, blank=True)
    for_personalisation = models.BooleanField(default=False)
    for_filter = models.BooleanField(default=False)
    for_fence = models.BooleanField(default=False)
    fallback = models.CharField(
        max_length=120, blank=True, help_text=_("Written in a mail where a person has no value.")
    )
    seen_in_braze_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["Attribute"]()

    class Meta:
        ordering = ["label"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "source", "name"], name="workspace_attribute_once"),
            # A connected audience cannot compare default attributes. https://www.braze.com/docs/api/objects_filters/connected_audience
            models.CheckConstraint(
                condition=models.Q(source="custom") | models.Q(for_filter=False, for_fence=False),
                name="workspace_only_custom_attributes_filter",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class BrazeAnswer(BrandOwned):
    """What `manage.py braze_questions` learned from the real workspace where Braze's documentation is silent."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60, help_text=_("Key in workspace.questions."))
    answer = models.CharField(max_length=60)
    evidence = models.CharField(
        max_length=1000, blank=True, help_text=_("What Braze answered, without the key.")
    )
    asked_at = models.DateTimeField()

    objects = BrandManager["BrazeAnswer"]()

    class Meta:
        ordering = ["question"]
        constraints = [
            *brand_wall("workspace"),
            models.UniqueConstraint(fields=["brand", "question"], name="workspace_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
