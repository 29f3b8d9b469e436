"""Kill switches: nothing they cover is handed over, and what Braze has comes back until they are lifted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from branding.scope import across_brands, brand_scope
from delivery import stops, tasks, waiting
from delivery.errors import DeliveryError
from delivery.models import Dispatch, InstallationStop, Stop
from tests.conftest import fresh, home, kept
from tests.sandboxed import CREATE, DELETE, meanwhile
from tests.sandboxed import unreachable as unreachable_braze

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("braze")]

State = Dispatch.State


@pytest.fixture
def tomorrow(promise):
    return promise(send_at=timezone.now() + timedelta(days=1))


@pytest.fixture
def act(house):
    def act(deed):
        with brand_scope(house.brand.pk):
            return deed()

    return act


def the_stop(dispatch: Dispatch) -> Stop:
    with home(dispatch):
        return Stop.objects.get(lifted_at__isnull=True)


def test_nothing_new_is_handed_over(braze, tomorrow, act, erin):
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))

    assert kept(tomorrow).state == State.PENDING
    assert braze.calls == []


def test_those_who_wait_read_why(tomorrow, act, erin):
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))

    assert "Wrong prices" in act(lambda: waiting.reason(fresh(tomorrow, "group")))


def test_what_braze_has_is_taken_back(braze, tomorrow, act, erin):
    kept(tomorrow)
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))

    assert kept(tomorrow).state == State.PENDING
    assert len(braze.ledger(DELETE)) == 1


def test_lifted_it_goes_on_by_itself(braze, tomorrow, act, erin, after_commit):
    kept(tomorrow)
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))
    kept(tomorrow)
    with after_commit():
        act(lambda: stops.lift(the_stop(tomorrow), by=erin))

    assert fresh(tomorrow).state == State.SCHEDULED
    assert [path for path in braze.calls if path in {CREATE, DELETE}] == [CREATE, DELETE, CREATE]


def test_what_went_past_its_time_meanwhile_is_not_sent_late(tomorrow, act, erin, clock, celery_here):
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))
    clock.move(days=1, minutes=20)

    tasks.sweep()

    assert fresh(tomorrow).state == State.REFUSED


def test_a_stop_covers_what_was_being_handed_over_as_it_came(braze, tomorrow, act, erin, celery_here):
    braze.will(CREATE, meanwhile(lambda: act(lambda: stops.stop_brand(because="Wrong prices", by=erin))))
    kept(tomorrow)

    tasks.sweep()

    assert fresh(tomorrow).state == State.PENDING
    assert len(braze.ledger(DELETE)) == 1


def test_a_group_stops_with_all_below_it_and_no_other(braze, house, promise, act, erin):
    leith, portobello = promise(), promise("Portobello")
    act(lambda: stops.stop_group(house.places["Leith"], because="Flood", by=erin))

    kept(leith)

    assert (fresh(leith).state, fresh(portobello).state) == (State.PENDING, State.SCHEDULED)


def test_a_region_stops_its_places(braze, house, promise, act, erin):
    dispatch = promise()
    act(lambda: stops.stop_group(house.region, because="Flood", by=erin))

    assert kept(dispatch).state == State.PENDING


def test_a_template_stops_wherever_it_is_used(braze, tomorrow, act, erin):
    template = act(lambda: fresh(tomorrow, "template").template)
    act(lambda: stops.stop_template(template, because="Typo in the footer", by=erin))

    assert kept(tomorrow).state == State.PENDING


def test_the_installation_stops_every_brand(braze, tomorrow, olga, act):
    kept(tomorrow)
    with across_brands("test"):
        stops.stop_installation(because="Braze has an incident", by=olga)

    assert kept(tomorrow).state == State.PENDING
    stops.lift_installation(by=olga)
    assert kept(tomorrow).state == State.SCHEDULED
    assert InstallationStop.objects.get().lifted_by == str(olga)


def test_cancelling_works_under_a_stop(braze, tomorrow, act, erin):
    from delivery import services

    kept(tomorrow)
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))
    act(lambda: services.cancel(fresh(tomorrow)))

    assert kept(tomorrow).state == State.CANCELLED


def test_a_delete_that_does_not_get_through_is_tried_again_under_the_stop(braze, tomorrow, act, erin, clock):
    kept(tomorrow)
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))
    braze.will(DELETE, *[unreachable_braze] * 3)
    for _try in range(3):
        kept(tomorrow)
        clock.move(minutes=1)

    assert fresh(tomorrow).state == State.PENDING


def test_a_reason_is_needed(act, erin, house):
    with pytest.raises(DeliveryError, match="why"):
        act(lambda: stops.stop_brand(because="  ", by=erin))


def test_a_second_pull_is_the_same_stop(act, erin):
    first = act(lambda: stops.stop_brand(because="Wrong prices", by=erin))
    second = act(lambda: stops.stop_brand(because="Again", by=erin))

    assert first.pk == second.pk


def test_both_leave_an_audit_entry(tomorrow, act, erin):
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))
    act(lambda: stops.lift(the_stop(tomorrow), by=erin))

    entries = act(lambda: list(AuditEntry.objects.order_by("id").values_list("action", "actor_id", "note")))
    assert entries == [("sending_stopped", erin.pk, "Wrong prices"), ("sending_resumed", erin.pk, "")]


def test_another_brand_goes_on(tomorrow, act, erin, other_house):
    act(lambda: stops.stop_brand(because="Wrong prices", by=erin))

    with brand_scope(other_house.brand.pk):
        assert not stops.active()
