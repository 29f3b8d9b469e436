"""What the documentation leaves open is asked of the workspace itself, harmlessly, and read as Braze answers."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from branding.scope import brand_scope
from delivery.models import SendId
from tests.sandboxed import CREATE, answers, cut_after_accepting, unreachable, workspace
from workspace import questions
from workspace.models import BrazeAnswer, Workspace

pytestmark = pytest.mark.django_db

TESTER = "colleague-7"
DELETE, UPDATE = "/messages/schedule/delete", "/messages/schedule/update"


@pytest.fixture
def ask(braze, bluebird):
    """`ask("--tester", "colleague-7")`: what the command said; `choices` are the sandbox's."""

    def ask(*options: str, **choices) -> str:
        braze.sandbox.choices = braze.sandbox.choices.changed(choices)
        out = io.StringIO()
        call_command("braze_questions", "--brand", "bluebird", *options, stdout=out, stderr=out)
        return out.getvalue()

    return ask


def learned(brand) -> dict[str, str]:
    with brand_scope(brand.pk):
        return dict(BrazeAnswer.objects.values_list("question", "answer"))


# Harmless


def test_a_dry_run_says_what_it_would_do_and_calls_nobody(braze, bluebird, ask):
    told = ask("--tester", TESTER, "--dry-run")

    assert "Schedule a message for the tester" in told
    assert "uses up one of today's hundred" in told
    assert (braze.calls, learned(bluebird)) == ([], {})


def test_without_a_tester_nothing_is_scheduled(braze, ask):
    told = ask()

    assert "for the tester" not in told
    assert braze.ledger(CREATE) == []


def test_only_the_tester_is_a_recipient_and_only_of_messages_that_end_themselves(braze, ask):
    ask("--tester", TESTER, "--near-times")

    bodies = braze.ledger(CREATE)
    assert bodies
    for body in bodies:
        assert body["external_user_ids"] == [TESTER]
        assert not {"broadcast", "segment_id", "audience"} & body.keys()
        assert "abort_message" in body["messages"]["email"]["body"]
        assert "abort_message" in body["messages"]["email"]["plaintext_body"]


def test_without_leave_for_near_times_all_are_far_ahead(braze, ask):
    ask("--tester", TESTER)

    times = [body["schedule"]["time"] for body in braze.ledger(CREATE)]
    assert len(times) == len(questions.HORIZONS)
    assert min(times) > "2026-12-15"


def test_every_schedule_is_deleted_again(braze, ask):
    ask("--tester", TESTER)

    rows = braze.sandbox.database.rows("SELECT state FROM schedules")
    assert {row["state"] for row in rows} == {"cancelled"}


def test_one_that_could_not_be_deleted_is_named(braze, ask):
    braze.will(DELETE, answers(400), *[answers(500)] * 40)

    told = ask("--tester", TESTER)

    assert "could not be deleted. It is for colleague-7 alone" in told


def test_no_profile_is_made_by_asking(braze, ask):
    ask()

    assert braze.sandbox.database.number("SELECT count(*) FROM profiles") == 0


def test_near_times_need_somebody_to_be_for(ask):
    with pytest.raises(CommandError, match="tester"):
        ask("--near-times")


# Answers


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"repeated_send_id": "accept"}, {"repeated_send_id": "accepted"}),
        ({"repeated_send_id": "refuse"}, {"repeated_send_id": "refused"}),
        ({"repeated_delete": "accept"}, {"delete_of_unknown": "accepted", "delete_of_deleted": "accepted"}),
        ({"repeated_delete": "refuse"}, {"delete_of_unknown": "refused", "delete_of_deleted": "refused"}),
        ({"past_time": "send_now"}, {"past_time": "accepted", "smallest_lead": "5"}),
        ({"past_time": "refuse"}, {"past_time": "refused"}),
        ({"dark_segment": "empty"}, {"segment_without_analytics": "empty"}),
        ({"dark_segment": "zeros"}, {"segment_without_analytics": "zeros"}),
        ({"dark_segment": "refuse"}, {"segment_without_analytics": "refused"}),
        ({"track_errors": "text"}, {"track_errors": "sentences"}),
        ({"track_errors": "code"}, {"track_errors": "codes"}),
        ({}, {"update_of_live": "accepted", "delete_of_live": "accepted", "furthest_horizon": "730"}),
        ({}, {"send_ids_reset": "midnight_utc"}),
    ],
)
def test_what_braze_does_is_what_is_learned(braze, bluebird, ask, choices, expected):
    segments = [{"id": "dark", "name": "Dark", "analytics": False}]
    braze.sandbox.workspaces.define({**workspace("bluebird", "Leith"), "segments": segments})

    ask("--tester", TESTER, "--near-times", **choices)

    found = learned(bluebird)
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize("status", [401, 403])
def test_the_status_of_a_missing_permission_is_seen_where_one_is_missing(braze, bluebird, grant, ask, status):
    grant(lacking={"messages.send"})

    ask(missing_permission=status)

    found = learned(bluebird)
    assert (found["missing_permission"], found["permission_before_validation"]) == (str(status), "yes")


def test_a_key_that_holds_everything_tells_nothing_of_it(braze, bluebird, grant, ask):
    grant()
    ask()

    assert "missing_permission" not in learned(bluebird)


@pytest.mark.parametrize("entry", ["both", "name", "id"])
def test_how_numbers_name_a_variation_is_read_from_a_mailing_that_went_out(
    braze, bluebird, ask, clock, entry
):
    yesterday = clock.now().date().fromordinal(clock.now().date().toordinal() - 1)
    with brand_scope(bluebird.pk):
        send = SendId.objects.create(
            campaign_id="campaign-bluebird",
            day=yesterday,
            number=0,
            value="smartersends-1",
            is_known_to_braze=True,
        )
    braze.sandbox.database.run(
        "INSERT INTO send_ids VALUES (?, ?, ?, ?)", "bluebird", "campaign-bluebird", send.value, 1
    )
    braze.counted(send.value, "variation-leith", yesterday.isoformat(), sent=5)

    ask(series_entry=entry)

    assert learned(bluebird)["series_entry"] == entry


def test_an_unclear_answer_is_none_and_the_rest_is_asked(braze, bluebird, ask):
    braze.will("/sends/id/create", cut_after_accepting)
    braze.will("/segments/list", *[unreachable] * 9)

    told = ask()

    assert "No clear answer" in told
    assert "repeated_send_id" not in learned(bluebird)
    assert learned(bluebird)["delete_of_unknown"] == "refused"


# What only a person sees


def test_what_somebody_saw_can_be_kept(braze, bluebird, ask):
    ask("--answer", "raw_tag=yes", "--answer", "listed_sends_counted=no")

    assert learned(bluebird) == {"raw_tag": "yes", "listed_sends_counted": "no"}
    assert braze.calls == []


@pytest.mark.parametrize("nonsense", ["raw_tag=perhaps", "colour=blue", "raw_tag"])
def test_nonsense_is_refused_with_what_there_is(ask, nonsense):
    with pytest.raises(CommandError, match=r"can be answered by yes, no|There are: missing_permission"):
        ask("--answer", nonsense)


# Where they are used


def test_answers_are_read_by_question_and_as_numbers(bluebird):
    with brand_scope(bluebird.pk):
        row = Workspace.objects.get()
        assert questions.answer_of(row, "past_time") is None
        assert questions.number_of(row, "smallest_lead", otherwise=15) == 15
        questions.learn(row, "smallest_lead", "60")
        questions.learn(row, "past_time", "refused")

        assert questions.answer_of(row, "past_time") == "refused"
        assert questions.number_of(row, "smallest_lead", otherwise=15) == 60
        with pytest.raises(KeyError):
            questions.answer_of(row, "colour")


def test_the_page_shows_what_was_learned_and_what_it_changes(bluebird, client_of, erin):
    with brand_scope(bluebird.pk):
        questions.learn(Workspace.objects.get(), "repeated_send_id", "refused", "400 send_id already exists")

    told = client_of(erin).get("/braze/").content.decode()

    assert "Making a send id that exists" in told
    assert "400 send_id already exists" in told
    assert "15 questions have no answer yet" in told


def test_each_question_says_what_its_answer_changes():
    for each in questions.QUESTIONS:
        assert str(each.words)
        assert str(each.changes)
        assert len(each.answers) > 1
