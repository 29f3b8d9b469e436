"""What a key may do, found by probes that could not do anything even if Braze took them."""

from __future__ import annotations

import pytest

from branding.scope import brand_scope
from braze_client.probes import PROBES
from tests.keyed import NEXT_KEY, connection, events, verdict, verdicts
from tests.sandboxed import answers, cut_before_accepting, meanwhile, unreachable
from workspace import checkup, keys, questions, tasks
from workspace.models import Workspace
from workspace.permissions import EXTRA, NEEDED

pytestmark = pytest.mark.django_db

TEN = {each.name for each in NEEDED}


def test_every_permission_is_asked_for_once_and_the_list_of_segments_first(braze, bluebird, grant, look):
    grant()
    look()

    assert braze.calls == [probe.path for probe in PROBES.values()]
    assert set(PROBES) == TEN | {each.name for each in EXTRA}


def test_nothing_is_sent_made_or_changed(braze, bluebird, grant, look):
    grant()
    look()

    for path in ("/messages/schedule/create", "/messages/send", "/sends/id/create", "/users/track"):
        assert braze.ledger(path) == []


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("lacking", sorted(TEN))
def test_a_missing_permission_is_told_from_those_held(braze, bluebird, grant, look, status, lacking):
    braze.sandbox.choices = braze.sandbox.choices.changed({"missing_permission": status})
    grant(lacking={lacking})

    assert look().key_refused_since is None
    found = verdicts(bluebird)
    assert {name for name in TEN if found[name] != "held"} == {lacking}
    assert found[lacking] == "missing"


def test_a_key_that_braze_does_not_know_is_refused_and_says_nothing_of_permissions(
    bluebird, braze, revoke, look
):
    revoke()

    assert look().key_refused_since is not None
    assert verdicts(bluebird) == {}


def test_a_key_without_any_permission_is_not_a_wrong_key_where_braze_says_403(braze, bluebird, grant, look):
    braze.sandbox.choices = braze.sandbox.choices.changed({"missing_permission": 403})
    grant(only=())

    assert look().key_refused_since is None
    assert {found for name, found in verdicts(bluebird).items() if name in TEN} == {"missing"}


def test_where_a_missing_permission_is_known_to_be_a_403_one_401_is_enough(braze, bluebird, revoke, look):
    with brand_scope(bluebird.pk):
        questions.learn(Workspace.objects.get(), "missing_permission", "403")
    revoke()

    assert look().key_refused_since is not None
    assert len(braze.calls) == 1


def test_an_unclear_answer_is_unknown(braze, bluebird, grant, look):
    grant()
    braze.will("/users/track", *[answers(503, "<html>busy</html>")] * 9)

    look()

    assert verdicts(bluebird)["users.track"] == "unknown"


def test_and_does_not_unsettle_what_was_clear(braze, bluebird, grant, look, clock):
    grant()
    look()
    before = verdict(bluebird, "users.track")
    clock.move(hours=2)
    braze.will("/users/track", *[answers(503)] * 9)

    look()

    after = verdict(bluebird, "users.track")
    assert (after.verdict, after.since, after.checked_at) == ("held", before.since, before.checked_at)
    assert after.words


def test_since_stays_while_the_verdict_stays(braze, bluebird, grant, look, clock):
    grant()
    look()
    first = verdict(bluebird, "segments.list")
    clock.move(days=2)
    look()
    second = verdict(bluebird, "segments.list")
    clock.move(days=2)
    grant(lacking={"segments.list"})
    look()
    third = verdict(bluebird, "segments.list")

    assert second.since == first.since
    assert second.checked_at > first.checked_at
    assert third.since > second.checked_at


def test_a_turn_is_kept_once_however_often_it_is_found(braze, bluebird, grant, revoke, look, clock):
    grant()
    look()
    grant(lacking={"users.track"})
    for _day in range(3):
        clock.move(days=1)
        look()
    grant()
    look()
    revoke()
    look()
    look()
    grant()
    look()

    assert events(bluebird) == [
        ("permission_lost", "users.track"),
        ("permission_back", "users.track"),
        ("key_refused", ""),
        ("key_accepted", ""),
    ]


def test_the_first_look_at_a_key_is_no_turn(bluebird, braze, grant, look):
    grant(lacking={"users.track"})
    look()

    assert events(bluebird) == []


def test_when_braze_cannot_be_reached_the_page_says_so_and_nothing_is_judged(braze, bluebird, look):
    braze.will("/segments/list", *[unreachable] * 9)

    row = look()

    assert "could not be reached" in row.check_trouble
    assert (row.key_refused_since, verdicts(bluebird)) == (None, {})
    assert row.checked_at is not None


def test_a_connection_that_breaks_later_leaves_the_rest_judged(braze, bluebird, grant, look):
    grant()
    braze.will("/segments/details", *[cut_before_accepting] * 9)

    look()

    found = verdicts(bluebird)
    assert (found["segments.details"], found["segments.list"]) == ("unknown", "held")


def test_a_key_that_cannot_be_opened_is_trouble_and_no_error(braze, bluebird, settings, look):
    settings.ENCRYPTION_KEYS = ["somebody else's"]

    assert "set it again" in look().check_trouble
    assert braze.calls == []


def test_the_day_s_hundred_send_ids_are_asked_about_once_a_day(braze, bluebird, grant, look, clock):
    grant()
    for _check in range(3):
        look()
    assert braze.count("/sends/id/create") == 1

    clock.move(hours=25)
    look()

    assert braze.count("/sends/id/create") == 2


def test_the_campaign_is_seen_where_the_key_allows(braze, bluebird, grant, look):
    grant()
    seen = {"name": "Portal", "schedule_type": "api_campaign", "messages": {
        "default-bluebird": {"channel": "email", "name": "Default"}, "push": {"channel": "ios_push"},
    }}  # fmt: skip
    braze.will("/campaigns/details", answers(200, seen))

    assert look().campaign_seen == {
        "name": "Portal", "schedule_type": "api_campaign", "is_archived": False, "variations": ["default-bluebird"],
    }  # fmt: skip


# Both keys


def test_the_waiting_key_has_verdicts_of_its_own(braze, bluebird, grant, look, waiting_key):
    grant()
    grant(NEXT_KEY, lacking={"users.track"})

    look()

    assert verdicts(bluebird)["users.track"] == "held"
    assert verdicts(bluebird, of_next_key=True)["users.track"] == "missing"
    assert events(bluebird) == []


def test_a_waiting_key_that_braze_does_not_know_is_marked_so(braze, bluebird, grant, look, waiting_key):
    grant()

    row = look()

    assert row.next_key_refused_since is not None
    assert row.key_refused_since is None


# When


def test_a_promised_check_is_made_once(braze, bluebird, grant, celery_here):
    grant()
    with brand_scope(bluebird.pk):
        keys.want_check(Workspace.objects.get())

    tasks.sweep()
    tasks.sweep()

    assert braze.count("/segments/list") == 1
    assert connection(bluebird).check_wanted_at is None


def test_every_key_is_looked_at_daily(braze, bluebird, brightwater, grant, celery_here, clock):
    grant()
    tasks.sweep()
    tasks.sweep()
    assert braze.count("/segments/list") == 2  # a brand each

    clock.move(hours=25)
    tasks.sweep()

    assert braze.count("/segments/list") == 4


def test_a_brand_without_a_key_is_not_looked_at(braze, bluebird, celery_here):
    with brand_scope(bluebird.pk):
        Workspace.objects.update(api_key_encrypted=b"")

    tasks.sweep()

    assert braze.calls == []


def test_a_check_that_is_under_way_is_not_made_twice(braze, bluebird, grant):
    grant()
    braze.will("/segments/list", meanwhile(lambda: checkup.run(bluebird.pk)))

    checkup.run(bluebird.pk)

    assert braze.count("/segments/list") == 1


def test_a_check_that_died_is_made_again(braze, bluebird, grant, celery_here, clock):
    grant()
    with brand_scope(bluebird.pk):
        Workspace.objects.update(check_begun_at=clock.now(), check_wanted_at=clock.now())
    tasks.sweep()
    assert braze.calls == []

    clock.move(minutes=30)
    tasks.sweep()

    assert verdicts(bluebird)["segments.list"] == "held"


def test_a_key_set_while_the_old_one_is_looked_at_is_not_judged_by_it(braze, bluebird, grant, revoke):
    def set_anew() -> None:
        grant(NEXT_KEY)
        with brand_scope(bluebird.pk):
            row = Workspace.objects.get()
            row.set_api_key(NEXT_KEY)
            row.save()
            keys.want_check(row)

    revoke()
    braze.will("/segments/list", meanwhile(set_anew))

    assert checkup.run(bluebird.pk) is True

    assert connection(bluebird).key_refused_since is None
    checkup.run(bluebird.pk)
    assert verdicts(bluebird)["users.track"] == "held"


def test_how_far_it_is_can_be_seen_meanwhile(braze, bluebird, grant):
    grant()
    seen = []
    step = meanwhile(lambda: seen.append(connection(bluebird).check_step))
    braze.will("/segments/details", step)
    braze.will("/custom_attributes", step)

    checkup.run(bluebird.pk)

    assert seen == [1, len(PROBES) - 1]


def test_asking_again_for_refusals_is_at_most_one_check_a_minute(braze, bluebird, grant, clock, look):
    grant()
    look()
    with brand_scope(bluebird.pk):
        keys.key_refused(Workspace.objects.get())
        assert Workspace.objects.get().check_wanted_at is None
        clock.move(seconds=61)
        keys.key_refused(Workspace.objects.get())
        wanted = Workspace.objects.get().check_wanted_at
        clock.move(seconds=5)
        keys.key_refused(Workspace.objects.get())

        assert wanted is not None
        assert Workspace.objects.get().check_wanted_at == wanted
