"""Invariant 6: nobody outside the group's fence can be addressed, whatever group and segment hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from audiences.errors import AudienceError
from audiences.models import Segment, SegmentGrant
from audiences.rule import Rule
from audiences.services import rule_for
from groups.models import Group
from tests.factories import House
from workspace.models import Workspace

words = st.text(min_size=1, max_size=255).filter(str.strip)


@given(attribute=words, value=words, segment=st.none() | words)
def test_every_audience_is_the_fence(attribute: str, value: str, segment: str | None):
    asked = Rule(fence_attribute=attribute, fence_value=value, segment_id=segment).to_braze()

    assert fences(asked.to_json()) == [
        {"custom_attribute_name": attribute, "comparison": "equals", "value": value}
    ]


def fences(audience: object) -> list[object]:
    """What an audience asks for, provided that all of it must hold."""
    assert isinstance(audience, dict)
    assert "OR" not in audience
    if "AND" in audience:
        return [fence for each in audience["AND"] for fence in fences(each)]
    return [audience["custom_attribute"]]


@given(empty=st.sampled_from(["fence_attribute", "fence_value"]))
def test_there_is_no_rule_without_a_fence(empty: str):
    with pytest.raises(ValidationError):
        Rule.model_validate({"fence_attribute": "store_id", "fence_value": "12", empty: ""})


@pytest.mark.django_db
@pytest.mark.usefixtures("in_bluebird")
class TestComposing:
    @pytest.mark.parametrize("blank", ["", " ", "\t\n"])
    def test_a_group_without_a_fence_writes_to_nobody(self, leith: Group, blank: str):
        leith.fence_value = blank

        with pytest.raises(AudienceError, match="no fence"):
            rule_for(leith, None, Workspace.objects.get())

    def test_nor_does_any_group_of_a_brand_without_an_attribute(self, leith: Group):
        workspace = Workspace.objects.get()
        workspace.fence_attribute = " "

        with pytest.raises(AudienceError):
            rule_for(leith, None, workspace)

    def test_a_segment_only_narrows(self, house: House, leith: Group):
        loyal = granted(house.region)

        rule = rule_for(leith, loyal, Workspace.objects.get())

        assert (rule.fence_value, rule.segment_id) == ("fence-leith", "segment-loyal")

    def test_a_segment_of_the_next_group_is_refused(self, leith: Group, portobello: Group):
        with pytest.raises(AudienceError, match="no longer offered"):
            rule_for(leith, granted(portobello), Workspace.objects.get())

    def test_so_is_one_that_was_switched_off(self, leith: Group):
        loyal = granted(leith)
        Segment.objects.filter(pk=loyal.pk).update(is_active=False)

        with pytest.raises(AudienceError):
            rule_for(leith, loyal, Workspace.objects.get())


def granted(group: Group) -> Segment:
    segment: Segment = Segment.objects.create(segment_id="segment-loyal", name="Loyal")
    SegmentGrant.objects.create(segment=segment, group=group)
    return segment
