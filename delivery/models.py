"""What we promised to hand to Braze, and all that came of each try. Knows no campaign."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned


class SealedMessage(BrandOwned):
    """The mail exactly as it goes to Braze: final HTML, text, headers, audience. Written once.

    Apart from its dispatch because it weighs some 50 KB, and lists of dispatches are read often.
    """

    content = models.JSONField(help_text="delivery.message.Sealed")
    content_hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    objects = BrandManager["SealedMessage"]()

    class Meta:
        constraints = [*brand_wall()]

    def __str__(self) -> str:
        return self.content_hash[:12]


class SendId(BrandOwned):
    """One of the send ids of a day. It serves many dispatches, each with a variation of its own."""

    campaign_id = models.CharField(max_length=64)
    day = models.DateField(help_text=_("UTC day on which it was made."))
    number = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=64)
    is_known_to_braze = models.BooleanField(default=False)
    #: A try to make it ended without an answer, so Braze may know it already.
    is_doubtful = models.BooleanField(default=False)
    #: A worker is asking Braze for it; others leave it alone until then.
    asked_until = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["SendId"]()

    class Meta:
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(
                fields=["brand", "campaign_id", "day", "number"], name="delivery_send_id_number"
            ),
            models.UniqueConstraint(fields=["brand", "campaign_id", "value"], name="delivery_send_id_value"),
        ]

    def __str__(self) -> str:
        return self.value


class Dispatch(BrandOwned):
    """Our promise to hand one sealed message to Braze, once.

    pending -> calling -> scheduled -> done, with refused and unknown beside it. Out of `scheduled`: changing (and
    back), cancelling -> cancelled, and recalling -> pending, where Braze gives the schedule back and it is handed over
    anew: after a stop, or for another audience. `calling` covers just the one call that cannot be repeated; whoever
    dies in it leaves `unknown`.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting to be handed to Braze")
        CALLING = "calling", _("Being handed to Braze")
        SCHEDULED = "scheduled", _("Scheduled at Braze")
        CHANGING = "changing", _("Being changed")
        RECALLING = "recalling", _("Being taken back")
        REFUSED = "refused", _("Refused")
        UNKNOWN = "unknown", _("Outcome unknown")
        CANCELLING = "cancelling", _("Being cancelled")
        CANCELLED = "cancelled", _("Cancelled")
        DONE = "done", _("Sent")

    #: Every legal move. One that is not here cannot happen. Out of `unknown` only knowledge leads: Braze's answer to
    #: that very call, however late, its numbers, or a person who has looked.
    MOVES: ClassVar[dict[str, set[str]]] = {
        State.PENDING: {State.CALLING, State.REFUSED, State.CANCELLED},
        State.CALLING: {State.PENDING, State.SCHEDULED, State.REFUSED, State.UNKNOWN},
        State.SCHEDULED: {State.CHANGING, State.RECALLING, State.CANCELLING, State.DONE},
        State.CHANGING: {State.SCHEDULED, State.RECALLING, State.CANCELLING, State.DONE},
        State.RECALLING: {State.PENDING, State.SCHEDULED, State.CANCELLING, State.DONE, State.UNKNOWN},
        State.CANCELLING: {State.CANCELLED, State.SCHEDULED, State.DONE, State.UNKNOWN},
        State.UNKNOWN: {State.PENDING, State.SCHEDULED, State.DONE, State.REFUSED},
        State.REFUSED: {State.PENDING},
        State.CANCELLED: set(),
        State.DONE: set(),
    }
    #: Something is to be done at Braze about a schedule that stands there.
    AT_WORK = (State.CHANGING, State.RECALLING, State.CANCELLING)
    WAITING = (State.PENDING, *AT_WORK)
    BEFORE_BRAZE = (State.PENDING, State.CALLING)

    class Priority(models.IntegerChoices):
        LOCAL = 0, _("Local campaign")
        ROLL_OUT = 1, _("Roll-out")

    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="dispatches")
    template = models.ForeignKey(
        "library.Template", on_delete=models.PROTECT, null=True, blank=True, related_name="dispatches"
    )
    label = models.CharField(max_length=200, help_text=_("What it is, for lists."))
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.LOCAL)
    message = models.OneToOneField(SealedMessage, on_delete=models.PROTECT, related_name="dispatch")
    variation_id = models.CharField(max_length=64)
    variation_name = models.CharField(max_length=120, blank=True)
    send_id = models.ForeignKey(
        SendId, on_delete=models.PROTECT, null=True, blank=True, related_name="dispatches"
    )
    goes_without_send_id = models.BooleanField(default=False, help_text=_("The day's send ids were used up."))
    planned_at = models.DateTimeField()
    booked_for = models.DateTimeField(null=True, blank=True, help_text=_("The time Braze was given."))
    #: A change that Braze has not accepted yet; what it has stays in `message` and `planned_at` until then.
    next_message = models.OneToOneField(
        SealedMessage, on_delete=models.PROTECT, null=True, blank=True, related_name="next_of"
    )
    next_planned_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    not_before = models.DateTimeField(default=timezone.now)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_wanted = models.BooleanField(default=False)
    waits_because = models.CharField(max_length=300, blank=True)
    schedule_id = models.CharField(max_length=64, blank=True)
    braze_dispatch_id = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=500, blank=True, help_text=_("Why it was refused, or is unknown."))
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["Dispatch"]()

    class Meta:
        verbose_name_plural = _("dispatches")
        ordering = ["-id"]
        constraints = [
            *brand_wall("group", "template", "message", "next_message", "send_id"),
            # Braze counts by send id and variation: while this holds, the numbers of a pair are one dispatch's own.
            models.UniqueConstraint(
                fields=["brand", "send_id", "variation_id"],
                condition=models.Q(send_id__isnull=False),
                name="delivery_numbers_belong_to_one",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["scheduled", "changing", "recalling", "cancelling"])
                | ~models.Q(schedule_id=""),
                name="delivery_scheduled_has_schedule_id",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="calling") | models.Q(lease_until__isnull=False),
                name="delivery_calling_has_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["brand", "priority", "planned_at"],
                condition=models.Q(state__in=["pending", "changing", "recalling", "cancelling"]),
                name="delivery_due",
            ),
            models.Index(
                fields=["lease_until"], condition=models.Q(state="calling"), name="delivery_calling"
            ),
            models.Index(
                fields=["planned_at"],
                condition=models.Q(state__in=["pending", "scheduled", "unknown"]),
                name="delivery_awaiting",
            ),
            models.Index(fields=["send_id", "planned_at"], name="delivery_by_send_id"),
        ]

    def __str__(self) -> str:
        return self.label


class Attempt(BrandOwned):
    """One call to Braze about one dispatch. Never the key, never the body of a 401."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("No answer recorded")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WAIT = "wait", _("Asked to wait")
        NOT_REACHED = "not_reached", _("Not reached")
        UNKNOWN = "unknown", _("Outcome unknown")

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="attempts")
    path = models.CharField(max_length=60)
    content_hash = models.CharField(
        max_length=64, blank=True, help_text=_("Of the sealed message that was given.")
    )
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.OPEN)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=500, blank=True)

    objects = BrandManager["Attempt"]()

    class Meta:
        ordering = ["id"]
        constraints = [*brand_wall("dispatch")]

    def __str__(self) -> str:
        return f"{self.path}: {self.get_outcome_display()}"


class Stop(BrandOwned):
    """A kill switch that is pulled: nothing it covers is handed over, and what is scheduled is taken back.

    Lifted, what waits goes on by itself as far as its time has not passed.
    """

    class Scope(models.TextChoices):
        BRAND = "brand", _("Everything of this brand")
        TEMPLATE = "template", _("One template")
        GROUP = "group", _("A group and all below it")

    scope = models.CharField(max_length=8, choices=Scope.choices)
    template = models.ForeignKey(
        "library.Template", on_delete=models.PROTECT, null=True, blank=True, related_name="stops"
    )
    group = models.ForeignKey(
        "groups.Group", on_delete=models.PROTECT, null=True, blank=True, related_name="stops"
    )
    because = models.CharField(_("reason"), max_length=300)
    stopped_by = models.CharField(max_length=320)
    stopped_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.CharField(max_length=320, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["Stop"]()

    class Meta:
        ordering = ["-id"]
        constraints = [
            *brand_wall("template", "group"),
            models.CheckConstraint(
                condition=models.Q(scope="brand", template__isnull=True, group__isnull=True)
                | models.Q(scope="template", template__isnull=False, group__isnull=True)
                | models.Q(scope="group", template__isnull=True, group__isnull=False),
                name="delivery_stop_names_what_it_covers",
            ),
            models.UniqueConstraint(
                fields=["brand", "scope", "template", "group"],
                condition=models.Q(lifted_at__isnull=True),
                nulls_distinct=False,
                name="delivery_stop_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["brand"], condition=models.Q(lifted_at__isnull=True), name="delivery_stops_now"
            )
        ]

    def __str__(self) -> str:
        return str(self.template or self.group or self.get_scope_display())


class InstallationStop(models.Model):
    """The kill switch of the whole installation. Of no brand, so that it holds for all; only ops pull it."""

    because = models.CharField(_("reason"), max_length=300)
    stopped_by = models.CharField(max_length=320)
    stopped_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.CharField(max_length=320, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lifted_at"],
                condition=models.Q(lifted_at__isnull=True),
                nulls_distinct=False,
                name="delivery_one_installation_stop",
            )
        ]

    def __str__(self) -> str:
        return self.because
