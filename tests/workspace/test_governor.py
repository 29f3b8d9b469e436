"""Braze's windows, shared: against a real Valkey, with a clock that is turned by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from braze_client import Allowance
from workspace import governor
from workspace.buckets import POOL, SEND_IDS, TRACK, Bucket
from workspace.governor import GovernorAway, Permit, Purpose

CREATE, LISTING = "/messages/schedule/create", "/segments/list"
#: Twenty minutes into an hour.
NOON = datetime(2026, 11, 2, 12, 20, tzinfo=UTC)
_workspaces = count(900_000_000)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Braze:
    """What Braze counts for one workspace, in windows by its own clock, and what it says about it."""

    def __init__(self, ours: Clock, *, limit: int, ahead: timedelta = timedelta(0)) -> None:
        self._ours, self._ahead = ours, ahead
        self.limit, self.used, self.refused, self._hour = limit, 0, 0, 0
        #: What each window that is over was used.
        self.past: list[int] = []

    @property
    def _now(self) -> datetime:
        return self._ours.now + self._ahead

    def call(self, times: int = 1) -> Allowance:
        """So many calls; the headers of the last."""
        hour = int(self._now.timestamp() // 3600)
        if hour != self._hour:
            self.past += [self.used] if self._hour else []
            self._hour, self.used = hour, 0
        taken = min(times, self.limit - self.used)
        self.used, self.refused = self.used + taken, self.refused + times - taken
        resets_in = float((hour + 1) * 3600 - int(self._now.timestamp()))
        at = self._ours.now + timedelta(seconds=resets_in)
        return Allowance(
            limit=self.limit, remaining=self.limit - self.used, resets_at=at, resets_in=resets_in
        )


class Window:
    """One workspace's window as its callers see it."""

    def __init__(self, path: str, bucket: Bucket = POOL) -> None:
        self.pk, self.path, self.bucket = next(_workspaces), path, bucket

    def take(self, wanted: int, purpose: Purpose = Purpose.SEND) -> Permit:
        return governor.take(self.pk, self.path, wanted, purpose)

    def tell(self, permit: Permit, allowance: Allowance, answered: int | None = None) -> None:
        calls = permit.count if answered is None else answered
        governor.observe(self.pk, self.path, permit.window, answered=calls, allowance=allowance)

    def forget(self) -> None:
        """As a flushed server does."""
        for key in governor._pool().scan_iter(f"governor:{self.pk}:*"):
            governor._pool().delete(key)

    @property
    def left(self) -> int:
        return governor.budget(self.pk, self.bucket).left


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("workspace.governor.timezone.now", lambda: clock.now)
    return clock


@pytest.fixture
def window(clock: Clock) -> Iterator[Window]:
    window = Window(CREATE)
    yield window
    window.forget()


@pytest.fixture
def known(window: Window, clock: Clock) -> Callable[..., Braze]:
    """`known(limit=…)`: a Braze of which the governor has heard once."""

    def known(limit: int = 1_000, ahead: timedelta = timedelta(0)) -> Braze:
        braze = Braze(clock, limit=limit, ahead=ahead)
        window.tell(window.take(1), braze.call())
        return braze

    return known


@pytest.fixture(autouse=True)
def _shares(settings: Any) -> None:
    settings.BRAZE_READ_SHARE, settings.BRAZE_SEND_RESERVE = 5, 60


@pytest.fixture
def unreachable(settings: Any) -> Iterator[None]:
    here, settings.REDIS_URL = settings.REDIS_URL, "redis://127.0.0.1:1/0"
    _connect_anew()
    yield
    settings.REDIS_URL = here
    _connect_anew()


def _connect_anew() -> None:
    governor._pool.cache_clear()
    governor._script.cache_clear()


def drain(window: Window, braze: Braze, purpose: Purpose = Purpose.SEND, at_once: int = 64) -> int:
    """Call as often as there is leave for."""
    called = 0
    while (permit := window.take(at_once, purpose)).count:
        window.tell(permit, braze.call(permit.count))
        called += permit.count
    return called


class TestShares:
    def test_sends_leave_the_readers_their_share_while_the_window_is_young(self, window, known):
        braze = known(1_000)
        drain(window, braze)
        assert braze.used == 950

    def test_readers_find_their_share_when_sends_have_taken_theirs(self, window, known):
        braze = known(1_000)
        drain(window, braze)
        assert drain(window, braze, Purpose.READ) == 50

    def test_what_readers_have_used_is_not_kept_for_them_twice(self, window, known):
        braze = known(1_000)
        drain(window, braze, Purpose.READ, at_once=1)
        reads = braze.used - 1
        drain(window, braze)
        assert reads > 50
        assert braze.used == 1_000

    def test_readers_leave_the_senders_their_reserve(self, window, known):
        braze = known(1_000)
        assert drain(window, braze, Purpose.READ) == 400

    def test_in_the_last_quarter_sends_get_what_the_readers_did_not_want(self, window, known, clock):
        braze = known(1_000)
        drain(window, braze)
        clock.pass_by(minutes=31)
        drain(window, braze)
        assert braze.used == 1_000
        assert not braze.refused

    def test_taking_back_waits_for_no_share(self, window, known):
        braze = known(1_000)
        drain(window, braze)
        assert drain(window, braze, Purpose.TAKE_BACK) == 50

    def test_who_gets_none_is_told_when_to_ask_again(self, window, known):
        braze = known(1_000)
        drain(window, braze, Purpose.TAKE_BACK)
        assert window.take(1).wait == pytest.approx(40 * 60, abs=2)

    def test_while_answers_are_on_their_way_it_is_worth_asking_soon(self, window, known):
        known(100)
        window.take(100, Purpose.TAKE_BACK)
        assert window.take(1).wait <= 1


class TestManyAtOnce:
    def test_no_two_get_the_same_permit(self, window, known):
        known(500)
        with ThreadPoolExecutor(8) as threads:
            permits = list(threads.map(lambda _: window.take(7, Purpose.TAKE_BACK).count, range(100)))
        assert sum(permits) == 499

    def test_permits_that_were_not_used_are_there_for_others(self, window, known):
        known(100)
        permit = window.take(64, Purpose.TAKE_BACK)
        governor.give_back(window.pk, window.path, permit, 60)
        assert window.left == 99 - 4

    def test_brands_do_not_share_a_window(self, window, known):
        drain(window, known(100), Purpose.TAKE_BACK)
        other = Window(CREATE)
        assert other.take(10).count == 10
        other.forget()

    def test_endpoints_with_a_window_of_their_own_do_not_draw_on_the_pool(self, window, known):
        drain(window, known(100), Purpose.TAKE_BACK)
        assert governor.take(window.pk, "/sends/id/create", 1, Purpose.TAKE_BACK).count == 1
        assert governor.take(window.pk, LISTING, 1, Purpose.READ).count == 0


class TestWhatTheHeadersSay:
    def test_a_limit_that_differs_from_the_published_one_holds_from_the_first_answer(self, window, known):
        known(1_000)
        assert window.left == 999

    def test_calls_of_other_systems_are_seen(self, window, known):
        braze = known(1_000)
        braze.call(700)
        window.tell(window.take(1), braze.call())
        assert window.left == 1_000 - 702

    @pytest.mark.parametrize("minutes", [-10, 0, 10])
    def test_a_window_ends_by_brazes_clock_whatever_ours_shows(self, window, known, clock, minutes):
        braze = known(1_000, ahead=timedelta(minutes=minutes))
        drain(window, braze, Purpose.TAKE_BACK)
        clock.pass_by(minutes=40 - minutes, seconds=-2)
        assert window.take(10).count == 0
        clock.pass_by(seconds=4)
        assert window.take(10).count == 10

    @pytest.mark.parametrize("minutes", [-10, 0, 10])
    def test_window_after_window_is_used_whole_and_never_overdrawn(self, window, known, clock, minutes):
        braze = known(1_000, ahead=timedelta(minutes=minutes))
        for _minute in range(200):
            drain(window, braze)
            clock.pass_by(minutes=1)
        assert braze.past == [1_000] * 3
        assert not braze.refused

    def test_the_next_window_begins_with_the_first_answer_out_of_it(self, window, known, clock):
        braze = known(1_000)
        drain(window, braze, Purpose.TAKE_BACK)
        clock.pass_by(minutes=40, seconds=1)
        window.tell(window.take(1), braze.call())
        assert window.left == 999

    def test_a_late_answer_of_the_window_before_says_nothing_about_this_one(self, window, known, clock):
        braze = known(1_000)
        permit = window.take(900)
        late = braze.call(900)
        clock.pass_by(minutes=40, seconds=1)
        window.tell(window.take(1), braze.call())
        window.tell(permit, late)
        assert window.left == 999

    @pytest.mark.parametrize("resets_in", [0.0, 0.5, 1.0, None])
    def test_a_late_answer_does_not_use_up_a_window_that_has_had_no_answer_yet(
        self, window, known, clock, resets_in
    ):
        known(1_000)
        permit = window.take(900)
        clock.pass_by(minutes=40, seconds=1)
        first = window.take(10)
        at = None if resets_in is None else clock.now + timedelta(seconds=resets_in)
        window.tell(permit, Allowance(limit=1_000, remaining=2, resets_at=at, resets_in=resets_in))
        assert first.count == 10
        clock.pass_by(seconds=3)
        assert window.left == 990
        assert window.take(100).count == 100

    def test_calls_permitted_before_the_reset_and_performed_after_it_count_in_the_new_window(
        self, window, known, clock
    ):
        braze = known(1_000)
        permit = window.take(100)
        clock.pass_by(minutes=40, seconds=1)
        window.tell(permit, braze.call(100))
        assert window.left == 900

    def test_an_answer_without_headers_counts_as_a_call(self, window, known):
        known(1_000)
        window.tell(window.take(10), Allowance())
        assert window.left == 989

    def test_headers_that_are_out_of_order_do_not_bring_calls_back(self, window, known):
        braze = known(1_000)
        permit = window.take(200)
        early = braze.call(50)
        late = braze.call(150)
        window.tell(permit, late, answered=150)
        window.tell(permit, early, answered=50)
        assert window.left == 1_000 - 201


class TestRefused:
    def test_a_429_closes_the_window_for_all(self, window, known, clock):
        known(1_000)
        governor.close(window.pk, CREATE, clock.now + timedelta(minutes=5))
        permits = [window.take(1, purpose) for purpose in Purpose]
        assert [permit.count for permit in permits] == [0, 0, 0]
        assert permits[0].wait == pytest.approx(300, abs=1)

    def test_it_opens_again_when_the_time_has_come(self, window, known, clock):
        known(1_000)
        governor.close(window.pk, CREATE, clock.now + timedelta(minutes=5))
        clock.pass_by(minutes=5, seconds=1)
        assert window.take(5).count == 5

    def test_it_opens_at_once_for_another_key(self, window, known, clock):
        known(1_000)
        governor.close(window.pk, CREATE, clock.now + timedelta(minutes=5))
        governor.reopen(window.pk, CREATE)
        assert window.take(5).count == 5

    def test_the_form_of_mau_contracts_names_only_a_wait(self, clock):
        track = Window("/users/track", TRACK)
        permit = track.take(100, Purpose.TAKE_BACK)
        said = Allowance(resets_at=clock.now + timedelta(seconds=90), resets_in=90)
        track.tell(permit, said)
        governor.close(track.pk, track.path, clock.now + timedelta(seconds=90))
        clock.pass_by(seconds=89)
        assert track.take(1, Purpose.TAKE_BACK).count == 0
        clock.pass_by(seconds=2)
        assert track.take(1, Purpose.TAKE_BACK).count == 1
        track.forget()


class TestWhenTheStoreForgets:
    def test_in_mid_window_the_first_answers_bring_it_back(self, window, known, clock):
        braze = known(1_000)
        drain(window, braze)
        window.forget()
        permit = window.take(10)
        window.tell(permit, braze.call(10))
        clock.pass_by(minutes=35)
        drain(window, braze)
        assert (braze.used, braze.refused) == (1_000, 0)

    def test_answers_to_calls_from_before_it_are_understood(self, window, known):
        braze = known(1_000)
        permit = window.take(300)
        window.forget()
        window.tell(permit, braze.call(300))
        assert window.take(2_000, Purpose.TAKE_BACK).count == 1_000 - 301

    def test_permits_from_before_it_are_not_taken_for_answered_ones_of_now(self, window, known, clock):
        braze = known(1_000)
        permit = window.take(300)
        window.forget()
        clock.pass_by(seconds=1)
        window.take(10)
        window.tell(permit, braze.call(300))
        assert window.left == 1_000 - 311

    def test_a_store_that_is_away_lets_nobody_call(self, unreachable):
        with pytest.raises(GovernorAway):
            governor.take(1, CREATE, 1, Purpose.SEND)


class TestSendIds:
    def test_a_day_has_a_hundred(self, clock):
        ids = Window("/sends/id/create", SEND_IDS)
        assert ids.take(150, Purpose.TAKE_BACK).count == 100
        clock.pass_by(hours=12)
        assert ids.take(150, Purpose.TAKE_BACK).count == 100
        ids.forget()
