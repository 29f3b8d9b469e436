"""Campaigns and a newer version of their template: what merging does to a row, and to whom it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from branding.models import LegalIdentity
from branding.scope import brand_scope
from campaigns import services
from campaigns.content import fingerprint
from campaigns.errors import CampaignError, NotReady
from campaigns.models import Campaign, Event
from campaigns.services.changing import refresh
from campaigns.services.merging import merge, open_points, settle, take_newer
from campaigns.services.renewing import Outcome, renew
from campaigns.tasks import follow_dispatches
from delivery.models import Dispatch
from groups.models import Group
from library.models import TemplateVersion
from tests.conftest import fresh, home, kept
from tests.sandboxed import CREATE, DELETE, answers

pytestmark = pytest.mark.django_db

UPDATE = "/messages/schedule/update"
Status = Campaign.Status


@pytest.fixture(autouse=True)
def lacking_nothing(house) -> None:
    """A brand and groups of which pre-flight asks nothing more."""
    with brand_scope(house.brand.pk):
        LegalIdentity.objects.update(privacy_url="https://bluebird.test/privacy")
        Group.objects.update(sender_address="hello@mail.bluebird.example")


@pytest.fixture
def next_version(house, in_bluebird) -> Callable[..., TemplateVersion]:
    """`next_version(change)`: the template's next version, published, after `change(spec)`."""

    def next_version(change: Callable[[dict[str, Any]], Any]) -> TemplateVersion:
        old = house.version
        raw = TemplateVersion.objects.get(pk=old.pk).spec
        change(raw)
        made: TemplateVersion = TemplateVersion.objects.create(
            template=house.template, number=old.number + 1, spec=raw
        )
        made.publish()
        return made

    return next_version


def says(text: str) -> Callable[[dict[str, Any]], None]:
    """The template's headline, which is open."""
    return lambda raw: raw["placements"][0]["values"].update(headline=text)


def locks(raw: dict[str, Any]) -> None:
    place = raw["placements"][0]
    place["open"] = [grant for grant in place["open"] if grant["field"] != "headline"]


def source(raw: dict[str, Any]) -> None:
    """Only what no field holds: a legal line in the module."""
    raw["modules"]["story"]["text"] += "\nTerms of June apply."
    raw["modules"]["story"]["mjml"] = raw["modules"]["story"]["mjml"].replace(
        "</mj-column>", "<mj-text>Terms of June apply.</mj-text></mj-column>"
    )


def wrote(campaign: Campaign, by: Any, text: str, path: str = "hero.headline") -> Campaign:
    changed, _conflicts = services.save(campaign, [services.Change(path, text, None)], by=by)
    return changed


# A draft


def test_a_draft_goes_to_the_new_version_with_a_trace(draft, next_version, erin, alice):
    wrote(draft, alice, "Mine", "hero.body")
    new = next_version(says("Winter"))

    merged = merge(draft, new, by=erin)

    assert merged.template_version_id == new.pk
    assert (merged.values["hero"]["headline"], merged.values["hero"]["body"]) == ("Winter", "Mine")
    event = merged.events.last()
    assert (event.kind, event.by, event.note) == (Event.Kind.MERGED, erin, "Version 1 → 2 of “Letter”.")


def test_twice_is_once(draft, next_version, erin):
    new = next_version(says("Winter"))
    merge(draft, new, by=erin)
    merge(draft, new, by=erin)

    assert draft.events.filter(kind=Event.Kind.MERGED).count() == 1


def test_a_tab_that_was_open_does_not_overwrite_what_the_merge_changed(draft, next_version, erin, alice):
    merge(draft, next_version(says("Winter")), by=erin)

    _now, conflicts = services.save(
        fresh(draft), [services.Change("hero.headline", "Typed in the old tab", 0)], by=alice
    )

    assert [each.theirs for each in conflicts] == ["Winter"]


def test_open_points_block_until_they_are_settled(draft, next_version, erin, alice):
    wrote(draft, alice, "Mine")
    merge(draft, next_version(says("Winter")), by=erin)

    [point] = open_points(fresh(draft))
    assert (point.path, point.mine, point.theirs, point.keeps_mine) == (
        "hero.headline",
        "Mine",
        "Winter",
        True,
    )
    with pytest.raises(NotReady) as refused:
        services.schedule(fresh(draft), by=alice)
    assert any(finding.place == "hero.headline" for finding in refused.value.findings)

    settle(draft, "hero.headline", by=alice)

    assert fresh(draft).values["hero"]["headline"] == "Mine"
    assert services.schedule(fresh(draft), by=alice).status == Status.SCHEDULED


def test_the_templates_words_can_be_taken_instead(draft, next_version, erin, alice):
    wrote(draft, alice, "Mine")
    merge(draft, next_version(says("Winter")), by=erin)

    settled = settle(draft, "hero.headline", by=alice, take="theirs")

    assert (settled.values["hero"]["headline"], settled.open_points) == ("Winter", [])


def test_words_of_a_locked_field_are_kept_to_read_until_a_person_lets_them_go(
    draft, next_version, erin, alice
):
    wrote(draft, alice, "Mine")
    merge(draft, next_version(locks), by=erin)

    [point] = open_points(fresh(draft))
    assert (point.mine, point.keeps_mine) == ("Mine", False)
    assert "headline" not in settle(draft, "hero.headline", by=alice).values["hero"]
    assert fresh(draft).open_points == []


def test_points_of_an_earlier_merge_are_not_forgotten(draft, next_version, erin, alice):
    wrote(draft, alice, "Mine")
    merge(draft, next_version(locks), by=erin)
    merge(draft, next_version(source), by=erin)

    assert [point.mine for point in open_points(fresh(draft))] == ["Mine"]


def test_a_draft_on_an_earlier_version_takes_the_newer_one_before_it_goes(draft, next_version, alice):
    next_version(says("Winter"))

    with pytest.raises(NotReady) as refused:
        services.schedule(draft, by=alice)
    assert any("newer version" in finding.message for finding in refused.value.findings)

    take_newer(draft, by=alice)
    assert services.schedule(fresh(draft), by=alice).status == Status.SCHEDULED


# In review, and beyond


def test_what_is_in_review_becomes_a_draft_again_and_its_people_read_why(draft, next_version, erin, ben):
    services.submit(draft, by=ben)

    merged = merge(draft, next_version(source), by=erin)

    assert (merged.status, merged.approved_hash) == (Status.DRAFT, "")
    assert "Look it over and submit it again" in [event.note for event in merged.events.all()][-2]


def test_what_is_scheduled_stays_on_its_version(campaign, next_version, erin, in_bluebird):
    with pytest.raises(CampaignError, match="stays on its version"):
        merge(campaign, next_version(source), by=erin)


def test_and_can_still_be_moved_and_made_anew_there(braze, campaign, next_version, alice):
    next_version(source)

    moved = services.move(campaign, timezone.now() + timedelta(days=3), by=alice)

    assert refresh(moved, by=alice).status == Status.SCHEDULED


# Urgent


@pytest.fixture
def booked(braze, promise, in_bluebird) -> Campaign:
    """Braze has it for tomorrow."""
    dispatch = kept(promise(send_at=timezone.now() + timedelta(days=1)))
    found: Campaign = Campaign.objects.get(dispatch=dispatch)
    return found


@pytest.fixture
def approved(draft, ben, rita, in_bluebird) -> Campaign:
    """Scheduled for tomorrow after Rita has approved it."""
    Campaign.objects.filter(pk=draft.pk).update(created_by=ben, send_at=timezone.now() + timedelta(days=1))
    submitted = services.submit(fresh(draft), by=ben)
    return services.approve(submitted, seen=fingerprint(submitted), by=rita)


def worked_off(campaign: Campaign) -> Dispatch:
    dispatch = fresh(campaign, "dispatch").dispatch
    assert dispatch is not None
    done = kept(dispatch)
    follow_dispatches()
    return done


def test_a_scheduled_campaign_is_renewed_at_braze(braze, booked, next_version, erin):
    new = next_version(source)

    assert renew(booked, new, by=erin) == Outcome.RENEWED
    worked_off(booked)

    assert (braze.count(CREATE), braze.count(UPDATE), braze.count(DELETE)) == (1, 1, 0)
    assert "Terms of June" in braze.ledger(UPDATE)[0]["messages"]["email"]["body"]
    assert (fresh(booked).template_version_id, fresh(booked).status) == (new.pk, Status.SCHEDULED)


def test_if_braze_does_not_take_it_the_campaign_is_on_its_old_version_again(
    braze, booked, next_version, erin
):
    old = booked.template_version_id
    braze.will(UPDATE, answers(400, {"message": "No"}))

    renew(booked, next_version(source), by=erin)
    worked_off(booked)

    assert fresh(booked).template_version_id == old
    assert fresh(booked).events.last().kind == Event.Kind.CHANGE_REFUSED


def test_then_it_is_taken_back(braze, booked, next_version, erin):
    assert renew(booked, next_version(source), by=erin, last_try=True) == Outcome.HELD
    worked_off(booked)

    assert fresh(booked).status == Status.DRAFT
    assert braze.count(DELETE) == 1


def test_an_approval_goes_on_holding_where_only_locked_bytes_changed(braze, approved, next_version, erin):
    assert renew(approved, next_version(source), by=erin) == Outcome.RENEWED

    now = fresh(approved)
    assert now.approved_hash == fingerprint(now)
    assert "the approval goes on holding" in now.events.last().note


def test_an_approval_does_not_hold_where_words_in_fields_changed(braze, approved, next_version, erin):
    new = next_version(says("Winter"))

    assert renew(approved, new, by=erin) == Outcome.HELD

    now = fresh(approved)
    assert (now.status, now.approved_hash, now.template_version_id) == (Status.DRAFT, "", new.pk)
    assert any("its approval no longer holds" in event.note for event in now.events.all())


def test_words_without_a_place_take_the_campaign_back_with_its_open_point(
    braze, campaign, next_version, erin, in_bluebird
):
    Campaign.objects.filter(pk=campaign.pk).update(
        values={**campaign.values, "hero": {**campaign.values["hero"], "headline": "Mine"}}
    )

    assert renew(campaign, next_version(locks), by=erin) == Outcome.HELD

    now = fresh(campaign)
    assert now.status == Status.DRAFT
    assert [point.mine for point in open_points(now)] == ["Mine"]
    assert (
        fresh(now.events.exclude(dispatch=None).get(), "dispatch").dispatch.state == Dispatch.State.CANCELLED
    )


def test_what_is_under_way_is_asked_again(braze, booked, next_version, erin):
    new = next_version(source)
    with home(booked):
        Dispatch.objects.filter(campaign=booked).update(state=Dispatch.State.CHANGING)

    assert renew(booked, new, by=erin) == Outcome.BUSY


def test_what_may_have_gone_is_left(braze, booked, next_version, erin):
    new = next_version(source)
    with home(booked):
        Dispatch.objects.filter(campaign=booked).update(state=Dispatch.State.UNKNOWN)

    assert renew(booked, new, by=erin) == Outcome.GONE
