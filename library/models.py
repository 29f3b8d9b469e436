"""Modules, templates and their versions, and the brand's images. The rendering itself is library.engine."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branding.constraints import brand_wall
from branding.owned import BrandManager, BrandOwned
from library.engine import TemplateSpec


class Module(BrandOwned):
    """One approved block of e-mail. What it is made of lies in its versions."""

    slug = models.SlugField()
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)

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
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BrandManager["ModuleVersion"]()

    class Meta:
        ordering = ["-number"]
        constraints = [
            *brand_wall("module"),
            models.UniqueConstraint(fields=["brand", "module", "number"], name="library_module_version"),
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.number}"


class TemplateQuerySet(models.QuerySet["Template"]):
    def usable(self) -> TemplateQuerySet:
        """Those with a published version, which comes along as `current`."""
        published = TemplateVersion.objects.filter(state=TemplateVersion.State.PUBLISHED)
        return self.filter(versions__in=published).prefetch_related(
            models.Prefetch("versions", queryset=published, to_attr="published")
        )


class TemplateManager(BrandManager["Template"].from_queryset(TemplateQuerySet)):  # type: ignore[misc]  # built by Django
    """The wall between brands, then the questions above."""


class Template(BrandOwned):
    """A mail the brand has designed; local people fill the fields it opens."""

    slug = models.SlugField()
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=40, blank=True)

    objects = TemplateManager()

    class Meta:
        ordering = ["category", "name"]
        constraints = [
            *brand_wall(),
            models.UniqueConstraint(fields=["brand", "slug"], name="library_template_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def current(self) -> TemplateVersion | None:
        prefetched: list[TemplateVersion] | None = getattr(self, "published", None)
        if prefetched is not None:
            return prefetched[0] if prefetched else None
        return self.versions.filter(state=TemplateVersion.State.PUBLISHED).first()


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
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = BrandManager["TemplateVersion"]()

    class Meta:
        ordering = ["-number"]
        constraints = [
            *brand_wall("template"),
            models.UniqueConstraint(fields=["brand", "template", "number"], name="library_template_version"),
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


def image_file(image: Image, filename: str) -> str:
    return f"{image.brand.slug}/images/{filename}"


class Image(BrandOwned):
    """A picture of the brand's gallery. The file's name carries a hash of its bytes; its address never changes."""

    slug = models.SlugField(max_length=80)
    alt = models.CharField(max_length=125, blank=True)
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
            *brand_wall("added_by"),
            models.UniqueConstraint(fields=["brand", "slug"], name="library_image_slug"),
        ]

    def __str__(self) -> str:
        return self.slug
