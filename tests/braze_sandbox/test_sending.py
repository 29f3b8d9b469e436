"""Who gets a message is decided when it goes out; who does not, silently, is in the activity log."""

from __future__ import annotations

import pytest


def equals(name, value, comparison="equals"):
    inner = {"custom_attribute_name": name, "comparison": comparison}
    return {"custom_attribute": inner if value is None else {**inner, "value": value}}


def track(braze, **attributes):
    assert braze.post("/users/track", {"attributes": [attributes]}).status_code == 201


def sent_to(braze, **changes):
    schedule_id = braze.booked(**changes)
    braze.later(hours=1)
    return braze.receivers(schedule_id)


def test_it_goes_out_at_its_time_and_once(braze):
    schedule_id = braze.booked()
    braze.later(minutes=59)
    assert braze.deliveries(schedule_id) == []
    braze.later(minutes=1)
    braze.later(minutes=1)
    assert sorted(one["email"] for one in braze.deliveries(schedule_id)) == [
        "ada@example.org", "bob@example.org", "eve@example.org",
    ]  # fmt: skip


def test_membership_counts_at_the_time_of_sending(braze):
    schedule_id = braze.booked(audience=equals("store_id", "12"))
    track(braze, external_id="ada", store_id="13")
    track(braze, external_id="eve", store_id="12")
    braze.later(hours=1)
    assert braze.receivers(schedule_id) == {"bob", "eve"}


def test_segment_and_audience_must_both_hold(braze):
    assert sent_to(braze, segment_id="segment-uk", audience=equals("store_id", "12")) == {"ada"}


def test_a_segment_alone_reaches_its_members(braze):
    assert sent_to(braze, segment_id="segment-uk", audience=None) == {"ada", "eve"}


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (equals("store_id", "12"), {"ada", "bob"}),
        (equals("store_id", "12", "not_equal"), {"eve"}),
        (equals("store_id", 12), set()),
        (equals("store_id", ["12", "13"], "is_any_of"), {"ada", "bob", "eve"}),
        (equals("store_id", ["12"], "is_none_of"), {"eve"}),
        (equals("store_id", "^1[23]$", "matches_regex"), {"ada", "bob", "eve"}),
        (equals("tier", None, "exists"), {"ada"}),
        (equals("tier", None, "does_not_exist"), {"bob", "eve"}),
        (equals("visits", 3, "greater_than"), {"ada"}),
        (equals("visits", 2, "less_than_or_equal_to"), {"bob"}),
        (equals("member", True), {"ada"}),
        (equals("visits", True), set()),
        (equals("likes", "tea", "includes_value"), {"ada"}),
        (equals("likes", "tea", "does_not_include_value"), {"bob", "eve"}),
        (equals("joined", "2026-11-01T00:00:00Z", "after"), {"ada"}),
        (equals("joined", 7, "less_than_x_days_ago"), {"ada"}),
        (equals("joined", 7, "greater_than_x_days_ago"), {"bob"}),
        ({"OR": [equals("tier", "gold"), equals("visits", 1)]}, {"ada", "bob"}),
        ({"AND": [equals("store_id", "12"), {"OR": [equals("tier", "gold"), equals("tier", "x")]}]}, {"ada"}),
        ({"email_subscription_status": {"comparison": "is", "value": "opted_in"}}, {"eve"}),
        ({"email_subscription_status": {"comparison": "is_not", "value": "opted_in"}}, {"ada", "bob"}),
        ({"last_used_app": {"comparison": "after", "value": "2026-11-01"}}, {"bob"}),
    ],
)
def test_audiences_answer_by_type(braze, audience, who):
    track(braze, external_id="ada", tier="gold", visits=5, member=True, likes=["tea"], joined="2026-11-22")
    track(
        braze, external_id="bob", visits=1, joined="2026-10-01", date_of_last_session="2026-11-20T10:00:00Z"
    )
    track(braze, external_id="eve", email_subscribe="opted_in")
    assert sent_to(braze, audience=audience) == who


@pytest.mark.parametrize(
    ("state", "who"), [("opted_in", {"eve"}), (None, {"ada", "eve"}), ("all", {"ada", "bob", "eve"})]
)
def test_the_subscription_state_decides(braze, state, who):
    track(braze, external_id="bob", email_subscribe="unsubscribed")
    track(braze, external_id="eve", email_subscribe="opted_in")
    assert sent_to(braze, recipient_subscription_state=state) == who


def test_drops_are_silent_and_logged(braze):
    track(braze, external_id="bob", email_subscribe="unsubscribed")
    track(braze, external_id="nomail", store_id="12")
    schedule_id = braze.booked(
        broadcast=None, audience=None, external_user_ids=["ada", "bob", "nomail", "nobody", "ada"]
    )
    braze.later(hours=1)
    assert braze.receivers(schedule_id) == {"ada"}
    assert braze.drops(schedule_id) == {
        "bob": "unsubscribed", "nomail": "no e-mail address", "nobody": "unknown user",
    }  # fmt: skip


def test_liquid_runs_for_each_recipient_and_may_drop_them(braze):
    subject = (
        "{% if ${first_name} == 'Bob' %}{% abort_message('not Bob') %}{% endif %}Hello {{${first_name}}}"
    )
    schedule_id = braze.booked(email={"subject": subject})
    braze.later(hours=1)
    assert {one["subject"] for one in braze.deliveries(schedule_id)} == {"Hello Ada", "Hello Eve"}
    assert braze.drops(schedule_id) == {"bob": "aborted: not Bob"}


def test_broken_liquid_reaches_nobody_though_the_call_was_accepted(braze):
    schedule_id = braze.booked(email={"body": "<p>{{ broken</p>"})
    braze.later(hours=1)
    assert braze.deliveries(schedule_id) == []
    assert set(braze.drops(schedule_id)) == {"ada", "bob", "eve"}


def test_a_campaign_without_re_eligibility_reaches_people_once(braze):
    once = {"id": "once", "name": "Once", "re_eligible": False, "variations": [{"id": "leith", "name": "L"}]}
    braze.post(
        "/sandbox/workspaces",
        {
            "name": "bluebird",
            "keys": [{"key": "key-of-the-portal"}],
            "app_ids": ["app-1"],
            "campaigns": [once],
        },
    )
    assert sent_to(braze, campaign_id="once") == {"ada", "bob", "eve"}
    again = braze.booked(campaign_id="once")
    braze.later(hours=1)
    assert set(braze.drops(again).values()) == {"not re-eligible for the campaign"}


def test_a_local_time_comes_when_each_clock_shows_it(braze):
    track(braze, external_id="ada", time_zone="Asia/Tokyo")
    track(braze, external_id="eve", time_zone="America/New_York")
    schedule_id = braze.booked(schedule={"time": "2026-11-24T09:00:00", "in_local_time": True})
    reached = []
    for hours in (11.9, 0.2, 8.9, 5):  # Tokyo 0:00 UTC, the company 9:00, New York 14:00
        braze.later(hours=hours)
        reached.append(braze.receivers(schedule_id))
    assert reached == [set(), {"ada"}, {"ada", "bob"}, {"ada", "bob", "eve"}]
    braze.later(hours=24)
    assert len(braze.deliveries(schedule_id)) == 3


def test_a_message_half_sent_by_a_killed_process_is_sent_by_the_next(braze):
    schedule_id = braze.booked()
    braze.now = braze.now.replace(hour=13)
    assert braze.sandbox.schedules.take_due(braze.now.timestamp()) is not None
    braze.courier.beat()
    assert len(braze.deliveries(schedule_id)) == 3
