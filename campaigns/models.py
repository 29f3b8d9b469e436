"""One mailing of one group, its moves, and the trace of who made them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned
from campaigns.errors import IllegalMove
from delivery.models import Dispatch

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, person: User) -> CampaignQuerySet:
        """The campaigns of the groups this person belongs to."""
        from groups.access import access_of

        return self.filter(access_of(person).within("group__path"))

    def with_progress(self) -> CampaignQuerySet:
        """Brings along what a list shows of each: group, template, dispatch and its numbers."""
        return self.select_related("group", "template_version__template", "dispatch__numbers", "created_by")


class CampaignManager(BrandManager["Campaign"].from_queryset(CampaignQuerySet)):  # type: ignore[misc]  # built by Django
    """The wall between brands, then the questions above."""


class Campaign(BrandOwned):
    """Only field values are stored; the mail is rendered anew from the pinned template version each time."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved")
        SCHEDULED = "scheduled", _("Scheduled")
        SENT = "sent", _("Sent")
        NOT_SENT = "not_sent", _("Not sent")

    #: Every legal move. One that is not here cannot happen.
    MOVES: ClassVar[dict[str, set[str]]] = {
        Status.DRAFT: {Status.IN_REVIEW, Status.SCHEDULED},
        Status.IN_REVIEW: {Status.DRAFT, Status.APPROVED},
        Status.APPROVED: {Status.DRAFT, Status.SCHEDULED},
        Status.SCHEDULED: {Status.DRAFT, Status.SENT, Status.NOT_SENT},
        Status.NOT_SENT: {Status.DRAFT, Status.SCHEDULED},
        Status.SENT: set(),
    }

    BADGES: ClassVar[dict[str, tuple[str, str]]] = {
        Status.DRAFT: ("draft", "pencil"),
        Status.IN_REVIEW: ("in_review", "eye"),
        Status.APPROVED: ("approved", "shield"),
        Status.SCHEDULED: ("scheduled", "clock"),
        Status.SENT: ("sent", "check-circle"),
        Status.NOT_SENT: ("refused", "x-circle"),
    }

    #: The same while the hand-over is under way, by the dispatch's state.
    UNDER_WAY: ClassVar[dict[str, tuple[str, str, StrOrPromise]]] = {
        Dispatch.State.PENDING: ("in_review", "clock", _("On its way to Braze")),
        Dispatch.State.CALLING: ("in_review", "send", _("Being handed to Braze")),
        Dispatch.State.CHANGING: ("in_review", "refresh", _("Being changed")),
        Dispatch.State.RECALLING: ("in_review", "undo", _("Being taken back")),
        Dispatch.State.UNKNOWN: ("unknown", "question", _("Needs a look")),
    }
    #: Whether a kill switch holds it, where somebody has asked: campaigns.standing.mark_stopped.
    is_stopped = False

    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="campaigns")
    template_version = models.ForeignKey(
        "library.TemplateVersion", on_delete=models.PROTECT, related_name="campaigns"
    )
    name = models.CharField(
        _("name"), max_length=120, help_text=_("For you and your colleagues; customers never see it.")
    )
    values = models.JSONField(default=dict, help_text="library.engine values of the open fields")
    #: How often each field was saved, by path: tells a late save from another tab apart.
    revisions = models.JSONField(default=dict)
    segment = models.ForeignKey(
        "audiences.Segment", on_delete=models.PROTECT, null=True, blank=True, related_name="campaigns"
    )
    #: None means "as soon as it is scheduled".
    send_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    approved_hash = models.CharField(max_length=64, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dispatch = models.OneToOneField(
        Dispatch, on_delete=models.PROTECT, null=True, blank=True, related_name="campaign"
    )
    #: While Braze has a change of this campaign before it: what was wanted, and what holds again if Braze says no. See
    #: campaigns.services.changing.
    change_undo = models.JSONField(null=True, blank=True)
    #: What a merged template version left for a person to decide: [{"path", "reason", …}], see
    #: campaigns.services.merging. Empty: nothing.
    open_points = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CampaignManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            *brand_wall(
                "group", "template_version", "segment", "submitted_by", "dispatch", "created_by", "changed_by"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["scheduled", "sent"]) | models.Q(dispatch__isnull=False),
                name="campaigns_scheduled_is_promised",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="approved") | ~models.Q(approved_hash=""),
                name="campaigns_approved_has_a_hash",
            ),
        ]
        indexes = [
            models.Index(fields=["brand", "group", "-id"], name="campaigns_of_group"),
            models.Index(fields=["brand", "status", "-id"], name="campaigns_by_status"),
            models.Index(
                fields=["brand", "template_version", "status", "group"],
                condition=models.Q(status__in=["draft", "in_review", "approved", "scheduled"]),
                name="campaigns_on_version",
            ),
            models.Index(
                fields=["dispatch"], condition=models.Q(status="scheduled"), name="campaigns_under_way"
            ),
            models.Index(
                fields=["dispatch"], condition=models.Q(status="not_sent"), name="campaigns_not_sent"
            ),
            models.Index(
                fields=["dispatch"],
                condition=models.Q(change_undo__isnull=False),
                name="campaigns_being_changed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    # Questions

    @property
    def editable(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def cancellable(self) -> bool:
        """Until it is sent; a dispatch that is being handed over is cancelled as soon as Braze has answered."""
        return (
            self.status == self.Status.SCHEDULED
            and self.dispatch is not None
            and not self.dispatch.cancel_wanted
            and self.dispatch.state
            in {
                Dispatch.State.PENDING,
                Dispatch.State.CALLING,
                Dispatch.State.SCHEDULED,
                Dispatch.State.CHANGING,
                Dispatch.State.RECALLING,
            }
            and self.dispatch.planned_at > timezone.now()
        )

    @property
    def changeable(self) -> bool:
        """Whether time and audience can be changed where it stands: Braze has it, or is not being told of it yet."""
        return (
            self.status == self.Status.SCHEDULED
            and self.dispatch is not None
            and not self.dispatch.cancel_wanted
            and self.dispatch.state in {Dispatch.State.PENDING, Dispatch.State.SCHEDULED}
            and self.dispatch.planned_at > timezone.now()
        )

    @property
    def is_moving(self) -> bool:
        """Whether something is under way that a page should follow."""
        fresh = self.status == self.Status.SENT and self.planned_at > timezone.now() - timedelta(days=1)
        return self.status == self.Status.SCHEDULED or fresh

    @property
    def outcome_unknown(self) -> bool:
        return self.dispatch is not None and self.dispatch.state == Dispatch.State.UNKNOWN

    @property
    def revision(self) -> int:
        """Grows with every saved field; tells one state of the preview from the next."""
        return sum(self.revisions.values())

    @property
    def planned_at(self) -> Any:
        return self.dispatch.planned_at if self.dispatch else self.send_at

    @property
    def badge(self) -> tuple[str, str, str]:
        """How lists and pages mark where it stands: style, icon, word."""
        if self.status == self.Status.SCHEDULED and self.dispatch is not None:
            if not self.outcome_unknown:
                if self.dispatch.state == Dispatch.State.CANCELLING or self.dispatch.cancel_wanted:
                    return "draft", "ban", str(_("Being cancelled"))
                if self.is_stopped:
                    return "in_review", "ban", str(_("Stopped"))
            if found := self.UNDER_WAY.get(self.dispatch.state):
                style, icon, words = found
                return style, icon, str(words)
        style, icon = self.BADGES[self.status]
        return style, icon, self.get_status_display()

    def _is_taken_back(self) -> bool:
        return self.dispatch is not None and self.dispatch.state == Dispatch.State.CANCELLED

    # Moves

    def submit(self, *, by: User) -> None:
        self._move_to(self.Status.IN_REVIEW, by=by, submitted_by=by, approved_hash="")

    def approve(self, content_hash: str, *, by: User) -> None:
        self._move_to(self.Status.APPROVED, by=by, approved_hash=content_hash)

    def back_to_draft(self, *, by: User | None, note: str = "") -> None:
        # What Braze may still send is no draft: it would go out unseen, and once more when it is booked again.
        if self.status == self.Status.SCHEDULED and not self._is_taken_back():
            raise IllegalMove(self, self.Status.DRAFT)
        self._move_to(self.Status.DRAFT, by=by, note=note, approved_hash="", submitted_by=None, dispatch=None)

    def book(self, dispatch: Dispatch, *, by: User) -> None:
        if self.status == self.Status.NOT_SENT:  # only its old promise may come to life again
            raise IllegalMove(self, self.Status.SCHEDULED)
        self._move_to(self.Status.SCHEDULED, by=by, dispatch=dispatch)

    def has_gone(self) -> None:
        self._move_to(self.Status.SENT, by=None)

    def has_failed(self, note: str) -> None:
        self._move_to(self.Status.NOT_SENT, by=None, note=note)

    def lives_again(self, note: str) -> None:
        """Its promise was refused, and is kept after all: ops had the hand-over tried again."""
        given_up = {Dispatch.State.REFUSED, Dispatch.State.CANCELLED}
        if self.status != self.Status.NOT_SENT or self.dispatch is None or self.dispatch.state in given_up:
            raise IllegalMove(self, self.Status.SCHEDULED)
        self._move_to(self.Status.SCHEDULED, by=None, note=note)

    def _move_to(self, status: str, *, by: User | None, note: str = "", **changes: Any) -> None:
        """Move only if nobody else moved it first, and leave a trace of who did."""
        if status not in self.MOVES[self.status]:
            raise IllegalMove(self, status)
        with transaction.atomic():
            unmoved = Campaign.objects.filter(pk=self.pk, status=self.status)
            if not unmoved.update(
                status=status, updated_at=timezone.now(), **{"change_undo": None, **changes}
            ):
                self.refresh_from_db()
                raise IllegalMove(self, status)
            promised = changes.get("dispatch")
            self.events.create(by=by, before=self.status, after=status, note=note, dispatch=promised)
        self.refresh_from_db()


class Event(BrandOwned):
    """Who did what to a campaign, and when. `by` is empty where the portal itself acted."""

    class Kind(models.TextChoices):
        MOVE = "move", _("Status")
        CREATED = "created", _("Created")
        CANCEL_WANTED = "cancel_wanted", _("Cancel asked for")
        RESOLVED = "resolved", _("Outcome settled by a person")
        RESCHEDULED = "rescheduled", _("Time changed")
        RETARGETED = "retargeted", _("Audience changed")
        REFRESHED = "refreshed", _("Mail renewed")
        CHANGE_REFUSED = "change_refused", _("Braze did not take the change")
        MERGED = "merged", _("Taken to a newer version of the template")
        BYPASSED = "bypassed", _("A finding was let pass")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.MOVE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = models.CharField(max_length=10, choices=Campaign.Status.choices, blank=True)
    after = models.CharField(max_length=10, choices=Campaign.Status.choices, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    #: The promise made by this move; it stays readable here after the campaign has become a draft again.
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = BrandManager["Event"]()

    class Meta:
        ordering = ["id"]
        constraints = [*brand_wall("campaign", "by", "dispatch")]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.get_kind_display()}"


class Bypass(BrandOwned):
    """A blocking finding that a brand admin let pass for one campaign, and why. Holds only while the words stay."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="bypasses")
    rule = models.CharField(max_length=8)
    place = models.CharField(max_length=100, blank=True)
    #: SHA-256 of what the finding was about; another text needs another decision.
    subject_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = BrandManager["Bypass"]()

    class Meta:
        verbose_name_plural = _("bypasses")
        constraints = [
            *brand_wall("campaign", "by"),
            models.UniqueConstraint(
                fields=["brand", "campaign", "rule", "place", "subject_hash"], name="campaigns_bypass_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.rule}"
