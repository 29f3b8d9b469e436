"""Send ids and what is counted under them."""

from __future__ import annotations

import pytest

DAY = 24


def make(braze, send_id="d1"):
    return braze.post("/sends/id/create", {"campaign_id": "campaign-1", "send_id": send_id})


def series(braze, send_id="d1", **query):
    return braze.get(
        "/sends/data_series", **{"campaign_id": "campaign-1", "send_id": send_id, "length": 1, **query}
    )


def total(braze, metric, **query):
    rows = series(braze, length=20, **query).json()["data"]
    return sum(entry[metric] for row in rows for entry in row["messages"]["email"])


def crowd(braze, size):
    people = [{"external_id": f"m{n}", "email": f"m{n}@example.org", "store_id": "99"} for n in range(size)]
    braze.post("/sandbox/profiles", {"workspace": "bluebird", "profiles": people})


def test_a_hundred_new_ids_a_day(braze):
    braze.choose(send_ids_per_day=2)
    first = make(braze, "a")
    assert first.json() == {"message": "success", "send_id": "a"}
    assert first.headers["X-RateLimit-Remaining"] == "1"
    assert [make(braze, one).status_code for one in ("a", "b", "c")] == [201, 201, 429]
    braze.later(hours=12)
    assert make(braze, "c").status_code == 201


def test_the_day_of_send_ids_ends_at_midnight_utc(braze):
    reset = int(make(braze).headers["X-RateLimit-Reset"])
    assert reset - braze.now.timestamp() == 12 * 3600


def test_an_existing_id_can_be_refused(braze):
    make(braze)
    braze.choose(repeated_send_id="refuse")
    assert make(braze).status_code == 400


@pytest.mark.parametrize("send_id", ["x" * 65, "ü", "", 5])
def test_an_id_is_up_to_64_ascii_characters(braze, send_id):
    assert make(braze, send_id).status_code == 400


def test_an_id_is_made_if_none_is_given(braze):
    answer = braze.post("/sends/id/create", {"campaign_id": "campaign-1"})
    assert len(answer.json()["send_id"]) == 32


@pytest.mark.parametrize(
    "query",
    [
        {"campaign_id": "x"},
        {"send_id": "x"},
        {"length": 0},
        {"length": 101},
        {"length": "x"},
        {"ending_at": "x"},
    ],
)
def test_a_wrong_question_is_a_400(braze, query):
    make(braze)
    assert series(braze, **query).status_code == 400


def test_days_are_dense_and_oldest_first(braze):
    make(braze)
    braze.booked(send_id="d1")
    braze.later(hours=1)
    rows = series(braze, length=3).json()["data"]
    assert [row["time"] for row in rows] == ["2026-11-21", "2026-11-22", "2026-11-23"]
    assert [row["messages"]["email"][0]["sent"] for row in rows] == [0, 0, 3]
    assert rows[2]["unique_recipients"] == 3


def test_opens_and_clicks_come_in_over_two_days_and_add_up(braze):
    make(braze)
    crowd(braze, 2_000)
    braze.booked(send_id="d1")
    braze.later(hours=1)
    assert total(braze, "opens") == 0
    steps = []
    for _ in range(8):
        braze.later(hours=6)
        steps.append(total(braze, "unique_opens"))
    assert steps == sorted(steps)
    assert 0.2 < steps[-1] / 2_003 < 0.7
    assert 0 < total(braze, "unique_clicks") <= total(braze, "clicks") < total(braze, "opens")
    assert total(braze, "machine_open") > 0
    assert total(braze, "delivered") + total(braze, "bounces") == total(braze, "sent") == 2_003
    braze.later(hours=2 * DAY)
    assert total(braze, "unique_opens") == steps[-1]


def test_who_unsubscribes_or_bounces_gets_no_more(braze):
    make(braze)
    crowd(braze, 2_000)
    braze.booked(send_id="d1")
    braze.later(hours=1)
    braze.later(hours=2 * DAY)
    gone = total(braze, "unsubscribes") + total(braze, "bounces") + total(braze, "reported_spam")
    assert gone > 0
    again = braze.booked()
    braze.later(hours=1)
    assert len(braze.drops(again)) == gone


def test_the_same_seed_gives_the_same_numbers(braze, tmp_path):
    from braze_sandbox.engagement import plan

    assert plan("1:7", 0, 1) == plan("1:7", 0, 1)
    assert plan("1:7", 100, 600) == [(100 + at / 600, kind) for at, kind in plan("1:7", 0, 1)]


def test_after_fourteen_days_there_is_nothing(braze):
    make(braze)
    braze.booked(send_id="d1")
    braze.later(hours=1)
    braze.later(hours=14 * DAY)
    assert series(braze).json()["data"] != []
    braze.later(hours=DAY)
    assert series(braze).json() == {"data": [], "message": "success"}


def test_listed_people_count_unless_chosen_otherwise(braze):
    make(braze)
    listed = {"broadcast": None, "audience": None, "external_user_ids": ["ada"], "send_id": "d1"}
    braze.booked(**listed)
    braze.later(hours=1)
    assert total(braze, "sent") == 1
    braze.choose(listed_sends="not_counted")
    braze.booked(**listed)
    braze.later(hours=1)
    assert total(braze, "sent") == 1


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ("both", {"variation_name", "variation_api_id"}),
        ("name", {"variation_name"}),
        ("id", {"variation_api_id"}),
    ],
)
def test_an_entry_names_its_variation_in_the_chosen_way(braze, choice, names):
    make(braze)
    braze.choose(series_entry=choice)
    braze.booked(send_id="d1")
    braze.later(hours=1)
    [entry] = series(braze).json()["data"][0]["messages"]["email"]
    assert {name for name in entry if name.startswith("variation")} == names


def test_variations_of_one_send_id_are_kept_apart(braze):
    past = [
        {
            "campaign_id": "campaign-1",
            "send_id": "old",
            "variation_id": variation,
            "days": [{"time": "2026-11-22", "sent": sent}],
        }
        for variation, sent in (("leith", 10), ("sms", 5))
    ]
    from tests.braze_sandbox.conftest import WORKSPACE

    for _ in range(2):
        braze.post("/sandbox/workspaces", {**WORKSPACE, "sends": past})
    messages = series(braze, "old", length=2).json()["data"][0]["messages"]
    [email], [sms] = messages["email"], messages["sms"]
    assert (email["variation_name"], email["sent"]) == ("Leith Walk", 10)
    assert (sms["variation_name"], sms["sent"], sms["sent_to_carrier"]) == ("Text", 5, 5)
