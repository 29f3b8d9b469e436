"""A campaign's life at random: people change their minds, Braze answers as it likes, runs die, stops come and go.

However it goes, Braze never holds two live schedules of one campaign, and what is a draft again has none.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from audiences.models import Segment, SegmentGrant
from branding.scope import brand_scope
from campaigns import services
from campaigns.errors import CampaignError
from campaigns.models import Campaign
from campaigns.tasks import follow_dispatches
from delivery import lane, stops, tasks
from tests import factories
from tests.conftest import Clock
from tests.factories import House
from tests.sandboxed import (
    CREATE,
    DELETE,
    Killed,
    Mishap,
    Sandboxed,
    accepts_but_answers,
    answers,
    cut_after_accepting,
    cut_before_accepting,
    killed_after_accepting,
    killed_before_accepting,
    unreachable,
)
from workspace import governor
from workspace.models import Workspace

pytestmark = pytest.mark.django_db

UPDATE = "/messages/schedule/update"
MISHAPS: dict[str, Mishap] = {
    "busy": answers(429, **{"X-RateLimit-Reset": "0"}),
    "no": answers(400, {"message": "No"}),
    "spoilt": accepts_but_answers(502, "<html>"),
    "lost": cut_after_accepting,
    "cut": cut_before_accepting,
    "away": unreachable,
    "dies after": killed_after_accepting,
    "dies before": killed_before_accepting,
}
#: What people and ops do; after each of them a worker may come by or not.
DEEDS = ("schedule", "cancel", "move", "move", "retarget", "retarget", "stop", "lift", "sweep", "wait")
PATHS = (CREATE, UPDATE, DELETE)
#: A deed, perhaps a mishap that waits for the next call of a path, and how often a worker comes by afterwards.
STEPS = st.tuples(
    st.sampled_from(DEEDS),
    st.one_of(st.none(), st.none(), st.tuples(st.sampled_from(PATHS), st.sampled_from(sorted(MISHAPS)))),
    st.integers(0, 2),
)


class Life:
    """One campaign of Leith, and everybody who has a hand in it."""

    def __init__(self, house: House, by: User, braze: Sandboxed, clock: Clock) -> None:
        self.house, self.by, self.braze, self.clock = house, by, braze, clock
        self.leith = house.places["Leith"]
        self.pk = factories.draft_of(house, "Leith", by).pk
        self.hours = 24
        self.segment = Segment.objects.create(segment_id="segment-loyal", name="Loyal")
        SegmentGrant.objects.create(segment=self.segment, group=self.leith)

    @property
    def campaign(self) -> Campaign:
        found: Campaign = Campaign.objects.select_related("group", "segment", "dispatch").get(pk=self.pk)
        return found

    def step(self, name: str, mishap: tuple[str, str] | None, runs: int) -> None:
        if mishap:
            path, kind = mishap
            self.braze.will(path, MISHAPS[kind])
        for deed in (name, *["work"] * runs):
            with suppress(CampaignError, Killed):
                getattr(self, deed)()

    def schedule(self) -> None:
        services.choose_time(self.campaign, timezone.now() + timedelta(hours=self.hours), by=self.by)
        services.schedule(self.campaign, by=self.by)

    def cancel(self) -> None:
        services.cancel(self.campaign, by=self.by)

    def move(self) -> None:
        self.hours += 1
        services.move(self.campaign, timezone.now() + timedelta(hours=self.hours), by=self.by)

    def retarget(self) -> None:
        campaign = self.campaign
        services.retarget(campaign, None if campaign.segment else self.segment, by=self.by)

    def stop(self) -> None:
        stops.stop_group(self.leith, because="Flooded", by=self.by)

    def lift(self) -> None:
        for stop in stops.active().own:
            stops.lift(stop, by=self.by)

    def work(self) -> None:
        lane.work(self.house.brand.pk)
        follow_dispatches()

    def sweep(self) -> None:
        tasks.sweep()
        follow_dispatches()

    def wait(self) -> None:
        self.clock.move(minutes=6)

    def alive(self) -> int:
        return len(self.braze.sandbox.database.rows("SELECT id FROM schedules WHERE state = 'scheduled'"))


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=3, max_size=10))
def test_however_it_goes_no_two_are_alive(house, alice, braze, clock, celery_here, steps):
    braze.sandbox.database.run("DELETE FROM schedules")
    braze.sandbox.database.run("DELETE FROM send_ids")
    braze.forget_mishaps()
    clock.ahead = timedelta(0)
    with brand_scope(house.brand.pk), transaction.atomic():
        governor.reopen(Workspace.objects.get().pk, CREATE)
        life = Life(house, alice, braze, clock)
        life.step("schedule", None, 1)
        for step in steps:
            life.step(*step)
            assert life.alive() <= 1
            if life.campaign.status == Campaign.Status.DRAFT:
                assert life.alive() == 0
        transaction.set_rollback(True)
