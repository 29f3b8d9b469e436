"""What came of a send: measured numbers only, each dispatch its own, and gaps shown as gaps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from braze_client import SendSeries
from campaigns.models import Campaign
from campaigns.tasks import follow_dispatches
from delivery.models import Dispatch
from insights import services, tasks
from insights.models import DayNumbers, Numbers, Poll
from tests.conftest import fresh, home, kept
from tests.sandboxed import CREATE, SERIES, answers, cut_after_accepting, cut_before_accepting, unreachable
from workspace.models import Workspace

pytestmark = pytest.mark.django_db

State = Dispatch.State


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def poll(dispatch: Dispatch) -> None:
    assert dispatch.brand_id is not None
    services.poll(dispatch.brand_id, dispatch.send_id_id or 0)


def totals(dispatch: Dispatch) -> Numbers | None:
    with home(dispatch):
        found: Numbers | None = Numbers.objects.filter(dispatch=dispatch).first()
    return found


def asked(dispatch: Dispatch) -> Poll:
    with home(dispatch):
        found: Poll = Poll.objects.get(send_id=dispatch.send_id_id)
    return found


@pytest.fixture
def sent(braze, dispatch, clock) -> Dispatch:
    """Booked, its time two minutes ago."""
    done = kept(dispatch)
    clock.move(minutes=3)
    return done


def test_numbers_are_kept_by_day_and_in_total(braze, sent):
    yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    braze.counted(sent.send_id.value, "variation-leith", yesterday, sent=100, delivered=98, unique_opens=20)
    braze.counted(sent.send_id.value, "variation-leith", today(), sent=0, delivered=0, unique_opens=15)

    poll(sent)

    numbers = totals(sent)
    assert (numbers.sent, numbers.delivered, numbers.unique_opens) == (100, 98, 35)
    with home(sent):
        days = dict(DayNumbers.objects.filter(unique_opens__gt=0).values_list("day", "unique_opens"))
    assert days == {date.fromisoformat(yesterday): 20, date.fromisoformat(today()): 15}


def test_asking_again_renews_them_and_counts_nothing_twice(braze, sent, clock):
    for opens in (5, 9):
        braze.counted(
            sent.send_id.value, "variation-leith", today(), sent=50, delivered=50, unique_opens=opens
        )
        poll(sent)
        clock.move(hours=1)

    assert (totals(sent).sent, totals(sent).unique_opens) == (50, 9)


def test_asking_twice_at_once_asks_once(braze, sent):
    poll(sent)
    poll(sent)

    assert braze.count(SERIES) == 1


def test_what_braze_did_not_report_is_not_zero(braze, sent):
    entry = {"variation_api_id": "variation-leith", "sent": 10, "delivered": 10}
    braze.will(
        SERIES,
        answers(200, {"message": "success", "data": [{"time": today(), "messages": {"email": [entry]}}]}),
    )

    poll(sent)

    assert (totals(sent).sent, totals(sent).unique_opens, totals(sent).open_rate) == (10, None, None)


def test_numbers_of_the_next_group_never_land_here(braze, promise, clock):
    leith, portobello = kept(promise()), kept(promise("Portobello"))
    assert leith.send_id == portobello.send_id
    clock.move(minutes=3)
    braze.counted(leith.send_id.value, "variation-leith", today(), sent=7)
    braze.counted(leith.send_id.value, "variation-portobello", today(), sent=4000)

    poll(leith)

    assert (totals(leith).sent, totals(portobello).sent) == (7, 4000)


def test_nor_do_numbers_of_a_variation_nobody_knows(braze, sent):
    braze.counted(sent.send_id.value, "variation-elsewhere", today(), sent=4000)

    poll(sent)

    assert totals(sent) is None


def test_after_fourteen_days_they_stay_as_they_are(braze, sent, clock, celery_here):
    braze.counted(sent.send_id.value, "variation-leith", today(), sent=100)
    poll(sent)
    clock.move(days=15)
    calls = braze.count(SERIES)

    tasks.poll_due()
    with home(sent):
        services.record(
            fresh(sent, "send_id").send_id, SendSeries.model_validate({"message": "success", "data": []})
        )

    assert braze.count(SERIES) == calls
    assert totals(sent).sent == 100


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_has_the_connection_looked_at(braze, sent, status):
    braze.will(SERIES, answers(status, {"message": "Access Denied"}))

    poll(sent)

    with home(sent):
        assert Workspace.objects.get().check_wanted_at is not None


@pytest.mark.parametrize(
    "trouble",
    [unreachable, cut_after_accepting, answers(500), answers(401), answers(400, {"message": "Odd"})],
)
def test_trouble_is_written_down_and_takes_nothing_away(braze, sent, clock, trouble):
    braze.counted(sent.send_id.value, "variation-leith", today(), sent=100)
    poll(sent)
    measured = totals(sent).fetched_at
    clock.move(hours=1)
    braze.will(SERIES, *[trouble] * 5)

    poll(sent)

    assert asked(sent).trouble
    assert asked(sent).due_at > clock.now()
    assert (totals(sent).sent, totals(sent).fetched_at) == (100, measured)


def test_it_is_forgotten_once_numbers_come_again(braze, sent, clock):
    braze.will(SERIES, answers(400, {"message": "Odd"}))
    poll(sent)
    clock.move(hours=1)

    poll(sent)

    assert asked(sent).trouble == ""


def test_the_sweep_asks_when_it_is_due_and_more_rarely_with_age(braze, sent, clock, celery_here):
    tasks.poll_due()
    tasks.poll_due()
    assert braze.count(SERIES) == 1
    first = asked(sent).due_at - clock.now()
    clock.move(days=5)
    tasks.poll_due()

    assert braze.count(SERIES) == 2
    assert asked(sent).due_at - clock.now() > first


def test_before_its_time_nobody_asks(braze, dispatch, celery_here):
    kept(dispatch)

    tasks.poll_due()

    assert braze.count(SERIES) == 0


# Unknown outcomes


@pytest.fixture
def unknown(braze, dispatch, clock) -> Dispatch:
    braze.will(CREATE, cut_before_accepting)
    done = kept(dispatch)
    assert done.state == State.UNKNOWN
    clock.move(minutes=3)
    return done


def test_numbers_prove_that_an_unknown_one_was_sent(braze, unknown, campaign):
    braze.counted(unknown.send_id.value, "variation-leith", today(), sent=12)

    poll(unknown)
    follow_dispatches()

    assert (fresh(unknown).state, fresh(campaign).status) == (State.DONE, Campaign.Status.SENT)
    assert totals(unknown).sent == 12


def test_silence_disproves_it_but_not_too_soon(braze, unknown, campaign, clock):
    poll(unknown)
    assert fresh(unknown).state == State.UNKNOWN
    clock.move(hours=3)

    poll(unknown)
    follow_dispatches()

    assert (fresh(unknown).state, fresh(campaign).status) == (State.REFUSED, Campaign.Status.NOT_SENT)
    assert braze.count(CREATE) == 1


def test_an_error_is_not_silence(braze, unknown, clock):
    clock.move(hours=3)
    braze.will(SERIES, *[answers(500)] * 5)

    poll(unknown)

    assert fresh(unknown).state == State.UNKNOWN


def test_one_without_a_send_id_waits_for_a_person(braze, promise, settings, clock, celery_here):
    settings.SEND_IDS_PER_DAY = 0
    braze.will(CREATE, cut_after_accepting)
    lost = kept(promise())
    clock.move(days=3)

    tasks.poll_due()

    assert fresh(lost).state == State.UNKNOWN
