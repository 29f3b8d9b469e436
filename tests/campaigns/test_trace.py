"""One page tells why a campaign went or did not: each round, each call, each person, with one sentence on top."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from branding.scope import brand_scope
from campaigns import services
from campaigns.content import fingerprint
from campaigns.models import Campaign
from campaigns.tasks import follow_dispatches
from delivery import stops, tasks
from delivery.models import Attempt, Dispatch
from tests.conftest import fresh, home, kept
from tests.factories import API_KEY
from tests.sandboxed import CREATE, answers, cut_after_accepting, unreachable
from workspace.models import Workspace

pytestmark = pytest.mark.django_db

State = Dispatch.State


@pytest.fixture
def page(client_of) -> Callable[..., str]:
    """`page(alice, campaign)`: the trace as that person reads it."""

    def page(person: object, campaign: Campaign) -> str:
        text: str = client_of(person).get(f"/campaigns/{campaign.pk}/trace/").content.decode()
        return text

    return page


def sentence(text: str) -> str:
    return text.split('class="card trace__answer', 1)[1].split("<p>", 1)[1].split("</p>", 1)[0]


def test_a_draft_has_not_gone_anywhere(draft, alice, page):
    text = page(alice, draft)

    assert "it is a draft" in sentence(text)
    assert "Nothing was handed over" in text


def test_what_braze_has_goes_at_its_time(braze, campaign, dispatch, alice, page):
    kept(dispatch)

    assert "Braze has it and sends it on" in sentence(page(alice, campaign))


def test_each_attempt_is_told_with_its_outcome(braze, campaign, dispatch, erin, page, clock):
    braze.will(CREATE, unreachable, answers(429, **{"X-RateLimit-Reset": str(timezone.now().timestamp())}))
    for _try in range(3):
        kept(dispatch)
        clock.move(minutes=2)
    text = page(erin, campaign)

    with home(dispatch):
        attempts = list(Attempt.objects.filter(dispatch=dispatch))
    assert len(attempts) >= 3
    assert text.count('<code class="id">/messages/schedule/create</code>') == len(
        [each for each in attempts if each.path == CREATE]
    )
    for each in attempts:
        assert each.get_outcome_display() in text


def test_a_call_whose_run_died_is_there_too(campaign, dispatch, alice, page):
    with home(dispatch):
        Attempt.objects.create(dispatch=dispatch, path=CREATE)

    assert "No answer recorded" in page(alice, campaign)


def test_brazes_no_is_in_the_sentence(braze, campaign, dispatch, alice, page):
    braze.will(CREATE, answers(400, {"message": "Variation is gone"}))
    kept(dispatch)
    follow_dispatches()

    text = page(alice, campaign)
    assert "It did not go, and nobody got it: Variation is gone" in sentence(text)
    assert "(400)" in text


def test_while_nobody_knows_that_is_said(braze, campaign, dispatch, alice, page):
    braze.will(CREATE, cut_after_accepting)
    kept(dispatch)

    assert "Nobody knows yet" in sentence(page(alice, campaign))


def test_when_a_person_has_settled_it_their_name_is_there(braze, campaign, dispatch, alice, page):
    braze.will(CREATE, cut_after_accepting)
    kept(dispatch)
    with home(campaign):
        services.settle_unknown(campaign, was_sent=False, by=alice)

    assert "settled by Alice" in page(alice, campaign)


def test_a_stop_that_holds_it_is_told_with_its_reason(campaign, alice, erin, house, page):
    with brand_scope(house.brand.pk):
        stops.stop_brand(because="Wrong prices", by=erin)

    text = page(alice, campaign)
    assert "It has not gone yet. Sending is stopped: Wrong prices" in sentence(text)
    assert "by Erin" in text


def test_so_is_a_pause_of_the_connection(campaign, alice, page):
    with home(campaign):
        Workspace.objects.get().pause(
            timezone.now() + timedelta(minutes=2), "Braze refused this brand's key."
        )

    assert "Braze is left alone for the moment" in page(alice, campaign)


def test_earlier_rounds_stay_readable(braze, campaign, dispatch, alice, page):
    kept(dispatch)
    with home(campaign):
        services.cancel(campaign, by=alice)
    kept(dispatch)
    follow_dispatches()
    assert "Alice cancelled it on" in sentence(page(alice, campaign))

    with home(campaign):
        services.schedule(fresh(campaign, "group"), by=alice)
    text = page(alice, campaign)

    assert "An earlier hand-over" in text
    assert "The hand-over to Braze" in text


def test_what_was_refused_and_opened_again_says_so(braze, campaign, dispatch, alice, page):
    braze.will(CREATE, answers(400, {"message": "Variation is gone"}))
    kept(dispatch)
    follow_dispatches()
    with home(campaign):
        services.revise(campaign, by=alice)

    text = page(alice, campaign)
    assert "It did not go, and was opened for changes" in sentence(text)
    assert "Variation is gone" in text


def test_sent_it_says_when_and_what_was_counted(braze, campaign, dispatch, alice, page, clock, celery_here):
    from insights.models import Numbers

    kept(dispatch)
    clock.move(minutes=5)
    tasks.sweep()
    follow_dispatches()
    assert "Braze has not reported numbers yet" in sentence(page(alice, campaign))

    with home(dispatch):
        Numbers.objects.create(dispatch=dispatch, sent=1234, fetched_at=timezone.now())
    text = page(alice, campaign)
    assert "Braze counted 1,234 mails" in sentence(text)
    assert "as Braze reported on" in text


def test_what_was_approved_is_compared_with_what_stands_now(draft, ben, rita, alice, page):
    with home(draft):
        Campaign.objects.filter(pk=draft.pk).update(
            created_by=ben, send_at=timezone.now() + timedelta(days=1)
        )
        submitted = services.submit(fresh(draft, "group"), by=ben)
        services.approve(submitted, seen=fingerprint(submitted), by=rita)
    assert "What stands now is what was approved" in page(alice, draft)

    with home(draft):
        services.move(fresh(draft), timezone.now() + timedelta(days=2), by=alice)
    assert "It was changed after that" in page(alice, draft)


def test_ids_and_hashes_are_for_those_who_manage_the_brand(braze, campaign, dispatch, alice, erin, page):
    done = kept(dispatch)
    with home(done):
        request_id = Attempt.objects.get(dispatch=done, path=CREATE).request_id
    secrets = [request_id, done.message.content_hash, done.schedule_id, "custom_attribute_name"]

    assert all(each and each in page(erin, campaign) for each in secrets)
    assert not any(each in page(alice, campaign) for each in secrets)


def test_no_key_is_in_it(braze, campaign, dispatch, erin, page):
    braze.will(CREATE, answers(401, {"message": f"Invalid API key: {API_KEY}"}))
    kept(dispatch)

    assert API_KEY not in page(erin, campaign)
