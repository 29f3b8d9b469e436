"""Templates, who is shown them, and their versions."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned
from groups.models import Group
from library import sharing
from library.engine import TemplateSpec


class TemplateQuerySet(models.QuerySet["Template"]):
    def usable(self) -> TemplateQuerySet:
        """Those a campaign may start from now: published, valid, not archived. The version comes along as `current`."""
        published = TemplateVersion.objects.filter(state=TemplateVersion.State.PUBLISHED)
        return self.filter(sharing.in_season(), versions__in=published).prefetch_related(
            models.Prefetch("versions", queryset=published, to_attr="published")
        )

    def shown_to(self, group: Group) -> TemplateQuerySet:
        """Those that the brand shows to this group."""
        return self.filter(sharing.shown_to(group))


class TemplateManager(BrandManager["Template"].from_queryset(TemplateQuerySet)):  # type: ignore[misc]  # built by Django
    """The wall between brands, then the questions above."""


class Template(BrandOwned):
    """A mail the brand has designed; local people fill the fields it opens."""

    slug = models.SlugField()
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=40, blank=True)
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateManager()

    class Meta:
        ordering = ["category", "name"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "slug"], name="library_template_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    def holds_at(self, moment: datetime) -> bool:
        """Whether it is valid then."""
        return (self.valid_from or moment) <= moment <= (self.valid_until or moment)

    @property
    def current(self) -> TemplateVersion | None:
        prefetched: list[TemplateVersion] | None = getattr(self, "published", None)
        if prefetched is not None:
            return prefetched[0] if prefetched else None
        return self.versions.filter(state=TemplateVersion.State.PUBLISHED).first()


class TemplateShare(BrandOwned):
    """Shows a template to a part of the tree or to a tag; `excludes` takes some of them out again.

    A template without any is shown to all groups; one with exclusions alone, to all others.
    """

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="shares")
    node = models.ForeignKey(
        "groups.Group", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    tag = models.ForeignKey("groups.Tag", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    excludes = models.BooleanField(default=False)

    objects = BrandManager["TemplateShare"]()

    class Meta:
        constraints = [
            *brand_wall("template", "node", "tag"),
            models.CheckConstraint(
                condition=models.Q(node__isnull=False, tag__isnull=True)
                | models.Q(node__isnull=True, tag__isnull=False),
                name="library_share_names_one",
            ),
            models.UniqueConstraint(
                fields=["brand", "template", "node", "tag"], nulls_distinct=False, name="library_share_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}: {self.node or self.tag}"


class TemplateVersion(BrandOwned):
    """A template at one time. Once published its spec never changes, for campaigns are pinned to it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    #: Every legal move. One that is not here cannot happen.
    MOVES: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.PUBLISHED},
        State.PUBLISHED: {State.RETIRED},
        State.RETIRED: {State.PUBLISHED},
    }

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    spec = models.JSONField(
        help_text=_("library.engine.TemplateSpec, with the modules it was published with.")
    )
    #: How often the draft was saved: tells a late save from another tab apart.
    revision = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True, help_text=_("What changed, for colleagues."))
    based_on = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["TemplateVersion"]()

    class Meta:
        ordering = ["-number"]
        constraints = [
            *brand_wall("template", "based_on", "created_by", "published_by"),
            models.UniqueConstraint(fields=["brand", "template", "number"], name="library_template_version"),
            models.UniqueConstraint(
                fields=["brand", "template"], condition=models.Q(state="draft"), name="library_one_draft"
            ),
            models.UniqueConstraint(
                fields=["brand", "template"],
                condition=models.Q(state="published"),
                name="library_one_published_version",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(published_at__isnull=False),
                name="library_published_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.number}"

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    def engine_spec(self) -> TemplateSpec:
        """Parsed once a process: a published version never changes, a draft is told apart by its row's content."""
        if self.state == self.State.DRAFT:
            return TemplateSpec.model_validate(self.spec)
        return _parsed(self)

    def publish(self) -> None:
        """Show this version to local people in place of the one before."""
        others = TemplateVersion.objects.filter(template_id=self.template_id, state=self.State.PUBLISHED)
        others.exclude(pk=self.pk).update(state=self.State.RETIRED)
        self._move_to(self.State.PUBLISHED)

    def retire(self) -> None:
        """Nothing new may be sent with it; what is scheduled stays."""
        self._move_to(self.State.RETIRED)

    def _move_to(self, state: str) -> None:
        from library.errors import LibraryError

        unmoved = TemplateVersion.objects.filter(pk=self.pk, state=self.state)
        if state not in self.MOVES[self.state] or not unmoved.update(
            state=state, published_at=self.published_at or timezone.now()
        ):
            raise LibraryError(_("This version cannot become %(state)s now.") % {"state": state})
        self.refresh_from_db()


#: Parsed specs by version id. A published version never changes, so an entry can only be right.
_specs: dict[int, TemplateSpec] = {}
_SPECS_KEPT = 512


def _parsed(version: TemplateVersion) -> TemplateSpec:
    if version.pk not in _specs:
        if len(_specs) >= _SPECS_KEPT:
            _specs.pop(next(iter(_specs)), None)
        _specs[version.pk] = TemplateSpec.model_validate(version.spec)
    return _specs[version.pk]
