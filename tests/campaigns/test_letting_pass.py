"""A finding of pre-flight blocks until it is put right, or until a brand admin answers for it with a reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from branding.scope import brand_scope
from campaigns import services
from campaigns.errors import CampaignError, NotReady
from campaigns.findings import examined, findings
from campaigns.models import Event
from library.models import Restriction
from tests.conftest import fresh

pytestmark = pytest.mark.django_db

MIRACLE = {"envelope": {"subject": "A miracle cup", "preheader": "For you"}}


@pytest.fixture
def forbidden(house, draft):
    """The brand forbids a word, and the draft says it."""
    with brand_scope(house.brand.pk):
        Restriction.objects.create(
            pattern="miracle", severity="block", alternative="favourite", reason="Nobody can promise that."
        )
        draft.values = {**draft.values, **MIRACLE}
        draft.save()
    return draft


@pytest.fixture
def finding(forbidden):
    with brand_scope(forbidden.brand_id):
        [found] = [each for each in findings(forbidden) if each.rule == "PF56"]
    return found


def let_pass(campaign, finding, by, reason="It is the name of the drink."):
    with brand_scope(campaign.brand_id):
        return services.let_pass(campaign, finding.rule, finding.subject_hash, reason, by=by)


def test_it_blocks_at_its_field_and_offers_the_brands_words(finding, forbidden, alice):
    assert finding.place == "envelope.subject"
    assert "favourite" in finding.fix
    with brand_scope(forbidden.brand_id), pytest.raises(NotReady):
        services.schedule(forbidden, by=alice)


@pytest.mark.usefixtures("in_bluebird")
def test_whoever_composes_cannot_let_it_pass(finding, forbidden, alice):
    with pytest.raises(CampaignError, match="Only a brand admin"):
        let_pass(forbidden, finding, alice)


@pytest.mark.usefixtures("in_bluebird")
def test_a_reason_is_asked_for(finding, forbidden, erin):
    with pytest.raises(CampaignError, match="Say why"):
        let_pass(forbidden, finding, erin, reason="  ")


@pytest.mark.usefixtures("in_bluebird")
def test_a_brand_admin_answers_for_it_and_leaves_a_trace(finding, forbidden, erin, alice):
    let_pass(forbidden, finding, erin)

    assert findings(fresh(forbidden)) == ()
    assert services.schedule(forbidden, by=alice).status == "scheduled"
    [event] = Event.objects.filter(kind=Event.Kind.BYPASSED)
    [entry] = AuditEntry.objects.filter(action=AuditEntry.Action.FINDING_BYPASSED)
    assert "the name of the drink" in event.note
    assert "the name of the drink" in entry.note


@pytest.mark.usefixtures("in_bluebird")
def test_other_words_need_another_decision(finding, forbidden, erin):
    let_pass(forbidden, finding, erin)
    forbidden.values["hero"]["headline"] = "Another miracle"
    forbidden.save()

    assert [each.place for each in findings(forbidden)] == ["hero.headline"]


@pytest.mark.usefixtures("in_bluebird")
def test_what_everybody_must_keep_to_cannot_be_let_pass(forbidden, finding, erin):
    made_up = type(finding)("", "check", "", rule="PF57", subject_hash="0" * 64)

    with pytest.raises(CampaignError, match="cannot be let pass"):
        let_pass(forbidden, made_up, erin)


def test_the_admin_does_it_on_the_check_page(client_of, finding, forbidden, erin):
    client = client_of(erin)
    page = client.get(reverse("campaigns:check", args=[forbidden.pk])).content.decode()
    assert "Let it pass" in page
    said = {"rule": finding.rule, "subject": finding.subject_hash, "reason": "A name."}
    client.post(reverse("campaigns:let_pass", args=[forbidden.pk]), said)

    with brand_scope(forbidden.brand_id):
        assert findings(fresh(forbidden)) == ()


def test_a_warning_wants_a_tick_before_it_goes(client_of, house, draft, alice):
    with brand_scope(house.brand.pk):
        Restriction.objects.create(pattern="warm", severity="warn", alternative="hot")
        assert examined(draft).warnings
    client, go = client_of(alice), reverse("campaigns:schedule", args=[draft.pk])

    assert client.post(go).status_code == 422
    assert fresh(draft).status == "draft"
    assert client.post(go, {"seen": "on"}).status_code == 302
    assert fresh(draft).status == "scheduled"
