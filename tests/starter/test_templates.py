"""Every starter template is whole, light and fit to send, from nothing said to everything said."""

from __future__ import annotations

import re

import pytest

from library.engine import check, check_template, defaults, render
from library.starter import catalogue
from tests.starter.cast import SMALL, context, emptied, gallery, longest

SHOWN_BY = [(slug, brand) for slug, spec in catalogue.templates().items() for brand in spec.brands]
STATES = {"defaults": defaults, "emptied": emptied, "longest": longest}
MOST_BYTES = 80 * 1024  # PF01: a warning beyond, clipped by Gmail from 102 KB

each_template = pytest.mark.parametrize(("slug", "brand"), SHOWN_BY)
each_state = pytest.mark.parametrize("state", STATES)


def test_every_brand_starts_with_several_templates():
    assert {brand: len(catalogue.templates_of(brand)) for brand in catalogue.brands()} == {
        "bluebird": 5,
        "brightwater": 3,
    }


@each_template
def test_the_brands_own_copy_has_no_problem(slug, brand):
    assert check_template(catalogue.templates()[slug], images=gallery(brand)) == ()


@each_template
@each_state
def test_values_at_the_edges_pass_the_check(slug, brand, state):
    spec = catalogue.templates()[slug]
    assert check(spec, STATES[state](spec), images=gallery(brand)) == ()


@each_template
@each_state
@pytest.mark.parametrize("profile", [None, SMALL], ids=["full profile", "bare profile"])
def test_it_renders_light_enough(slug, brand, state, profile):
    spec = catalogue.templates()[slug]
    about = context(brand, profile) if profile else context(brand)
    mail = render(spec, STATES[state](spec), about)
    assert len(mail.html.encode()) < MOST_BYTES
    assert "[[" not in mail.html + mail.text
    assert "[%" not in mail.html + mail.text


@each_template
def test_a_subject_fits_a_phone_and_is_not_repeated_by_the_preview_text(slug, brand):
    spec = catalogue.templates()[slug]
    mail = render(spec, {}, context(brand))
    assert 10 <= len(mail.subject) <= 60
    assert 20 <= len(mail.preheader) <= 110
    assert mail.subject not in mail.preheader


@each_template
def test_what_is_said_in_html_is_said_in_plain_text(slug, brand):
    spec = catalogue.templates()[slug]
    mail = render(spec, {}, context(brand))
    for slots in spec.slots.values():
        for slot in slots.values():
            if slot.field.key == "headline" and slot.value:
                assert str(slot.value) in mail.text


@each_template
def test_headings_start_with_one_h1_and_skip_no_level(slug, brand):
    mail = render(catalogue.templates()[slug], {}, context(brand))
    levels = [int(level) for level in re.findall(r"<h([1-6])", mail.html)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_a_group_without_address_or_hours_leaves_no_gap():
    mail = render(catalogue.templates()["event"], {}, context("bluebird", SMALL))
    assert "Get directions" not in mail.html
    assert "Map:" not in mail.text
