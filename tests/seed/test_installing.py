"""A brand's starter library is installed once; what changes at its source follows, what people changed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from branding.models import Brand, LegalIdentity, Theme
from branding.scope import brand_scope
from library.installing import install_starter
from library.models import Image, Module, ModuleVersion, Template, TemplateVersion
from library.starter import catalogue

pytestmark = pytest.mark.django_db
State = TemplateVersion.State


@pytest.fixture(autouse=True)
def installed(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    brand = Brand.objects.create(slug="bluebird", name="Bluebird Coffee")
    with brand_scope(brand.pk):
        install_starter("bluebird")
        yield


def change(monkeypatch: pytest.MonkeyPatch, slug: str) -> None:
    changed = catalogue.templates_of("bluebird")
    changed[slug] = changed[slug].model_copy(update={"description": "Reworded."})
    monkeypatch.setattr(catalogue, "templates_of", lambda _brand: changed)


def test_all_that_a_brand_starts_with_is_there() -> None:
    assert set(Template.objects.values_list("slug", flat=True)) == set(catalogue.templates_of("bluebird"))
    assert set(Module.objects.values_list("slug", flat=True)) == set(catalogue.modules())
    assert Template.objects.usable().count() == Template.objects.count()
    assert LegalIdentity.objects.get().legal_name == "Bluebird Coffee Company Ltd"
    theme = Theme.objects.get()
    assert default_storage.exists(theme.logo.name)
    assert default_storage.exists(theme.favicon.name)


def test_a_picture_lies_below_its_brand_under_a_name_with_its_hash() -> None:
    image = Image.objects.get(slug="autumn-latte")

    assert image.file.name
    assert default_storage.size(image.file.name) == image.weight
    assert image.file.name.startswith("bluebird/images/autumn-latte-")
    assert not Image.objects.filter(slug__contains="logo").exists()


def test_a_second_run_finds_nothing_to_do() -> None:
    assert install_starter("bluebird") == 0


def test_a_changed_template_is_published_anew_and_its_old_version_retired(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(monkeypatch, "event")

    assert install_starter("bluebird") == 1
    versions = TemplateVersion.objects.filter(template__slug="event").order_by("number")
    assert [(version.number, version.state) for version in versions] == [
        (1, State.RETIRED),
        (2, State.PUBLISHED),
    ]
    assert install_starter("bluebird") == 0


def test_a_changed_module_gets_a_version_more(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {
        slug: spec.model_copy(update={"text": "other"})
        for slug, spec in catalogue.modules().items()
        if slug == "hero"
    }
    monkeypatch.setattr(catalogue, "modules", lambda: changed)

    assert install_starter("bluebird") == 1
    assert set(ModuleVersion.objects.filter(module__slug="hero").values_list("number", flat=True)) == {1, 2}


def test_what_people_changed_stays() -> None:
    Theme.objects.update(primary="#112233")
    LegalIdentity.objects.update(street="Elsewhere 1")
    TemplateVersion.objects.get(template__slug="event").retire()

    assert install_starter("bluebird") == 0
    assert Theme.objects.get().primary == "#112233"
    assert TemplateVersion.objects.get(template__slug="event").state == State.RETIRED


def test_a_template_in_work_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    published = TemplateVersion.objects.get(template__slug="event")
    TemplateVersion.objects.create(
        template=published.template, number=2, spec=published.spec, based_on=published
    )
    change(monkeypatch, "event")

    assert install_starter("bluebird") == 0
    published.refresh_from_db()
    assert published.state == State.PUBLISHED


def test_a_module_that_somebody_has_published_stays_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ModuleVersion.objects.get(module__slug="hero")
    author = User.objects.create_user("dana@bluebird.example", brand=first.brand)
    ModuleVersion.objects.create(
        module=first.module, number=2, spec={**first.spec, "text": "mine"}, created_by=author
    )

    assert install_starter("bluebird") == 0
    assert ModuleVersion.objects.filter(module__slug="hero").count() == 2
