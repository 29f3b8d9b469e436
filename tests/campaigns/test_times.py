"""Times on a group's own clock: in the past, twice, or never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.forms import WhenForm
from campaigns.timing import ImpossibleTime, TwofoldTime, future_instant, instant
from groups.models import Group
from tests.conftest import fresh

#: Zone, a time its clock skips, a time it shows twice, and how far apart these are.
CHANGES = [
    ("Europe/London", datetime(2027, 3, 28, 1, 30), datetime(2027, 10, 31, 1, 30), timedelta(hours=1)),
    ("America/New_York", datetime(2027, 3, 14, 2, 30), datetime(2027, 11, 7, 1, 30), timedelta(hours=1)),
    ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 15), datetime(2027, 4, 4, 1, 45), timedelta(minutes=30)),
]
zones = pytest.mark.parametrize(
    ("name", "skipped", "twice", "apart"), CHANGES, ids=[each[0] for each in CHANGES]
)


@pytest.fixture(autouse=True)
def _it_is_january_2027(clock):
    clock.ahead = datetime(2027, 1, 10, tzinfo=UTC) - datetime.now(UTC)


@zones
def test_a_skipped_time_says_what_comes_instead(name, skipped, twice, apart):
    with pytest.raises(ImpossibleTime) as raised:
        instant(skipped, ZoneInfo(name))

    assert f"{skipped:%H:%M}" in str(raised.value)
    assert f"{skipped + apart:%H:%M}" in str(raised.value)


@zones
def test_a_time_that_comes_twice_asks_which(name, skipped, twice, apart):
    with pytest.raises(TwofoldTime) as raised:
        instant(twice, ZoneInfo(name))

    assert raised.value.later - raised.value.earlier == apart
    assert instant(twice, ZoneInfo(name), second=False) == raised.value.earlier
    assert instant(twice, ZoneInfo(name), second=True) == raised.value.later


@zones
def test_an_hour_later_there_is_no_question(name, skipped, twice, apart):
    for local in (skipped, twice):
        later = local + timedelta(hours=2)
        assert instant(later, ZoneInfo(name)).astimezone(ZoneInfo(name)).replace(tzinfo=None) == later


@given(
    zone=st.sampled_from(
        [each[0] for each in CHANGES] + ["Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]
    ),
    local=st.datetimes(min_value=datetime(2027, 1, 1), max_value=datetime(2029, 1, 1)),
    second=st.booleans(),
)
def test_whatever_is_answered_is_what_the_clock_shows_then(zone, local, second):
    local = local.replace(second=0, microsecond=0)
    try:
        found = instant(local, ZoneInfo(zone), second=second)
    except ImpossibleTime:
        return
    assert found.tzinfo is UTC
    assert found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


def test_a_time_that_has_passed_says_what_time_it_is_there():
    with pytest.raises(ImpossibleTime, match="Europe/London"):
        future_instant(datetime(2020, 1, 1, 9), ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"mode": "at", "day": "", "time": "09:00"}, "day"),
        ({"mode": "at", "day": "2027-02-30", "time": "09:00"}, "day"),
        ({"mode": "at", "day": "2027-02-03", "time": "25:00"}, "time"),
        ({"mode": "at", "day": "2027-02-03", "time": ""}, "time"),
        ({"mode": "at", "day": "2020-02-03", "time": "09:00"}, "day"),
        ({"mode": "at", "day": "2027-03-28", "time": "01:30"}, "time"),
        ({"mode": "at", "day": "2027-10-31", "time": "01:30"}, "second"),
        ({"mode": "at", "day": "0001-01-01", "time": "00:00"}, "day"),
        ({"mode": "at", "day": "9999-12-31", "time": "23:59"}, "day"),
        ({"mode": "later"}, "mode"),
        ({}, "mode"),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York"])
def test_a_mistake_is_said_at_its_field(data, wrong, zone):
    form = WhenForm(data, zone=ZoneInfo(zone))
    if zone == "America/New_York" and data.get("day") in {"2027-03-28", "2027-10-31"}:
        assert form.is_valid()  # London's changes are not New York's
        return

    assert not form.is_valid()
    assert set(form.errors) == {wrong}


@pytest.mark.django_db
class TestByPage:
    @pytest.mark.parametrize(
        ("name", "hour"), [("Europe/London", 9), ("America/New_York", 14), ("Australia/Lord_Howe", 22)]
    )
    def test_the_clock_is_the_groups(self, client_of, alice, draft, leith, name, hour, in_scope_of):
        in_scope_of(alice, lambda: Group.objects.filter(pk=leith.pk).update(time_zone=name))

        client_of(alice).post(
            f"/campaigns/{draft.pk}/compose/when/", {"mode": "at", "day": "2027-01-15", "time": "09:00"}
        )

        sent = fresh(draft).send_at
        assert (sent.astimezone(ZoneInfo(name)).hour, sent.astimezone(UTC).hour) == (9, hour)

    def test_a_time_that_comes_twice_is_asked_about_and_then_taken(self, client_of, alice, draft):
        browser = client_of(alice)
        chosen = {"mode": "at", "day": "2027-10-31", "time": "01:30"}

        asked = browser.post(f"/campaigns/{draft.pk}/compose/when/", chosen)
        assert asked.status_code == 200
        assert fresh(draft).send_at is None
        browser.post(f"/campaigns/{draft.pk}/compose/when/", {**chosen, "second": "true"})

        assert fresh(draft).send_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)

    def test_a_skipped_time_is_said_beside_what_was_typed(self, client_of, alice, draft):
        page = client_of(alice).post(
            f"/campaigns/{draft.pk}/compose/when/", {"mode": "at", "day": "2027-03-28", "time": "01:30"}
        ).content.decode()  # fmt: skip

        assert "02:30" in page
