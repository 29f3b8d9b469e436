"""A version's life: checked and published, published again, retired; and two people who decide at once."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import AuditEntry
from branding.models import LegalIdentity
from branding.scope import brand_scope
from groups.models import Group
from library import publishing
from library.errors import LibraryError
from library.models import TemplateVersion
from tests.conftest import fresh
from tests.factories import House

pytestmark = pytest.mark.django_db

State = TemplateVersion.State


@pytest.fixture(autouse=True)
def lacking_nothing(house) -> None:
    """A brand and groups of which pre-flight asks nothing more."""
    with brand_scope(house.brand.pk):
        LegalIdentity.objects.update(privacy_url="https://bluebird.test/privacy")
        Group.objects.update(sender_address="hello@mail.bluebird.example")


@pytest.fixture
def new_draft(house) -> TemplateVersion:
    """The template's next version, with another headline."""
    with brand_scope(house.brand.pk):
        old = house.version
        raw = TemplateVersion.objects.get(pk=old.pk).spec
        raw["placements"][0]["values"] = {"headline": "Winter is here"}
        made: TemplateVersion = TemplateVersion.objects.create(
            template=house.template, number=2, spec=raw, based_on=old, revision=3
        )
    return made


@pytest.fixture
def broken(house: House, new_draft: TemplateVersion) -> TemplateVersion:
    """Its headline holds Liquid, which blocks."""
    with brand_scope(house.brand.pk):
        new_draft.spec["placements"][0]["values"]["headline"] = "{{ secret }}"
        new_draft.save()
    return new_draft


def first(house: House) -> TemplateVersion:
    with brand_scope(house.brand.pk):
        found: TemplateVersion = TemplateVersion.objects.get(template=house.template, number=1)
        return found


def act(house: Any, verb: Any, version: TemplateVersion, **asked: Any) -> TemplateVersion:
    with brand_scope(house.brand.pk):
        done: TemplateVersion = verb(version, **asked)
    return done


def test_a_draft_becomes_the_published_version_and_the_one_before_an_earlier_one(house, new_draft, erin):
    old = first(house)

    act(house, publishing.publish, new_draft, seen=3, note="A winter headline", by=erin)

    now = fresh(new_draft, "published_by")
    assert (now.state, now.note, now.published_by) == (State.PUBLISHED, "A winter headline", erin)
    assert fresh(old).state == State.RETIRED
    with brand_scope(house.brand.pk):
        entry = AuditEntry.objects.get(action="template_published")
    assert (entry.actor_id, entry.note) == (erin.pk, "A winter headline")


def test_the_second_of_two_who_publish_is_told_who_was_first(house, new_draft, erin, mona):
    act(house, publishing.publish, new_draft, seen=3, note="", by=erin)

    with pytest.raises(LibraryError, match="Erin has published version 2 already"):
        act(house, publishing.publish, new_draft, seen=3, note="", by=mona)


def test_a_draft_that_changed_since_it_was_looked_at_is_not_published(house, new_draft, erin):
    with pytest.raises(LibraryError, match="changed since you opened"):
        act(house, publishing.publish, new_draft, seen=2, note="", by=erin)

    assert fresh(new_draft).state == State.DRAFT


def test_what_blocks_is_refused_in_words(house, broken, erin):
    with pytest.raises(publishing.NotFit, match="cannot be published") as refused:
        act(house, publishing.publish, broken, seen=3, note="", by=erin)

    assert [each.code for each in refused.value.problems] == ["liquid"]
    assert fresh(broken).state == State.DRAFT


def test_a_draft_without_parts_is_refused_in_words(house, new_draft, erin):
    with brand_scope(house.brand.pk):
        TemplateVersion.objects.filter(pk=new_draft.pk).update(spec={"name": "Letter"})

    with pytest.raises(publishing.NotFit, match="no parts yet"):
        act(house, publishing.publish, new_draft, seen=3, note="", by=erin)


def test_a_draft_that_makes_no_sense_is_refused_with_its_place(house, new_draft, erin):
    with brand_scope(house.brand.pk):
        new_draft.spec["placements"][0]["module"] = "gone"
        new_draft.save()

    with pytest.raises(publishing.NotFit, match="there is no module called gone"):
        act(house, publishing.publish, new_draft, seen=3, note="", by=erin)


def test_an_earlier_version_is_published_again(house, new_draft, erin):
    old = first(house)
    act(house, publishing.publish, new_draft, seen=3, note="", by=erin)

    act(house, publishing.roll_back, old, seen=new_draft.pk, note="", by=erin)

    assert (fresh(old).state, fresh(new_draft).state) == (State.PUBLISHED, State.RETIRED)
    assert fresh(old).note == "Back to version 1"


def test_going_back_over_what_somebody_published_meanwhile_is_refused(house, new_draft, erin, mona):
    old = first(house)
    act(house, publishing.publish, new_draft, seen=3, note="", by=erin)

    with pytest.raises(LibraryError, match="Erin published version 2 in the meantime"):
        act(house, publishing.roll_back, old, seen=old.pk, note="", by=mona)


def test_a_retired_template_is_offered_to_nobody_and_comes_back(house, erin):
    old = first(house)
    act(house, publishing.retire, old, note="Season over", by=erin)

    with brand_scope(house.brand.pk):
        assert house.template.current is None
        assert AuditEntry.objects.get(action="template_retired").note == "Season over"
    act(house, publishing.roll_back, old, seen=None, note="", by=erin)
    assert fresh(old).state == State.PUBLISHED


# The pages


def test_the_page_shows_the_checks_and_publishes(house, new_draft, erin, client_of):
    browser, there = client_of(erin), f"/library/templates/versions/{new_draft.pk}/publish/"

    page = browser.get(there).content.decode()
    answer = browser.post(there, {"seen": 3, "note": "A winter headline"})

    assert "Nothing stands against publishing" in page
    assert answer["Location"] == f"/library/templates/{house.template.pk}/versions/"
    assert fresh(new_draft).is_published


def test_a_blocking_check_leads_to_the_part_of_the_builder(house, broken, erin, client_of):
    browser, there = client_of(erin), f"/library/templates/versions/{broken.pk}/publish/"

    answer = browser.post(there, {"seen": 3, "note": "My note"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "?part=hero#open" in page
    assert 'value="My note"' in page


def test_the_list_tells_who_when_why_and_how_many(house, new_draft, draft, erin, client_of):
    act(house, publishing.publish, new_draft, seen=3, note="A winter headline", by=erin)

    page = client_of(erin).get(f"/library/templates/{house.template.pk}/versions/").content.decode()

    assert "A winter headline" in page
    assert "Published by Erin" in page
    assert "1 draft in 1 group" in " ".join(page.split())
    assert "Take them along" in page


def test_pages_ask_the_same_number_of_questions_whatever_the_number_of_versions(
    house, new_draft, erin, client_of, django_assert_max_num_queries
):
    browser, there = client_of(erin), f"/library/templates/{house.template.pk}/versions/"
    with brand_scope(house.brand.pk):
        spec = new_draft.spec
        for number in range(3, 33):
            made = TemplateVersion(template=house.template, number=number, spec=spec, state=State.RETIRED)
            made.published_at = made.created_at = new_draft.created_at
            made.save()
    browser.get(there)

    with django_assert_max_num_queries(30):
        browser.get(there)
