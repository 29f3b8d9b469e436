"""Who sees a template: shown before it is saved, saved with a trace; and the tags that rules name."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from branding.scope import brand_scope
from groups.models import GroupTag, Tag
from library.models import Template, TemplateShare

pytestmark = pytest.mark.django_db


@pytest.fixture
def mona_at(client_of, mona):
    return client_of(mona)


def address(house) -> str:
    return reverse("studio:template_shares", args=[house.template.pk])


def test_a_rule_is_tried_before_it_is_saved(mona_at, house, leith):
    html = mona_at.get(address(house), {"trying": "1", "add": f"node:{leith.pk}"}).content.decode()

    assert "Save: 1 group sees it" in html
    assert "from then on" not in html
    assert "no longer" in html
    with brand_scope(house.brand.pk):
        assert not TemplateShare.objects.exists()


def test_saving_shows_it_to_exactly_these_and_leaves_a_trace(mona_at, house, leith, portobello, mona):
    mona_at.post(address(house), {"rule": [f"node:{house.region.pk}", f"not-node:{portobello.pk}"]})

    with brand_scope(house.brand.pk):
        assert Template.objects.usable().shown_to(leith).exists()
        assert not Template.objects.usable().shown_to(portobello).exists()
        entry = AuditEntry.objects.get(action=AuditEntry.Action.TEMPLATE_SHARED)
        assert (entry.target, entry.note) == ("Letter", "Scotland, not Portobello")
    assert "1 group" in mona_at.get(reverse("studio:templates")).content.decode()


def test_those_who_gain_are_told_from_those_who_lose(mona_at, house, leith, portobello):
    mona_at.post(address(house), {"rule": [f"node:{leith.pk}"]})
    trying = {"trying": "1", "rule": [f"node:{portobello.pk}"]}

    gains = mona_at.get(address(house), {**trying, "change": "gains"}).content.decode()
    loses = mona_at.get(address(house), {**trying, "change": "loses"}).content.decode()

    assert ">Portobello</span>" in gains
    assert ">Leith</span>" not in gains
    assert ">Leith</span>" in loses


def test_a_rule_is_dropped_again(mona_at, house, leith):
    mona_at.post(address(house), {"rule": [f"node:{leith.pk}"]})

    html = mona_at.get(
        address(house), {"trying": "1", "rule": f"node:{leith.pk}", "drop": f"node:{leith.pk}"}
    )

    assert "No rule: all groups see it" in html.content.decode()


def test_another_brand_s_group_cannot_be_named(mona_at, house, other_house):
    foreign = other_house.places["Tyne"]
    mona_at.post(address(house), {"rule": [f"node:{foreign.pk}", "node:x", "tag:9999", "stone:1"]})

    with brand_scope(house.brand.pk):
        assert not TemplateShare.objects.exists()


def test_nodes_are_searched(mona_at, house, leith):
    nodes = reverse("studio:template_share_nodes", args=[house.template.pk])
    html = mona_at.get(nodes, {"q": "leith"}).content.decode()

    assert "Leith" in html
    assert "Portobello" not in html


def test_the_comparison_asks_as_often_for_many_groups_as_for_few(
    mona_at, house, leith, django_assert_max_num_queries
):
    from tests import factories

    with brand_scope(house.brand.pk):
        for number in range(30):
            factories.location(f"Place {number}", house.region)
    mona_at.get(address(house))

    with django_assert_max_num_queries(24):
        html = mona_at.get(address(house), {"trying": "1", "add": f"node:{leith.pk}"}).content.decode()

    assert "1 to 25 of 32" in html


def test_a_tag_is_made_put_on_a_region_and_dropped_with_its_rules(mona_at, house, leith):
    mona_at.post(reverse("studio:tags"), {"name": "Drive-through"})
    with brand_scope(house.brand.pk):
        tag = Tag.objects.get(slug="drive-through")
    page = reverse("studio:tag", args=[tag.pk])

    mona_at.post(page, {"group": house.region.pk})
    mona_at.post(page, {"group": leith.pk, "off": "yes"})
    with brand_scope(house.brand.pk):
        assert [row.group.name for row in GroupTag.objects.filter(tag=tag)] == ["Portobello"]
    mona_at.post(address(house), {"rule": [f"tag:{tag.pk}"]})
    assert "1 template is shown or hidden by it" in mona_at.get(page).content.decode()

    mona_at.post(page, {"drop": "yes"})

    with brand_scope(house.brand.pk):
        assert not Tag.objects.exists()
        assert not TemplateShare.objects.exists()


def test_a_tag_s_name_is_there_once(mona_at, house):
    mona_at.post(reverse("studio:tags"), {"name": "Pilot"})
    answer = mona_at.post(reverse("studio:tags"), {"name": "pilot"})

    assert answer.status_code == 422
    assert "There is a tag “Pilot” already" in answer.content.decode()
