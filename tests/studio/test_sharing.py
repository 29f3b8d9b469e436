"""Which groups are shown a template, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from groups.models import Group, GroupTag, Tag
from library import sharing
from library.models import Template, TemplateShare
from library.sharing import Rule
from tests import factories
from tests.factories import House

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_bluebird")]


@pytest.fixture
def share(house: House) -> Callable[..., TemplateShare]:
    def share(**values: Any) -> TemplateShare:
        made: TemplateShare = TemplateShare.objects.create(template=house.template, **values)
        return made

    return share


@pytest.fixture
def pilot(leith: Group) -> Tag:
    tag: Tag = Tag.objects.create(slug="pilot", name="Pilot")
    GroupTag.objects.create(group=leith, tag=tag)
    return tag


def shown(group: Group) -> bool:
    seen: bool = Template.objects.usable().shown_to(group).exists()
    return seen


def test_without_a_rule_everybody_is_shown_it(house, leith, portobello):
    assert shown(leith)
    assert shown(portobello)


def test_a_node_shows_it_to_its_subtree_alone(house, leith, portobello, share):
    south = factories.group("South", house.root, kind=Group.Kind.REGION)
    dover = factories.location("Dover", south)
    share(node=house.region)

    assert [shown(leith), shown(portobello), shown(dover)] == [True, True, False]


def test_a_tag_shows_it_across_the_tree(leith, portobello, pilot, share):
    share(tag=pilot)

    assert [shown(leith), shown(portobello)] == [True, False]


def test_an_exclusion_takes_a_group_out_again(house, leith, portobello, share):
    share(node=house.region)
    share(node=leith, excludes=True)

    assert [shown(leith), shown(portobello)] == [False, True]


def test_exclusions_alone_leave_all_the_others(leith, portobello, pilot, share):
    share(tag=pilot, excludes=True)

    assert [shown(leith), shown(portobello)] == [False, True]


def test_a_group_whose_number_begins_like_another_s_is_not_meant(house, leith, share):
    """Paths are prefixes of numbers with a dot after each: 1 is not the start of 12."""
    share(node=leith)
    others = [factories.location(f"Place {number}", house.region) for number in range(12)]

    assert shown(leith)
    assert not any(shown(other) for other in others)


@pytest.mark.parametrize(
    ("values", "usable"),
    [
        ({}, True),
        ({"archived_at": timedelta(0)}, False),
        ({"valid_from": timedelta(days=1)}, False),
        ({"valid_from": timedelta(days=-1)}, True),
        ({"valid_until": timedelta(days=1)}, True),
        ({"valid_until": timedelta(days=-1)}, False),
    ],
)
def test_it_can_be_used_while_it_is_valid_and_not_archived(house, values, usable):
    Template.objects.update(**{name: timezone.now() + ahead for name, ahead in values.items()})

    assert Template.objects.usable().exists() is usable


def test_the_list_of_groups_says_what_each_group_is_shown(house, leith, portobello, pilot, share):
    """Both ways of asking agree, for every set of rules."""
    rules = [
        [],
        [Rule(path=house.region.path)],
        [Rule(path=leith.path)],
        [Rule(tag_id=pilot.pk)],
        [Rule(path=house.root.path), Rule(tag_id=pilot.pk, excludes=True)],
        [Rule(path=portobello.path, excludes=True)],
        [Rule(tag_id=pilot.pk), Rule(path=leith.path, excludes=True)],
    ]
    nodes = {node.path: node for node in Group.objects.all()}
    for each in rules:
        TemplateShare.objects.all().delete()
        for rule in each:
            share(node=nodes.get(rule.path), tag_id=rule.tag_id, excludes=rule.excludes)
        listed = set(sharing.groups_shown(each))

        assert listed == {group for group in (leith, portobello) if shown(group)}
        assert sharing.counts({house.template.pk: each}) == {house.template.pk: len(listed)}


def test_counting_asks_once_however_many_templates_there_are(house, leith, pilot, django_assert_num_queries):
    rules = [[], [Rule(path=leith.path)], [Rule(tag_id=pilot.pk, excludes=True)]]
    many = {pk: rules[pk % 3] for pk in range(40)}

    with django_assert_num_queries(1):
        found = sharing.counts(many)

    assert [found[0], found[1], found[2]] == [2, 1, 1]
