"""Made-up numbers obey what real ones obey."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from insights.models import Metrics
from smartersends.seed import curves

SENT_AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
sizes = st.integers(min_value=0, max_value=800)
qualities = st.floats(min_value=0.2, max_value=3)
elapsed = st.floats(min_value=0, max_value=60)


@given(sizes, qualities, st.integers())
def test_every_number_is_part_of_the_one_before(sent: int, quality: float, seed: int) -> None:
    whole = curves.totals(sent, quality=quality, dice=Random(seed))

    assert sent == whole["sent"] >= whole["delivered"] >= whole["unique_opens"] >= whole["unique_clicks"] >= 0
    assert whole["sent"] == whole["delivered"] + whole["bounces"]
    assert whole["opens"] >= max(whole["unique_opens"], whole["machine_open"])
    assert whole["clicks"] >= whole["unique_clicks"]
    assert set(whole) == set(Metrics.NAMES)


@given(sizes, qualities, elapsed, st.integers())
def test_at_no_time_have_more_people_clicked_than_opened(
    sent: int, quality: float, days: float, seed: int
) -> None:
    dice = Random(seed)
    whole = curves.totals(sent, quality=quality, dice=dice)
    by_day = curves.by_day(whole, SENT_AT, SENT_AT + timedelta(days=days), dice)

    so_far = {name: sum(counts[name] for counts in by_day.values()) for name in Metrics.NAMES}
    assert so_far["unique_clicks"] <= so_far["unique_opens"] <= so_far["opens"]
    assert so_far["machine_open"] <= so_far["opens"]
    assert all(so_far[name] <= whole[name] for name in Metrics.NAMES)


def test_after_two_weeks_all_of_it_has_come_in_and_no_day_is_missing() -> None:
    dice = Random(1)
    whole = curves.totals(300, quality=1, dice=dice)
    by_day = curves.by_day(whole, SENT_AT, SENT_AT + timedelta(days=40), dice)

    assert {name: sum(counts[name] for counts in by_day.values()) for name in Metrics.NAMES} == whole
    assert list(by_day) == [SENT_AT.date() + timedelta(days=step) for step in range(curves.KEPT_DAYS)]
