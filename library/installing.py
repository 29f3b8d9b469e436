"""Gives a new brand its starter library: look, legal identity, pictures, modules and published templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from branding.models import Brand, LegalIdentity, Theme
from library import engine
from library.models import Image, Module, ModuleVersion, Template, TemplateVersion
from library.starter import catalogue
from library.starter.catalogue import StarterBrand, StarterImage


@transaction.atomic
def install_starter(brand_slug: str) -> int:
    """Install what is missing or has changed at its source, inside the brand's scope. Returns how much that was.

    A changed template becomes a new published version, and campaigns stay on theirs. Look, identity and pictures that
    are there stay as they are, and so do modules and templates that people of the brand have begun to change.
    """
    brand, starter = Brand.objects.get(slug=brand_slug), catalogue.brands()[brand_slug]
    pictures = {row.slug: row for row in catalogue.images(brand_slug)}
    steps = [_look(brand, starter, pictures), _identity(starter)]
    return sum(steps) + _library(brand, pictures.values(), catalogue.templates_of(brand_slug))


@transaction.atomic
def install_common(brand: Brand) -> int:
    """For a brand with a look of its own, inside its scope: all modules, and what names no brand in particular."""
    pictures = {row.slug: row for slug in catalogue.brands() for row in catalogue.images(slug)}
    return _library(
        brand, [row for row in pictures.values() if _is_common(row.brands)],
        {slug: spec for slug, spec in catalogue.templates().items() if _is_common(spec.brands)},
    )  # fmt: skip


def _is_common(brands: Iterable[str]) -> bool:
    return set(brands) >= set(catalogue.brands())


def _library(
    brand: Brand, pictures: Iterable[StarterImage], templates: Mapping[str, engine.TemplateSpec]
) -> int:
    steps = [_picture(brand, row) for row in pictures if row.use == "picture"]
    steps += [
        _module(slug, spec.name, spec.description, _json(spec)) for slug, spec in catalogue.modules().items()
    ]
    steps += [_template(slug, spec.name, _json(spec)) for slug, spec in templates.items()]
    return sum(steps)


def _json(spec: Any) -> dict[str, Any]:
    values: dict[str, Any] = spec.model_dump(mode="json")
    return values


def _look(brand: Brand, starter: StarterBrand, pictures: dict[str, StarterImage]) -> bool:
    if Theme.objects.exists():
        return False
    values = starter.theme.model_dump(exclude={"logo_url", "logo_dark_url"})
    marks = {
        "logo": starter.logo,
        "logo_dark": starter.logo_dark,
        "portal_logo": starter.logo_on_light,
        "favicon": starter.favicon,
    }
    files = {name: _kept(brand, "brand", pictures[slug]) for name, slug in marks.items()}
    Theme.objects.create(**values, **files)
    return True


def _identity(starter: StarterBrand) -> bool:
    values = starter.identity.model_dump(exclude={"country_name"})
    return bool(LegalIdentity.objects.get_or_create(countries=[], defaults=values)[1])


def _picture(brand: Brand, row: StarterImage) -> bool:
    if Image.objects.filter(slug=row.slug).exists():
        return False
    Image.objects.create(
        slug=row.slug,
        alt=row.alt,
        file=_kept(brand, "images", row),
        width=row.width,
        height=row.height,
        weight=row.path.stat().st_size,
    )
    return True


def _kept(brand: Brand, folder: str, row: StarterImage) -> str:
    """The stored file's name, which carries a hash of its bytes: the same picture is stored once."""
    content = row.path.read_bytes()
    name = f"{brand.slug}/{folder}/{row.slug}-{hashlib.sha256(content).hexdigest()[:12]}{row.path.suffix}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def _module(slug: str, name: str, description: str, spec: dict[str, Any]) -> bool:
    module, _new = Module.objects.get_or_create(
        slug=slug, defaults={"name": name, "description": description}
    )
    versions = ModuleVersion.objects.filter(module=module)
    latest = versions.first()
    if latest and (latest.spec == spec or module.draft or _is_of_the_brand(versions)):
        return False
    ModuleVersion.objects.create(module=module, number=latest.number + 1 if latest else 1, spec=spec)
    return True


def _is_of_the_brand(versions: QuerySet[ModuleVersion] | QuerySet[TemplateVersion]) -> bool:
    """Somebody works on it or has done so: from then on it is the brand's, and nothing is put over it."""
    return versions.filter(created_by__isnull=False).exists()


def _template(slug: str, name: str, spec: dict[str, Any]) -> bool:
    told = {"name": name, "description": spec["description"], "category": spec["category"]}
    template, _new = Template.objects.get_or_create(slug=slug, defaults=told)
    # Compared with the newest version in whatever state: a template that was retired by hand stays retired.
    versions = TemplateVersion.objects.filter(template=template)
    latest = versions.first()
    drafted = versions.filter(state=TemplateVersion.State.DRAFT).exists()
    if latest and (latest.spec == spec or drafted or _is_of_the_brand(versions)):
        return False
    version = TemplateVersion.objects.create(
        template=template, number=latest.number + 1 if latest else 1, spec=spec
    )
    version.publish()
    return True
