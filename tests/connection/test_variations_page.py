"""Which group has which message variation: seen, searched and changed one at a time."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from branding.scope import brand_scope
from groups.models import Group
from tests import factories
from tests.conftest import fresh

pytestmark = pytest.mark.django_db
LIST = reverse("connection:variations")


def change(browser, group, variation_id, name="", **headers):
    address = reverse("connection:variation", args=[group.pk])
    return browser.post(address, {"variation_id": variation_id, "name": name}, headers=headers)


def test_groups_with_their_own_and_with_the_default_are_told_apart(client_of, erin, house, leith):
    with brand_scope(house.brand.pk):
        Group.objects.filter(pk=leith.pk).update(message_variation_id="")
    browser = client_of(erin)

    own, default = browser.get(LIST, {"show": "own"}), browser.get(LIST, {"show": "default"})

    assert "Portobello" in own.content.decode()
    assert [group.name for group in own.context["page"]] == ["Portobello"]
    assert [group.name for group in default.context["page"]] == ["Leith"]
    assert own.context["counts"] == {"own": 1, "default": 1}


@pytest.mark.parametrize("q", ["port", "PORTOBELLO", "variation-porto"])
def test_a_group_is_found_by_name_number_and_variation(client_of, erin, q):
    page = client_of(erin).get(LIST, {"q": q})

    assert [group.name for group in page.context["page"]] == ["Portobello"]


def test_a_new_id_is_saved_and_audited(client_of, erin, leith, in_scope_of):
    change(client_of(erin), leith, "fresh-id", "Leith mails")

    saved = fresh(leith)
    assert (saved.message_variation_id, saved.variation_name) == ("fresh-id", "Leith mails")
    [entry] = in_scope_of(erin, lambda: list(AuditEntry.objects.all()))
    assert (entry.action, entry.actor_id) == (AuditEntry.Action.VARIATIONS_CHANGED, erin.pk)
    assert "leith: fresh-id" in entry.note


def test_an_empty_id_gives_the_group_the_default(client_of, erin, leith):
    change(client_of(erin), leith, "", "a name")

    assert (fresh(leith).message_variation_id, fresh(leith).variation_name) == ("", "")


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("variation-portobello", "in use by Portobello"),
        ("default-bluebird", "default variation"),
        ("no id at all", "no variation id"),
    ],
)
def test_an_id_that_cannot_be_is_refused_with_its_reason(client_of, erin, leith, wanted, why):
    answer = change(client_of(erin), leith, wanted, **{"HX-Request": "true"})

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert wanted in answer.content.decode()
    assert fresh(leith).message_variation_id == "variation-leith"


def test_in_its_place_only_the_row_is_answered(client_of, erin, leith):
    answer = change(client_of(erin), leith, "fresh-id", **{"HX-Request": "true"})

    assert answer.content.decode().lstrip().startswith("<tr>")
    assert "Saved" in answer.content.decode()


def test_the_download_holds_every_group_and_no_formula(client_of, erin, house):
    with brand_scope(house.brand.pk):
        factories.location("=cmd|x", house.region, code="odd", message_variation_id="-starts-odd")

    text = client_of(erin).get(reverse("connection:variations_download")).content.decode()

    assert "leith," in text
    assert "variation-portobello" in text
    assert "'=cmd|x,'-starts-odd" in text


def test_a_thousand_groups_take_as_many_queries_as_two(client_of, erin, house, django_assert_max_num_queries):
    browser = client_of(erin)
    with django_assert_max_num_queries(40) as few:
        browser.get(LIST)
    with brand_scope(house.brand.pk):
        Group.objects.bulk_create(
            Group(
                name=f"Place {n}", code=f"p{n}", parent=house.region, path=f"{house.region.path}{10**6 + n}."
            )
            for n in range(1_000)
        )

    with django_assert_max_num_queries(len(few)):
        page = browser.get(LIST, {"page": 3})

    assert len(page.context["page"]) == 50
    assert "101 to 150 of 1,002" in page.content.decode()
