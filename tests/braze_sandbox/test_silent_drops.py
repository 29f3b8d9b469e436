"""Who gets nothing although the call was accepted; only the activity log says why."""

from __future__ import annotations

import pytest

from tests.braze_sandbox.conftest import WORKSPACE

ALL = {"ada", "bob", "eve"}


def define(braze, **changes):
    answer = braze.post("/sandbox/workspaces", {**WORKSPACE, **changes})
    assert answer.status_code == 200, answer.text


def campaign(re_eligible):
    [known] = WORKSPACE["campaigns"]
    return {"campaigns": [{**known, "re_eligible": re_eligible}]}


def sent(braze, **changes):
    schedule_id = braze.booked(schedule={"time": braze.now.isoformat()}, **changes)
    braze.later(seconds=1)
    return schedule_id


def test_after_the_days_of_its_rule_a_campaign_comes_again(braze):
    define(braze, **campaign(7))
    sent(braze)
    again = sent(braze)
    assert braze.drops(again) == dict.fromkeys(
        ALL, "not re-eligible for the campaign before 7 days have passed"
    )
    braze.later(days=7)
    assert braze.receivers(sent(braze)) == ALL


@pytest.mark.parametrize(("rule", "who"), [(True, ALL), (0, ALL), (False, set())])
def test_a_campaign_comes_always_or_never_again(braze, rule, who):
    define(braze, **campaign(rule))
    sent(braze)
    braze.later(days=400)
    assert braze.receivers(sent(braze)) == who


def test_a_frequency_cap_holds_back_what_is_too_much(braze):
    define(braze, frequency_caps=[{"messages": 2, "days": 1}])
    assert [len(braze.receivers(sent(braze))) for _ in range(2)] == [3, 3]
    capped = sent(braze)
    assert braze.drops(capped) == dict.fromkeys(ALL, "frequency cap: 2 messages of any channel in 1 day")
    braze.later(days=1)
    assert braze.receivers(sent(braze)) == ALL


def test_a_message_may_be_above_the_caps(braze):
    define(braze, frequency_caps=[{"messages": 1, "days": 1}])
    sent(braze)
    assert braze.receivers(sent(braze, override_messaging_limits=True)) == ALL


def test_a_cap_of_another_channel_holds_nothing_back(braze):
    define(braze, frequency_caps=[{"messages": 1, "days": 1, "channel": "sms"}])
    sent(braze)
    assert braze.receivers(sent(braze)) == ALL


def test_what_bounced_once_is_not_tried_again(braze):
    braze.choose(bounce_share=1)
    first = sent(braze)
    assert all(one["bounced"] for one in braze.deliveries(first))
    braze.choose(bounce_share=0)
    assert braze.drops(sent(braze)) == dict.fromkeys(ALL, "the address bounced earlier")


def test_a_new_address_is_tried(braze):
    braze.choose(bounce_share=1)
    sent(braze)
    braze.choose(bounce_share=0)
    braze.post("/users/track", {"attributes": [{"external_id": "ada", "email": "ada@new.example"}]})
    assert braze.receivers(sent(braze)) == {"ada"}


@pytest.mark.parametrize(
    "wish",
    [
        {"frequency_caps": [{"messages": 0}]},
        {"frequency_caps": [7]},
        {"frequency_caps": [{"messages": 1, "days": 0}]},
        campaign("often"),
        campaign(-1),
        {"keys": [{"key": "k", "addresses": ["nowhere"]}]},
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(braze, wish):
    assert braze.post("/sandbox/workspaces", {**WORKSPACE, **wish}).status_code == 400
