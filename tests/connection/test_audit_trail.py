"""Who changed what: newest first, found by action and words, and taken away without a formula in it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import audit
from accounts.audit import Action
from branding.scope import brand_scope

pytestmark = pytest.mark.django_db
PAGE = reverse("connection:audit")


@pytest.fixture
def trail(house, erin):
    with brand_scope(house.brand.pk):
        audit.record(Action.SEGMENTS_CHANGED, by=erin, target="Loyal", note="Offered to Leith")
        audit.record(Action.KEY_SET, by=erin, target="=2+2", note="The key in use")
        audit.record(Action.KEY_PROMOTED, by=None)


def told(page):
    return [entry.action for entry in page.context["entries"]]


def test_the_newest_is_on_top(client_of, erin, trail):
    page = client_of(erin).get(PAGE)

    assert told(page) == [Action.KEY_PROMOTED, Action.KEY_SET, Action.SEGMENTS_CHANGED]
    assert "Erin &lt;erin@bluebird.example&gt;" in page.content.decode()


@pytest.mark.parametrize("chosen", [{"action": "segments_changed"}, {"q": "leith"}, {"q": "loyal"}])
def test_it_is_searched_by_action_and_words(client_of, erin, trail, chosen):
    assert told(client_of(erin).get(PAGE, chosen)) == [Action.SEGMENTS_CHANGED]


def test_an_action_that_does_not_exist_is_no_filter(client_of, erin, trail):
    assert len(told(client_of(erin).get(PAGE, {"action": "nonsense", "before": "x"}))) == 3


def test_long_trails_are_read_in_pages_that_cost_the_same(
    client_of, erin, house, trail, django_assert_max_num_queries
):
    with brand_scope(house.brand.pk):
        for number in range(60):
            audit.record(Action.VARIATIONS_CHANGED, by=erin, target=f"file {number}")
    browser = client_of(erin)
    with django_assert_max_num_queries(40) as first:
        page = browser.get(PAGE)

    with django_assert_max_num_queries(len(first)):
        older = browser.get(PAGE, {"before": page.context["older_than"]})

    assert len(page.context["entries"]) == 50
    assert len(older.context["entries"]) == 13


def test_the_table_to_take_away_follows_the_filters_and_holds_no_formula(client_of, erin, trail):
    text = client_of(erin).get(reverse("connection:audit_download"), {"action": "key_set"}).content.decode()

    assert "'=2+2" in text
    assert ",=2+2" not in text
    assert "Loyal" not in text


def test_another_brand_sees_none_of_it(client_of, dave, trail):
    assert told(client_of(dave).get(PAGE)) == []
