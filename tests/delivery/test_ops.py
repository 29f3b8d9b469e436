"""What ops see and do in the admin: the queue, the budget, the stop of all, and deeds by hand with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from branding.scope import across_brands
from campaigns.models import Campaign
from campaigns.tasks import follow_dispatches
from delivery import queue, tasks
from delivery.models import Dispatch, InstallationStop, SealedMessage
from tests.conftest import fresh, home, kept
from tests.factories import API_KEY
from tests.sandboxed import CREATE, SEND_ID, answers, cut_after_accepting

pytestmark = pytest.mark.django_db

State, Status = Dispatch.State, Campaign.Status
LIST, PAGE = "admin:delivery_dispatch_changelist", "admin:delivery_sending"


@pytest.fixture
def ops(client_of, olga) -> Client:
    browser: Client = client_of(olga)
    return browser


@pytest.fixture
def act(ops) -> Callable[..., Any]:
    """`act("try_again", dispatch, because="…")`: as the admin's form does."""

    def act(action: str, dispatch: Dispatch, **reason: str) -> Any:
        return ops.post(reverse(LIST), {"action": action, "_selected_action": dispatch.pk, **reason})

    return act


@pytest.fixture
def refused(braze, promise) -> Dispatch:
    braze.will(CREATE, answers(400, {"message": "Variation is gone"}))
    done = kept(promise(send_at=timezone.now() + timedelta(hours=3)))
    follow_dispatches()
    return done


@pytest.fixture
def unknown(braze, promise) -> Dispatch:
    braze.will(CREATE, cut_after_accepting)
    return kept(promise(send_at=timezone.now() + timedelta(hours=3)))


def campaign_of(dispatch: Dispatch) -> Campaign:
    with home(dispatch):
        found: Campaign = Campaign.objects.get(dispatch=dispatch)
    return found


def audited(dispatch: Dispatch) -> list[tuple[str, str, int | None]]:
    with home(dispatch):
        return list(AuditEntry.objects.values_list("action", "note", "actor_id"))


# By hand


def test_tried_again_a_refused_one_goes_and_its_campaign_lives_again(braze, refused, act, olga):
    assert campaign_of(refused).status == Status.NOT_SENT

    act("try_again", refused, because="The variation is back")
    follow_dispatches()

    assert campaign_of(refused).status == Status.SCHEDULED
    assert audited(refused) == [("dispatch_retried", "The variation is back", olga.pk)]
    assert kept(refused).state == State.SCHEDULED


def test_even_if_it_was_sent_before_anybody_followed(braze, refused, act, clock, celery_here):
    act("try_again", refused, because="The variation is back")
    kept(refused)
    clock.move(hours=4)
    tasks.sweep()
    follow_dispatches()

    assert campaign_of(refused).status == Status.SENT


@pytest.mark.parametrize(
    ("action", "status", "words"),
    [
        ("settle_as_sent", Status.SENT, "It was sent. Seen in the log"),
        ("settle_as_not_sent", Status.NOT_SENT, "It was not sent. Seen in the log"),
    ],
)
def test_an_unknown_one_is_settled_and_its_campaign_follows(unknown, act, olga, action, status, words):
    act(action, unknown, because="Seen in the log")
    follow_dispatches()

    assert campaign_of(unknown).status == status
    assert audited(unknown) == [("dispatch_resolved", words, olga.pk)]
    assert "Seen in the log" in fresh(unknown).outcome


@pytest.mark.parametrize("reason", [{}, {"because": ""}, {"because": "   "}])
@pytest.mark.parametrize("action", ["try_again", "settle_as_sent", "settle_as_not_sent"])
def test_nothing_is_done_without_a_reason(refused, act, action, reason):
    answer = act(action, refused, **reason)

    assert answer.status_code == (422 if reason else 200)
    assert "Why?" in answer.content.decode()
    assert fresh(refused).state == State.REFUSED
    assert audited(refused) == []


def test_what_cannot_be_done_is_said_and_not_audited(refused, act, ops):
    act("settle_as_sent", refused, because="Guess")

    page = ops.get(reverse(LIST)).content.decode()
    assert "Its outcome is not unknown" in page
    assert audited(refused) == []


def test_nothing_is_sent_late_by_hand(refused, act, ops, clock):
    clock.move(hours=4)

    act("try_again", refused, because="Better late")

    assert fresh(refused).state == State.REFUSED
    assert "Nothing is sent late" in ops.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("who", ["erin", "dave"])
def test_nobody_of_a_brand_can_do_it(request, refused, client_of, who):
    browser = client_of(request.getfixturevalue(who))
    form = {"action": "try_again", "_selected_action": refused.pk, "because": "Please"}

    assert browser.post(reverse(LIST), form)["Location"].startswith("/admin/login/")
    assert browser.get(reverse(PAGE))["Location"].startswith("/admin/login/")
    assert browser.post(reverse(PAGE), {"stop": 1, "because": "x"})["Location"].startswith("/admin/login/")
    assert not InstallationStop.objects.exists()


# The list


@pytest.mark.parametrize(("age", "minutes"), [("1m", 1), ("10m", 10), ("1h", 60)])
def test_the_list_is_filtered_by_age(ops, dispatch, age, minutes):
    address = reverse(LIST) + f"?over={age}"
    row = f"/dispatch/{dispatch.pk}/change/"
    assert row not in ops.get(address).content.decode()

    with home(dispatch):
        older = timezone.now() - timedelta(minutes=minutes, seconds=5)
        Dispatch.objects.filter(pk=dispatch.pk).update(created_at=older)

    assert row in ops.get(address).content.decode()


def test_what_braze_has_is_not_waiting_however_old(ops, braze, promise):
    done = kept(promise(send_at=timezone.now() + timedelta(days=3)))
    with home(done):
        Dispatch.objects.filter(pk=done.pk).update(created_at=timezone.now() - timedelta(hours=2))

    assert f"/dispatch/{done.pk}/change/" not in ops.get(reverse(LIST) + "?over=1h").content.decode()


def test_the_list_counts_no_rows(ops, dispatch):
    with CaptureQueriesContext(connection) as asked:
        ops.get(reverse(LIST))

    counts = [each["sql"] for each in asked if "COUNT(" in each["sql"] and "delivery_dispatch" in each["sql"]]
    assert counts == []


# The queue


def test_the_queue_is_told_by_brand_and_state(ops, braze, promise, unknown, other_house):
    promise("Portobello")
    page = ops.get(reverse(PAGE)).content.decode()

    with across_brands("test"):
        by_name = {line.brand.name: line for line in queue.lines()}
    assert by_name["Bluebird Coffee"].counts == {State.PENDING: 1, State.UNKNOWN: 1}
    assert by_name["Brightwater Trust"].counts == {}
    assert "1 to go" in page
    assert API_KEY not in page


def test_what_a_key_has_left_is_told_by_window(ops, braze, dispatch):
    kept(dispatch)

    with across_brands("test"):
        [line] = queue.lines()
    assert line.budgets is not None
    assert {each.bucket.name: each.used for _name, each in line.budgets}["send_ids"] == 1
    assert braze.count(SEND_ID) == 1


@pytest.fixture
def many_ended(dispatch):
    """So many that the planner has to choose well."""
    with home(dispatch):
        messages = SealedMessage.objects.bulk_create(
            SealedMessage(content={}, content_hash="x") for _each in range(1000)
        )
        group, planned_at = dispatch.group, timezone.now() - timedelta(days=30)
        Dispatch.objects.bulk_create(
            Dispatch(
                group=group, message=message, planned_at=planned_at, booked_for=planned_at, state=State.DONE
            )
            for message in messages
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE delivery_dispatch")


@pytest.mark.usefixtures("many_ended")
@pytest.mark.parametrize("states", queue.UNDER_WAY, ids=["waiting", "calling", "at braze"])
def test_no_count_reads_what_has_ended(states):
    """Each count is answered by a partial index, so that a million sent campaigns cost nothing."""
    with across_brands("test"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = queue._counted(states).explain()

    assert "Seq Scan on delivery_dispatch" not in plan
    assert any(name in plan for name in ("delivery_due", "delivery_calling", "delivery_awaiting"))


# The installation


def test_all_sending_is_stopped_with_a_reason_and_lifted(ops, braze, promise, celery_here):
    booked = kept(promise(send_at=timezone.now() + timedelta(days=1)))
    ops.post(reverse(PAGE), {"stop": "1", "because": "Wrong legal text"})
    tasks.sweep()
    assert fresh(booked).state == State.PENDING
    assert "Wrong legal text" in ops.get(reverse(PAGE)).content.decode()

    ops.post(reverse(PAGE), {"lift": "1"})
    tasks.sweep()
    assert fresh(booked).state == State.SCHEDULED
    assert InstallationStop.objects.get().lifted_by == "Olga"


def test_not_without_a_reason(ops, braze):
    answer = ops.post(reverse(PAGE), {"stop": "1", "because": " "})

    assert answer.status_code == 422
    assert not InstallationStop.objects.exists()


def test_the_audit_trail_can_be_read_there_and_not_changed(ops, refused, act):
    act("try_again", refused, because="The variation is back")
    with home(refused):
        entry = AuditEntry.objects.get()

    assert (
        "The variation is back" in ops.get(reverse("admin:accounts_auditentry_changelist")).content.decode()
    )
    change = reverse("admin:accounts_auditentry_change", args=[entry.pk])
    assert ops.post(change, {"note": "Nothing happened"}).status_code == 403
    assert ops.post(reverse("admin:accounts_auditentry_delete", args=[entry.pk])).status_code == 403
