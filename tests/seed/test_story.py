"""The demo's history reads as if it had happened: rows agree with each other, in order, and people had the right to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import Sum
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from branding.scope import brand_scope
from campaigns.content import fingerprint
from campaigns.findings import WHEN, findings
from campaigns.models import Campaign, Event
from delivery.models import Dispatch
from delivery.requests import create
from groups.access import access_of
from groups.models import Group
from insights.models import DayNumbers, Metrics, Numbers
from library.installing import install_starter
from smartersends.seed import brands, history, network, people
from smartersends.seed import connection as braze
from smartersends.seed.brands import BRANDS
from workspace.models import Workspace

pytestmark = pytest.mark.django_db

CHARITY = BRANDS[1]
Status = Campaign.Status


def fill() -> Workspace:
    install_starter(CHARITY.slug)
    if not Group.objects.exists():
        network.install(CHARITY, network.made_up(CHARITY))
    people.install(CHARITY)
    return braze.install(CHARITY)


@pytest.fixture(scope="module", autouse=True)
def seeded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The charity without its Braze part, made once for this file and taken back afterwards."""
    media: Path = tmp_path_factory.mktemp("media")
    places = {"MEDIA_ROOT": media, "BRAZE_SANDBOX_URL": "http://127.0.0.1:9", "BRAZE_ALLOW_LOOPBACK": True}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with (
        django_db_blocker.unblock(),
        override_settings(**places, PASSWORD_HASHERS=hashers),
        transaction.atomic(),
    ):
        with brand_scope(brands.ensure(CHARITY).pk):
            history.install(CHARITY, fill())
            connection.check_constraints()  # those that otherwise wait for the commit
            yield
        transaction.set_rollback(True)


def campaigns(**lookup: Any) -> list[Campaign]:
    rows = Campaign.objects.select_related(
        "group", "dispatch__message", "dispatch__send_id", "template_version"
    )
    return list(rows.filter(**lookup))


def test_there_are_campaigns_in_every_state() -> None:
    statuses = Counter(campaign.status for campaign in campaigns())
    states = set(Dispatch.objects.values_list("state", flat=True))

    assert sum(statuses.values()) == CHARITY.campaigns
    assert set(statuses) == set(Status)
    assert {
        Dispatch.State.DONE,
        Dispatch.State.REFUSED,
        Dispatch.State.UNKNOWN,
        Dispatch.State.CANCELLED,
    } <= states


def test_each_trace_is_in_order_legal_and_ends_where_the_campaign_stands() -> None:
    for campaign in campaigns():
        events = list(campaign.events.all())
        moves = [event for event in events if event.kind == Event.Kind.MOVE]

        assert events[0].kind == Event.Kind.CREATED
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert events[-1].at <= timezone.now()
        assert all(move.after in Campaign.MOVES[move.before] for move in moves)
        assert [move.before for move in moves] == [Status.DRAFT, *(move.after for move in moves)][
            : len(moves)
        ]
        assert campaign.status == (moves[-1].after if moves else Status.DRAFT)


def test_nobody_did_what_they_may_not_do() -> None:
    for event in Event.objects.select_related("by", "campaign__group").exclude(by=None):
        assert event.by is not None
        access, group = access_of(event.by), event.campaign.group
        assert access.can(Permission.CREATE_CAMPAIGNS, group) or access.can(Permission.APPROVE, group)
        if event.after == Status.APPROVED:
            assert access.can(Permission.APPROVE, group)
            assert event.by_id not in {event.campaign.created_by_id, event.campaign.submitted_by_id}
        if (event.before, event.after) == (Status.DRAFT, Status.SCHEDULED):
            assert access.can(Permission.SEND_WITHOUT_APPROVAL, group)


def test_what_was_approved_is_what_there_is() -> None:
    approved = [campaign for campaign in campaigns() if campaign.approved_hash]

    assert approved
    assert all(campaign.approved_hash == fingerprint(campaign) for campaign in approved)


def test_nothing_but_a_passed_time_is_wrong_with_any_campaign() -> None:
    for campaign in campaigns(status__in=[Status.DRAFT, Status.IN_REVIEW, Status.APPROVED]):
        assert {finding.place for finding in findings(campaign)} <= {WHEN}


def test_every_sealed_message_is_one_braze_would_be_given() -> None:
    promised = Dispatch.objects.select_related("message", "send_id", "group")

    for dispatch in promised:
        request = create(dispatch, json.dumps(dispatch.message.content))
        assert request.broadcast
        assert dispatch.variation_id == dispatch.group.message_variation_id
        assert dispatch.send_id is not None
        assert dispatch.send_id.day == dispatch.created_at.date() <= dispatch.planned_at.date()


def test_numbers_add_up_and_only_what_was_sent_has_them() -> None:
    sent = campaigns(status=Status.SENT)
    for campaign in sent:
        numbers = Numbers.objects.get(dispatch=campaign.dispatch)
        days = DayNumbers.objects.filter(dispatch=campaign.dispatch)
        for name in Metrics.NAMES:
            assert getattr(numbers, name) == sum(getattr(day, name) for day in days)
        known = [numbers.sent, numbers.delivered, numbers.unique_opens, numbers.unique_clicks]
        assert known == sorted(known, key=lambda each: each or 0, reverse=True)

    assert Numbers.objects.count() == len(sent)
    assert not Numbers.objects.filter(fetched_at__gt=timezone.now()).exists()


def test_the_sandbox_is_told_the_portals_own_numbers() -> None:
    told = history.sends(timezone.now())
    recent = Numbers.objects.filter(dispatch__planned_at__gt=timezone.now() - history.KEPT)

    assert len([send for send in told if send["days"]]) == recent.count() > 0
    assert (
        sum(day["sent"] for send in told for day in send["days"])
        == recent.aggregate(sent=Sum("sent"))["sent"]
    )


def test_everybody_can_sign_in_and_has_a_place() -> None:
    made = {person.email: person for person in people.people_of(CHARITY.slug)}

    for user in User.objects.all():
        assert user.check_password(people.PASSWORD)
        assert set(user.memberships.values_list("role__key", flat=True)) == {made[user.email].role}
        assert EmailAddress.objects.filter(user=user, email=user.email, verified=True, primary=True).exists()


def test_a_second_run_leaves_everything_as_people_left_it() -> None:
    tables = (Campaign, Dispatch, Event, Group, User, Numbers)
    User.objects.filter(email__startswith="tom").update(name="Thomas")
    before = [table.objects.count() for table in tables]

    assert history.install(CHARITY, fill()) == []
    assert [table.objects.count() for table in tables] == before
    assert User.objects.get(email__startswith="tom").name == "Thomas"
