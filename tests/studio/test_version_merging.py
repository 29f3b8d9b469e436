"""A merge of all campaigns in the background: in handfuls, left and come back to, twice is once, and what is reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from branding.models import LegalIdentity
from branding.scope import brand_scope
from campaigns import services
from campaigns.impact import impact_of
from campaigns.models import Campaign, Event
from campaigns.tasks import follow_dispatches
from delivery.models import Dispatch, Stop
from groups.models import Group
from library.errors import LibraryError
from library.models import TemplateVersion
from studio.merging import running
from studio.models import MergeRun
from tests import factories
from tests.conftest import fresh, home, kept
from tests.sandboxed import UPDATE

pytestmark = pytest.mark.django_db

Scheduled, State, Status = MergeRun.Scheduled, MergeRun.State, Campaign.Status


@pytest.fixture(autouse=True)
def lacking_nothing(house) -> None:
    """A brand and groups of which pre-flight asks nothing more."""
    with brand_scope(house.brand.pk):
        LegalIdentity.objects.update(privacy_url="https://bluebird.test/privacy")
        Group.objects.update(sender_address="hello@mail.bluebird.example")


@pytest.fixture
def published(house) -> Callable[..., TemplateVersion]:
    """`published(headline)`: the template's next version, published, with another headline or another source."""

    def published(headline: str = "") -> TemplateVersion:
        with brand_scope(house.brand.pk):
            old = house.version
            raw = TemplateVersion.objects.get(pk=old.pk).spec
            if headline:
                raw["placements"][0]["values"] = {"headline": headline}
            raw["modules"]["story"]["text"] += "\nNew terms."
            made: TemplateVersion = TemplateVersion.objects.create(
                template=house.template, number=old.number + 1, spec=raw
            )
            made.publish()
        return made

    return published


@pytest.fixture
def drafts(house, alice) -> list[Campaign]:
    with brand_scope(house.brand.pk):
        return [factories.draft_of(house, "Leith", alice) for _number in range(5)]


@pytest.fixture
def ask(house, erin) -> Callable[..., MergeRun]:
    def ask(scheduled: str = Scheduled.LEAVE, because: str = "", by: Any = erin) -> MergeRun:
        with brand_scope(house.brand.pk):
            return running.start(house.template, scheduled=scheduled, because=because, by=by)

    return ask


def work(run: MergeRun) -> MergeRun:
    """As a worker would, until there is nothing to do at once."""
    assert run.brand_id is not None
    while running.advance(run.brand_id, run.pk):
        pass
    return fresh(run)


def test_all_drafts_go_along_and_the_page_says_so(house, drafts, published, ask, erin, client_of):
    new = published("Winter")

    run = work(ask())

    assert (run.state, run.tally, run.total) == (State.DONE, {"merged": 5}, 5)
    assert {fresh(each).template_version_id for each in drafts} == {new.pk}
    page = client_of(erin).get(f"/library/templates/merges/{run.pk}/").content.decode()
    assert "Done" in page
    assert "Nowhere." in page


def test_what_needs_a_person_is_listed(house, drafts, published, ask, erin, alice, client_of):
    with home(drafts[0]):
        services.save(drafts[0], [services.Change("hero.headline", "Mine", None)], by=alice)
    published("Winter")

    run = work(ask())

    page = client_of(erin).get(f"/library/templates/merges/{run.pk}/").content.decode()
    assert f'href="/campaigns/{drafts[0].pk}/"' in page
    assert f'href="/campaigns/{drafts[1].pk}/"' not in page
    assert "1 point to decide" in page


def test_a_run_whose_worker_died_is_taken_up_again_and_does_nothing_twice(
    house, drafts, published, ask, monkeypatch, clock
):
    published("Winter")
    run = ask()
    with monkeypatch.context() as broken:
        broken.setattr(running, "HANDFUL", 2)
        broken.setattr(running, "_round_over", _dies)
        with pytest.raises(KeyboardInterrupt):
            running.advance(house.brand.pk, run.pk)
    assert fresh(run).state == State.RUNNING
    assert running.due() == []

    clock.move(minutes=3)
    assert running.due() == [(house.brand.pk, run.pk)]
    ended = work(run)

    assert (ended.state, ended.tally) == (State.DONE, {"merged": 5})
    with brand_scope(house.brand.pk):
        assert Event.objects.filter(kind=Event.Kind.MERGED).count() == 5


def _dies(run: MergeRun) -> None:
    raise KeyboardInterrupt


def test_one_campaign_that_goes_wrong_does_not_stop_the_others(house, drafts, published, ask):
    with brand_scope(house.brand.pk):
        Campaign.objects.filter(pk=drafts[0].pk).update(values={"hero": {"headline": 7}, "notes": 3})
    published("Winter")

    run = work(ask())

    assert run.state == State.DONE
    assert run.tally["merged"] + len(run.left) == 5
    assert run.tally["merged"] >= 4


def test_only_one_at_a_time(house, drafts, published, ask):
    published("Winter")
    ask()

    with pytest.raises(LibraryError, match="under way"):
        ask()


def test_it_ends_where_another_version_is_published_meanwhile(house, drafts, published, ask):
    published("Winter")
    run = ask()
    published("Spring")

    assert work(run).state == State.ENDED


# Urgent


@pytest.fixture
def booked(braze, promise, house) -> Campaign:
    dispatch = kept(promise(send_at=timezone.now() + timedelta(days=1)))
    with home(dispatch):
        found: Campaign = Campaign.objects.get(dispatch=dispatch)
    return found


def test_what_is_scheduled_is_left_unless_it_is_urgent(braze, booked, published, ask):
    published()
    old = booked.template_version_id

    assert work(ask()).state == State.DONE
    assert fresh(booked).template_version_id == old


def test_urgent_renews_at_braze_and_waits_until_braze_has_agreed(braze, booked, published, ask, clock):
    new = published()
    run = work(ask(Scheduled.RENEW, "Wrong terms"))
    assert (run.state, run.tally) == (State.WAITING, {"renewed": 1})

    kept(fresh(booked, "dispatch").dispatch)
    follow_dispatches()
    clock.move(seconds=10)
    run = work(run)

    assert (run.state, run.tally, run.left) == (State.DONE, {"renewed": 1}, [])
    assert "New terms." in braze.ledger(UPDATE)[0]["messages"]["email"]["plaintext_body"]
    assert fresh(booked).template_version_id == new.pk


def test_urgent_asks_why(booked, published, ask):
    published()

    with pytest.raises(LibraryError, match="Say why"):
        ask(Scheduled.RENEW)


def test_hold_stops_the_template_at_once(braze, booked, published, ask, house):
    published()
    ask(Scheduled.HOLD, "Wrong terms")

    with brand_scope(house.brand.pk):
        assert Stop.objects.get(lifted_at=None).template_id == house.template.pk
    assert fresh(booked, "dispatch").dispatch.state == Dispatch.State.RECALLING


def test_who_does_not_manage_the_brand_cannot_hold(booked, published, ask, mona):
    published()

    with pytest.raises(LibraryError, match="may not stop"):
        ask(Scheduled.HOLD, "Wrong terms", by=mona)


# What hangs on it


def test_impact_counts_by_status_and_groups(house, drafts, booked, published, ask):
    published()

    with brand_scope(house.brand.pk):
        impact = impact_of(house.template)

    assert (impact.whole.drafts, impact.whole.scheduled, impact.whole.groups) == (5, 1, 1)
    assert impact.outdated.total == 6


def test_impact_asks_as_often_and_by_index_however_many_campaigns_there_are(
    house, drafts, published, alice, leith, django_assert_num_queries
):
    """Sent campaigns of other years do not count, and are not looked at."""
    published()
    with brand_scope(house.brand.pk):
        _many(drafts[0], 30_000)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE campaigns_campaign")
        with django_assert_num_queries(5):
            impact = impact_of(house.template)
        rows = Campaign.objects.filter(
            template_version__in=[house.version.pk, drafts[0].template_version_id],
            status__in=["draft", "in_review", "approved", "scheduled"],
        ).order_by()
        plan = rows.values("status").explain()

    assert impact.whole.drafts == 5
    assert "Seq Scan on campaigns_campaign" not in plan


def _many(campaign: Campaign, count: int) -> None:
    """Copies that did not go out, straight into the table."""
    copied = "group_id, template_version_id, name, values, revisions, approved_hash, open_points, created_by_id, brand_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO campaigns_campaign ({copied}, status, created_at, updated_at) "  # noqa: S608 - fixed names
            f"SELECT {copied}, 'not_sent', now(), now() FROM campaigns_campaign, generate_series(1, %s) WHERE id = %s",
            [count, campaign.pk],
        )


def test_the_list_shows_those_one_may_open_by_pages(house, drafts, published, erin, client_of):
    published()
    with brand_scope(house.brand.pk):
        for _number in range(25):
            factories.draft_of(house, "Portobello", erin)
    browser, there = client_of(erin), f"/library/templates/{house.template.pk}/impact/"

    first = browser.get(there + "?status=draft")
    older = browser.get(there, {"status": "draft", "before": first.context["older_than"]})

    assert len(first.context["campaigns"]) == 25
    assert len(older.context["campaigns"]) == 5


def test_the_form_starts_a_merge_and_leads_to_its_page(
    house, drafts, published, erin, client_of, after_commit
):
    published("Winter")
    browser = client_of(erin)

    with after_commit():
        answer = browser.post(f"/library/templates/{house.template.pk}/merge/", {"scheduled": "leave"})

    page = browser.get(answer["Location"]).content.decode()
    assert "Drafts taken along" in page
    with brand_scope(house.brand.pk):
        assert MergeRun.objects.get().state == State.DONE


def test_what_stands_against_it_is_said_on_the_page(house, drafts, published, erin, client_of):
    published()

    answer = client_of(erin).post(f"/library/templates/{house.template.pk}/merge/", {"scheduled": "renew"})

    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
