"""A stop pulled in the last seconds: Braze may have sent to some already, so nobody may get it a second time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from branding.scope import brand_scope
from delivery import services, stops
from delivery.models import Dispatch
from tests.conftest import fresh, kept
from tests.sandboxed import CREATE, DELETE, cut_after_accepting

pytestmark = pytest.mark.django_db


def test_what_is_taken_back_at_the_last_moment_is_not_handed_over_again(braze, dispatch, clock, house, erin):
    booked = kept(dispatch)
    clock.ahead = booked.booked_for - clock.now() - timedelta(seconds=5)
    with brand_scope(house.brand.pk):
        stop = stops.stop_brand(because="A wrong price", by=erin)
    taken_back = kept(dispatch)
    with brand_scope(house.brand.pk):
        stops.lift(stop, by=erin)

    assert kept(dispatch).state == Dispatch.State.UNKNOWN
    assert "last moment" in fresh(taken_back).outcome
    assert (braze.count(CREATE), braze.count(DELETE)) == (1, 1)


def test_a_cancellation_without_an_answer_until_the_send_is_not_told_as_sent(braze, dispatch, clock, house):
    booked = kept(dispatch)
    braze.will(DELETE, cut_after_accepting)
    with brand_scope(house.brand.pk):
        services.cancel(booked)
    assert kept(dispatch).state == Dispatch.State.CANCELLING
    clock.move(minutes=2)

    assert kept(dispatch).state == Dispatch.State.UNKNOWN
