"""The list of modules: what each is, where it is used, found by its words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.studio.module_cast import BANNER, banner, published, story, typed

pytestmark = pytest.mark.django_db
ADDRESS = "/library/modules/"


@pytest.fixture
def browser(client_of, erin):
    return client_of(erin)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_brand_without_modules_is_told_what_they_are(browser):
    assert "No module yet" in text_of(browser.get(ADDRESS))


def test_each_module_says_its_version_and_in_how_many_templates_it_is(browser, house):
    banner(house)
    story(house)

    cards = {
        card.module.name: (card.module.number, card.used) for card in browser.get(ADDRESS).context["cards"]
    }

    assert cards == {"Banner": (1, 0), "Story": (1, 1)}


def test_modules_are_found_by_name_and_description(browser, house):
    banner(house)
    story(house)

    for words in ("bann", "line ACROSS", "banner"):
        found = browser.get(ADDRESS, {"q": words}).context["cards"]
        assert [card.module.name for card in found] == ["Banner"]
    assert "No module has that" in text_of(browser.get(ADDRESS, {"q": "zebra"}))


def test_those_with_a_draft_can_be_asked_for(browser, house):
    module = banner(house)
    story(house)
    typed(browser, module, text="other")

    assert [card.module.pk for card in browser.get(ADDRESS, {"show": "drafts"}).context["cards"]] == [
        module.pk
    ]


def test_more_modules_cost_no_more_queries(browser, house):
    banner(house)
    browser.get(ADDRESS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(ADDRESS)
    for number in range(10):
        published(house, {**BANNER, "slug": f"banner-{number}", "name": f"Banner {number}"})
    with CaptureQueriesContext(connection) as many:
        browser.get(ADDRESS)

    assert len(many) == len(few)


def test_searching_by_htmx_brings_the_rows_alone(browser, house):
    banner(house)

    page = browser.get(ADDRESS, {"q": "bann"}, headers={"hx-request": "true"}).content.decode()

    assert "<html" not in page
    assert "Banner" in page
