"""Allowances and waits, read from headers in every form Braze is known to send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from braze_client import Allowance, Braze, RateLimited
from braze_client.calls import allowance_in, wait_until

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
TOP_OF_HOUR = datetime(2026, 11, 23, 11, tzinfo=UTC)
EPOCH = str(int(TOP_OF_HOUR.timestamp()))


def after(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        ({"x-ratelimit-retry-after": "3"}, after(3)),
        ({"x-ratelimit-retry-after": "3", "retry-after": "9", "x-ratelimit-reset": EPOCH}, after(3)),
        ({"retry-after": "9", "x-ratelimit-reset": EPOCH}, after(9)),
        ({"retry-after": "Mon, 23 Nov 2026 10:31:00 GMT"}, after(60)),
        ({"retry-after": "soon", "x-ratelimit-reset": EPOCH}, TOP_OF_HOUR),
        ({"x-ratelimit-reset": EPOCH}, TOP_OF_HOUR),
        ({"x-ratelimit-reset": "42"}, after(42)),
        ({"x-ratelimit-retry-after": "", "retry-after": "", "x-ratelimit-reset": ""}, after(60)),
        ({}, after(60)),
        ({"x-ratelimit-retry-after": "0"}, after(1)),
        ({"x-ratelimit-reset": "1600000000"}, after(1)),
        ({"retry-after": "99999999"}, after(24 * 3600)),
        ({"x-ratelimit-reset": "99999999999999999999"}, after(24 * 3600)),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}, after(24 * 3600)),
        ({"retry-after": "-5"}, after(60)),
        ({"retry-after": "inf", "x-ratelimit-reset": "nan"}, after(60)),
    ],
)
def test_when_a_429_may_be_repeated(headers: dict[str, str], until: datetime) -> None:
    assert wait_until(headers, NOW) == until


@pytest.mark.parametrize(
    ("headers", "allowance"),
    [
        (
            {"x-ratelimit-limit": "250000", "x-ratelimit-remaining": "0", "x-ratelimit-reset": EPOCH},
            Allowance(250000, 0, TOP_OF_HOUR, 1800),
        ),
        ({"x-ratelimit-reset": "3"}, Allowance(None, None, after(3), 3)),
        ({"x-ratelimit-retry-after": "7"}, Allowance(None, None, after(7), 7)),
        ({"x-ratelimit-reset": "1600000000"}, Allowance(None, None, NOW, 0)),
        ({"x-ratelimit-limit": "", "x-ratelimit-remaining": "", "x-ratelimit-reset": ""}, Allowance()),
        ({"x-ratelimit-limit": "many"}, Allowance()),
        ({}, Allowance()),
    ],
)
def test_what_is_left_of_an_allowance(headers: dict[str, str], allowance: Allowance) -> None:
    assert allowance_in(headers, NOW) == allowance


DATES = st.datetimes().map(lambda time: f"{time:%a, %d %b %Y %H:%M:%S} GMT")
TEXTS = st.text() | DATES | st.integers().map(str) | st.floats().map(str)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_header_can_break_the_reading_or_stretch_the_wait(
    one: str, two: str, three: str, date: str
) -> None:
    headers = {"x-ratelimit-retry-after": one, "retry-after": two, "x-ratelimit-reset": three, "date": date}

    assert after(1) <= wait_until(headers, NOW) <= after(24 * 3600)
    assert 0 <= (allowance_in(headers, NOW).resets_in or 0) <= 24 * 3600


@pytest.mark.parametrize("skew", [-90_000, -600, 0, 600, 90_000])
def test_a_clock_that_is_wrong_does_no_harm_where_braze_tells_the_time(skew: int) -> None:
    headers = {"date": "Mon, 23 Nov 2026 10:30:00 GMT", "x-ratelimit-reset": EPOCH}
    ours = after(skew)

    assert allowance_in(headers, ours) == Allowance(None, None, ours + timedelta(minutes=30), 1800)
    assert wait_until(headers, ours) == ours + timedelta(minutes=30)


def test_a_date_to_retry_after_is_by_brazes_clock_too() -> None:
    headers = {"date": "Mon, 23 Nov 2026 10:30:00 GMT", "retry-after": "Mon, 23 Nov 2026 10:31:00 GMT"}

    assert wait_until(headers, after(7200)) == after(7260)


@pytest.mark.parametrize(
    "date", ["", "today", "Tue, 23 Nov 2021 10:30:00 GMT", "Mon, 23 Nov 2026 10:59:00 +9999"]
)
def test_a_date_that_makes_no_sense_is_not_believed(date: str) -> None:
    assert allowance_in({"date": date, "x-ratelimit-reset": EPOCH}, NOW).resets_in == 1800


def test_a_window_that_has_just_reset_is_open() -> None:
    headers = {"date": "Mon, 23 Nov 2026 11:00:02 GMT", "x-ratelimit-reset": EPOCH}

    assert allowance_in(headers, NOW).resets_in == 0


def test_header_names_count_in_any_case(api: respx.MockRouter, braze: Braze) -> None:
    reset = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=30)
    api.get("/segments/list").respond(429, headers={"X-RateLimit-RESET": str(int(reset.timestamp()))})

    with pytest.raises(RateLimited) as limited:
        braze.list_segments()

    assert abs(limited.value.until - reset) < timedelta(seconds=1)
    assert limited.value.call.allowance.resets_at is not None
