"""Nothing of the starter library is stopped by pre-flight: no template, and no module beside a few lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from branding.scope import brand_scope
from library.installing import install_starter
from library.preflight.versions import Report, report_on
from library.starter import catalogue, samples
from smartersends.seed import brands, connection, network
from tests.starter.cast import TEMPLATES

#: A few modules to a mail: each is looked at in eighteen renderings.
TOGETHER = 4
OTHERS = sorted(set(catalogue.modules()) - {"letter"})
MAILS = [("letter", *OTHERS[at : at + TOGETHER]) for at in range(0, len(OTHERS), TOGETHER)]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def installed(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """Both brands of the demo with their groups, made once for this file and taken back afterwards."""
    media: Path = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        for demo in brands.BRANDS:
            with brand_scope(brands.ensure(demo).pk):
                install_starter(demo.slug)
                network.install(demo, network.made_up(demo))
                connection.install(demo)
        yield
        transaction.set_rollback(True)


def said(report: Report) -> set[str]:
    return {f"{each.rule} {each.path}: {each.message}" for each in report.blockers} | set(report.faults)


@pytest.mark.parametrize(("slug", "brand"), TEMPLATES)
def test_a_template_has_no_blocking_finding(slug, brand):
    with brand_scope(brands.ensure(_demo(brand)).pk):
        found = report_on(catalogue.templates()[slug])
    assert found.seen
    assert said(found) == set()


@pytest.mark.parametrize("brand", catalogue.brands())
@pytest.mark.parametrize("slugs", MAILS, ids=lambda slugs: ", ".join(slugs[1:]))
def test_a_module_has_no_blocking_finding(slugs, brand):
    with brand_scope(brands.ensure(_demo(brand)).pk):
        found = report_on(samples.some_modules(slugs, brand))
    assert found.seen
    assert said(found) == set()


def _demo(slug: str) -> brands.DemoBrand:
    return next(demo for demo in brands.BRANDS if demo.slug == slug)
