"""Kill switches: what they cover is taken back and held, and goes on when they are lifted, as far as it is in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import AuditEntry
from branding.scope import brand_scope
from campaigns.models import Campaign
from campaigns.tasks import follow_dispatches
from delivery import stops, tasks
from delivery.models import Dispatch, InstallationStop, Stop
from tests.conftest import fresh, home, kept
from tests.sandboxed import CREATE, DELETE

pytestmark = pytest.mark.django_db

State = Dispatch.State
SCOPES = ("brand", "template", "group", "region", "installation")


@pytest.fixture
def booked(braze, promise) -> Dispatch:
    """At Braze, for tomorrow."""
    return kept(promise(send_at=timezone.now() + timedelta(days=1)))


@pytest.fixture
def pull(house, erin, olga) -> Callable[[str], None]:
    """`pull("brand")`: a switch that covers Leith."""

    def pull(scope: str) -> None:
        if scope == "installation":
            stops.stop_installation(because="Wrong prices", by=olga)
            return
        with brand_scope(house.brand.pk):
            if scope == "brand":
                stops.stop_brand(because="Wrong prices", by=erin)
            elif scope == "template":
                stops.stop_template(house.template, because="Wrong prices", by=erin)
            else:
                node = house.region if scope == "region" else house.places["Leith"]
                stops.stop_group(node, because="Wrong prices", by=erin)

    return pull


@pytest.fixture
def lift(house, erin, olga) -> Callable[[], None]:
    """All of them."""

    def lift() -> None:
        stops.lift_installation(by=olga)
        with brand_scope(house.brand.pk):
            for stop in stops.active().own:
                stops.lift(stop, by=erin)

    return lift


@pytest.mark.parametrize("scope", SCOPES)
def test_what_is_scheduled_is_taken_back_within_one_sweep(booked, braze, pull, scope, celery_here):
    pull(scope)
    tasks.sweep()

    assert [each["schedule_id"] for each in braze.ledger(DELETE)] == [booked.schedule_id]
    assert fresh(booked).state == State.PENDING


@pytest.mark.parametrize("scope", SCOPES)
def test_what_is_new_is_held(braze, dispatch, pull, scope, celery_here):
    pull(scope)

    assert kept(dispatch).state == State.PENDING
    tasks.sweep()
    assert braze.count(CREATE) == 0


@pytest.mark.parametrize("scope", SCOPES)
def test_lifted_it_is_handed_over_again_and_once(booked, braze, pull, lift, scope, celery_here):
    pull(scope)
    tasks.sweep()
    lift()
    tasks.sweep()

    assert fresh(booked).state == State.SCHEDULED
    assert (braze.count(CREATE), braze.count(DELETE)) == (2, 1)


@pytest.mark.parametrize("scope", ["template", "group"])
def test_the_others_go_on(braze, promise, pull, scope, house):
    with brand_scope(house.brand.pk):
        other = promise("Portobello")
        if scope == "template":
            Dispatch.objects.filter(pk=other.pk).update(template=None)
    pull(scope)

    assert kept(other).state == State.SCHEDULED


def test_what_is_late_by_then_is_not_sent(booked, braze, pull, lift, clock, celery_here):
    pull("brand")
    tasks.sweep()
    clock.move(days=1, minutes=20)
    lift()
    tasks.sweep()
    follow_dispatches()

    assert (fresh(booked).state, braze.count(CREATE)) == (State.REFUSED, 1)
    with home(booked):
        assert Campaign.objects.get(dispatch=booked).status == Campaign.Status.NOT_SENT


def test_each_pull_and_lift_is_audited_with_its_reason(booked, pull, lift, house, erin):
    pull("group")
    lift()

    with brand_scope(house.brand.pk):
        entries = AuditEntry.objects.order_by("pk")
        assert [(each.action, each.target, each.note) for each in entries] == [
            ("sending_stopped", "Leith", "Wrong prices"),
            ("sending_resumed", "Leith", ""),
        ]
        assert all(each.actor_id == erin.pk for each in entries)


# By command


def test_the_command_stops_every_brand_and_takes_back(booked, braze, celery_here):
    call_command("stop_sending", because="The data centre burns")
    tasks.sweep()

    assert fresh(booked).state == State.PENDING
    assert InstallationStop.objects.get(lifted_at__isnull=True).because == "The data centre burns"


def test_the_other_command_lets_it_go_on(booked, braze, celery_here):
    call_command("stop_sending", because="The data centre burns")
    tasks.sweep()
    call_command("resume_sending")
    tasks.sweep()

    assert fresh(booked).state == State.SCHEDULED
    assert InstallationStop.objects.get().lifted_by


@pytest.mark.parametrize("because", ["", "  "])
def test_the_command_wants_a_reason(db, because):
    with pytest.raises(CommandError, match="Say why"):
        call_command("stop_sending", because=because)

    assert not InstallationStop.objects.exists()


def test_there_may_be_nothing_to_resume(db):
    with pytest.raises(CommandError, match="not stopped"):
        call_command("resume_sending")


def test_a_second_stop_keeps_the_first_and_says_so(db, capsys):
    call_command("stop_sending", because="First")
    call_command("stop_sending", because="Second")

    assert InstallationStop.objects.get().because == "First"
    assert "stopped already" in capsys.readouterr().out


def test_a_stop_of_another_brand_holds_nothing_here(braze, dispatch, other_house, dave):
    with brand_scope(other_house.brand.pk):
        stops.stop_brand(because="Theirs", by=dave)
        assert Stop.objects.count() == 1

    assert kept(dispatch).state == State.SCHEDULED
