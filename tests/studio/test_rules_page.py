"""A brand's mail rules: domains, words, and how heavy each check is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from branding.scope import brand_scope
from library.models import MailRules, Restriction
from library.preflight import rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_of, erin):
    return client_of(erin)


@pytest.fixture
def inside(bluebird):
    """`inside(read)`: what is read in Bluebird's scope."""

    def inside(read):
        with brand_scope(bluebird.pk):
            return read()

    return inside


def kept(inside):
    return inside(MailRules.objects.first)


def test_every_check_is_told_with_its_meaning(browser):
    page = browser.get(reverse("studio:rules")).content.decode()

    for rule in rules():
        assert f'id="title-{rule.id}"' in page
        assert f'id="about-{rule.id}"' in page


def test_domains_are_kept_as_hosts_whatever_was_pasted(browser, inside):
    typed = "https://www.bluebird.example/menu\n*.Shop.example, münchen.example"
    browser.post(reverse("studio:rules"), {"link_domains": typed, "image_domains": ""})

    assert kept(inside).link_domains == ["www.bluebird.example", "shop.example", "xn--mnchen-3ya.example"]


@pytest.mark.parametrize("nonsense", ["not a domain!", "localhost", "-x.example", "a" * 300 + ".example"])
def test_nonsense_is_no_domain_and_stays_in_the_form(browser, inside, nonsense):
    answer = browser.post(reverse("studio:rules"), {"link_domains": nonsense})

    assert answer.status_code == 422
    assert nonsense[:10] in answer.content.decode()
    assert kept(inside) is None


def test_only_what_differs_from_the_standard_is_kept_and_the_trace_says_what(browser, inside):
    browser.post(reverse("studio:rules"), {"level-PF39": "block", "level-PF49": "warn", "level-PF12": "off"})

    assert kept(inside).severities == {"PF39": "block", "PF12": "off"}
    note = inside(lambda: AuditEntry.objects.get(action=AuditEntry.Action.RULES_CHANGED).note)
    assert note == "PF12: – → off; PF39: – → block"


def test_nothing_of_the_law_can_be_turned_off(browser, inside):
    browser.post(reverse("studio:rules"), {"level-PF57": "off", "level-PF60": "off", "level-PF68": "info"})

    assert kept(inside).severities == {}


def test_saving_what_is_there_already_leaves_no_trace(browser, inside):
    browser.post(reverse("studio:rules"), {})

    assert not inside(lambda: AuditEntry.objects.filter(action=AuditEntry.Action.RULES_CHANGED).exists())


def test_a_word_is_added_changed_and_removed(browser, inside):
    browser.post(reverse("studio:restriction_new"), {"pattern": "cheap", "severity": "warn"})
    row = inside(Restriction.objects.get)
    browser.post(
        reverse("studio:restriction", args=[row.pk]),
        {"pattern": "cheap", "severity": "block", "alternative": "good value"},
    )
    assert inside(lambda: Restriction.objects.get().alternative) == "good value"

    browser.post(reverse("studio:restriction_remove", args=[row.pk]))
    assert not inside(Restriction.objects.exists)
    assert inside(lambda: AuditEntry.objects.filter(action=AuditEntry.Action.RULES_CHANGED).count()) == 3


def test_the_same_words_twice_are_said_to_be_there(browser):
    values = {"pattern": "cheap", "severity": "warn"}
    browser.post(reverse("studio:restriction_new"), values)
    answer = browser.post(reverse("studio:restriction_new"), values)

    assert answer.status_code == 422
    assert "in the list already" in answer.content.decode()


@pytest.mark.parametrize("pattern", ["(", "(?=ahead)", r"(a)\1", ".*", "(((a{500}){500}){500})"])
def test_a_pattern_that_cannot_be_matched_in_linear_time_or_fits_everything_is_refused(
    browser, inside, pattern
):
    answer = browser.post(
        reverse("studio:restriction_new"), {"pattern": pattern, "is_regex": "on", "severity": "warn"}
    )

    assert answer.status_code == 422
    assert "cannot be used" in answer.content.decode()
    assert not inside(Restriction.objects.exists)


def test_the_ready_made_words_come_once(browser, inside):
    browser.post(reverse("studio:restrictions_starter"))
    count = inside(Restriction.objects.count)
    browser.post(reverse("studio:restrictions_starter"))

    assert count > 4
    assert inside(Restriction.objects.count) == count
    assert "Add the ready-made entries" not in browser.get(reverse("studio:rules")).content.decode()


def test_a_text_is_tried_as_it_is_typed_and_shown_as_text(browser, inside):
    browser.post(
        reverse("studio:restriction_new"),
        {"pattern": "cheap", "severity": "warn", "alternative": "good value"},
    )
    answer = browser.post(reverse("studio:rules_try"), {"text": "So Cheap! <script>"}).content.decode()

    assert "<strong>Cheap</strong>" in answer
    assert "good value" in answer
    assert "<script>" not in answer
    assert (
        "Nothing of your list"
        in browser.post(reverse("studio:rules_try"), {"text": "Cheaper"}).content.decode()
    )


def test_the_page_costs_as_many_queries_for_many_words_as_for_one(
    browser, bluebird, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count):
        with brand_scope(bluebird.pk):
            Restriction.objects.bulk_create([Restriction(pattern=f"word {count} {n}") for n in range(count)])
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse("studio:rules"))
        return len(seen)

    assert queries(1) == queries(40)
