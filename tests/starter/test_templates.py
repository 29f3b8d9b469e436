"""Every starter template is whole, light and fit to send, from nothing said to everything said."""

from __future__ import annotations

import itertools

import pytest

from library.engine import Email, check, check_template, image_slugs, render
from library.starter import catalogue
from tests.starter.cast import DAY, STATES, TEMPLATES, bare, context, gallery, values
from tests.starter.outline import Outline

MOST_BYTES = 80 * 1024  # PF01: a warning beyond, clipped by Gmail from 102 KB

each_template = pytest.mark.parametrize(("slug", "brand"), TEMPLATES)
each_state = pytest.mark.parametrize("state", STATES)


def mail_of(slug: str, brand: str, state: str = "defaults") -> Email:
    spec = catalogue.templates()[slug]
    return render(spec, values(spec, state), context(brand, state))


def test_every_brand_starts_with_several_templates():
    assert {brand: len(catalogue.templates_of(brand)) for brand in catalogue.brands()} == {
        "bluebird": 5,
        "brightwater": 3,
    }


def test_every_module_stands_in_a_template():
    used = {
        each.module
        for spec in catalogue.templates().values()
        for placement in spec.placements
        for each in placement.kinds.values()
    }
    assert used == set(catalogue.modules())


@each_template
def test_the_brands_own_copy_has_no_problem(slug, brand):
    assert check_template(catalogue.templates()[slug], images=gallery(brand)) == ()


@each_template
@each_state
def test_values_at_the_edges_pass_the_check(slug, brand, state):
    spec = catalogue.templates()[slug]
    assert check(spec, values(spec, state), images=gallery(brand), today=DAY) == ()


@each_template
@each_state
@pytest.mark.parametrize("told", ["much", "nothing"])
def test_it_renders_light_enough(slug, brand, state, told):
    spec = catalogue.templates()[slug]
    mail = render(spec, values(spec, state), context(brand, state) if told == "much" else bare(brand))
    assert len(mail.html.encode()) < MOST_BYTES
    assert "[[" not in mail.html + mail.text
    assert "[%" not in mail.html + mail.text


@each_template
def test_a_subject_fits_a_phone_and_is_not_repeated_by_the_preview_text(slug, brand):
    mail = mail_of(slug, brand)
    assert 10 <= len(mail.subject) <= 60
    assert 20 <= len(mail.preheader) <= 110
    assert mail.subject not in mail.preheader


@each_template
@each_state
def test_headings_start_with_one_h1_and_skip_no_level(slug, brand, state):
    levels = [level for level, _words in Outline(mail_of(slug, brand, state).html).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


@each_template
def test_what_is_said_in_html_is_said_in_plain_text(slug, brand):
    mail = mail_of(slug, brand)
    outline = Outline(mail.html)
    assert [words for _level, words in outline.headings if words not in mail.text] == []
    web = [link.address for link in outline.links if link.address.startswith("https:")]
    assert [address for address in web if address not in mail.text] == []


@each_template
def test_pictures_are_those_the_mail_needs_and_each_is_described(slug, brand):
    spec, held = catalogue.templates()[slug], gallery(brand)
    pictures = Outline(mail_of(slug, brand).html).pictures
    assert {held[name].url for name in image_slugs(spec, values(spec, "defaults"))} <= {
        picture.address for picture in pictures
    }
    assert all(picture.alt and 0 < picture.width <= 600 for picture in pictures)


def test_a_group_without_address_or_hours_leaves_no_gap():
    spec = catalogue.templates()["event"]
    mail = render(spec, values(spec, "defaults"), bare("bluebird"))
    assert "Get directions" not in mail.html + mail.text
    assert "See it on the map" not in mail.html + mail.text
    assert "Opening hours" not in mail.html + mail.text


def test_monthly_news_mixes_the_modules_of_its_zone():
    spec = catalogue.templates()["monthly-news"]
    news = spec.places["news"]
    mixed = {"news": [{"kind": kind} for kind in news.kinds]}
    assert set(news.kinds) == {"news", "pair", "words", "date"}
    text = render(spec, mixed, context("bluebird")).text
    for opening in ("New faces on the team", "In a few words", "I came for an hour", "Keep the evening free"):
        assert opening in text
