"""What the demo's campaigns say is fit to be sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from library import engine
from library.models import TemplateVersion
from library.starter import catalogue
from smartersends.seed.brands import BRANDS
from smartersends.seed.wording import Idea, ideas, values

IDEAS = [(demo.slug, idea) for demo in BRANDS for idea in ideas(demo.slug)]
LONGEST = datetime(2026, 9, 9, 17, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(("brand", "idea"), IDEAS, ids=lambda each: getattr(each, "name", each))
def test_the_engine_has_no_objection(brand: str, idea: Idea) -> None:
    spec = catalogue.templates_of(brand)[idea.template]
    version = TemplateVersion(spec=spec.model_dump(mode="json"))
    images = {row.slug: row.at(f"https://example.org/{row.file}") for row in catalogue.images(brand)}

    for days in (0, 20, 90):
        filled = values(version, idea, LONGEST + timedelta(days=days))
        assert engine.check(spec, filled, images=images) == ()
        assert filled["envelope"]["subject"] == idea.subject


def test_every_template_of_a_brand_is_used() -> None:
    for demo in BRANDS:
        assert {idea.template for idea in ideas(demo.slug)} == set(catalogue.templates_of(demo.slug))


def test_an_event_lies_after_its_invitation() -> None:
    idea = next(idea for _brand, idea in IDEAS if idea.template == "volunteer-day")
    version = TemplateVersion(spec=catalogue.templates()["volunteer-day"].model_dump(mode="json"))

    event = values(version, idea, LONGEST)["event"]

    assert event["starts"] == "2026-09-19T09:30"  # a Saturday
