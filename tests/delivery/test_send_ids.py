"""A hundred send ids a day serve a network, because Braze counts by send id and variation together."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from branding.scope import brand_scope
from delivery import send_ids
from delivery.models import Dispatch, SendId
from tests.conftest import fresh, home, kept
from tests.factories import location
from tests.sandboxed import CREATE, SEND_ID, answers

CAMPAIGN = "campaign-bluebird"


@pytest.mark.django_db
class TestAllotment:
    def test_groups_share_one_send_id(self, braze, promise):
        leith, portobello = kept(promise()), kept(promise("Portobello"))

        assert leith.send_id == portobello.send_id
        assert braze.count(SEND_ID) == 1

    def test_a_groups_second_campaign_takes_the_next(self, braze, promise):
        first, second = kept(promise()), kept(promise())

        assert (first.send_id.number, second.send_id.number) == (0, 1)
        assert len({body["send_id"] for body in braze.ledger(CREATE)}) == 2

    @pytest.mark.usefixtures("braze")
    def test_a_third_group_goes_back_to_the_first(self, promise):
        kept(promise())
        kept(promise())

        assert kept(promise("Portobello")).send_id.number == 0

    @pytest.mark.usefixtures("braze")
    def test_groups_without_a_variation_use_up_one_each(self, promise, house):
        with brand_scope(house.brand.pk):
            for place in ("Fife", "Skye"):
                house.places[place] = location(place, house.region, message_variation_id="")
        one, two = kept(promise("Fife")), kept(promise("Skye"))

        assert (one.variation_id, two.variation_id) == ("default-bluebird", "default-bluebird")
        assert one.send_id != two.send_id

    def test_asking_twice_gives_the_same(self, promise):
        dispatch = promise()
        with home(dispatch):
            send_ids.allot([dispatch], campaign_id=CAMPAIGN)
        first = fresh(dispatch).send_id_id

        with home(dispatch):
            send_ids.allot([fresh(dispatch)], campaign_id=CAMPAIGN)

        assert first is not None
        assert fresh(dispatch).send_id_id == first

    def test_when_the_days_are_used_up_it_goes_without_and_says_so(self, braze, promise, settings):
        settings.SEND_IDS_PER_DAY = 1
        kept(promise())

        late = kept(promise())

        assert (late.state, late.send_id, late.goes_without_send_id) == (Dispatch.State.SCHEDULED, None, True)
        assert "send_id" not in braze.ledger(CREATE)[-1]

    def test_so_it_does_when_braze_has_no_more(self, braze, promise):
        braze.will(SEND_ID, answers(429, {"message": "Rate limited"}))

        late = kept(promise())

        assert (late.state, late.goes_without_send_id) == (Dispatch.State.SCHEDULED, True)

    def test_a_send_id_that_braze_will_not_make_does_not_hold_up_the_campaign(self, braze, promise):
        braze.will(SEND_ID, answers(400, {"message": "No"}))

        assert kept(promise()).state == Dispatch.State.SCHEDULED


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Real threads on real connections."""

    def test_two_runs_make_one_call(self, braze, promise):
        dispatch = promise()

        at_once(*[lambda: kept(dispatch)] * 4)

        assert braze.count(CREATE) == 1
        assert fresh(dispatch).state == Dispatch.State.SCHEDULED

    def test_no_transaction_is_open_while_braze_thinks(self, braze, promise):
        from tests.sandboxed import meanwhile

        open_ones: list[bool] = []
        for path in (SEND_ID, CREATE):
            braze.will(path, meanwhile(lambda: open_ones.append(connection.in_atomic_block)))

        kept(promise())

        assert open_ones == [False, False]

    def test_allotting_at_once_never_gives_a_pair_twice(self, promise):
        dispatches = [promise() for _each in range(4)]

        at_once(*[lambda each=each: allot(each) for each in dispatches])

        chosen = [fresh(each, "send_id").send_id for each in dispatches]
        assert len({each.pk for each in chosen if each is not None}) == 4

    def test_nor_does_making_them_waste_any(self, promise):
        dispatches = [promise(), promise("Portobello")]

        at_once(*[lambda each=each: allot(each) for each in dispatches])

        with home(dispatches[0]):
            assert SendId.objects.count() == 1


def allot(dispatch: Dispatch) -> None:
    with home(dispatch):
        send_ids.allot([dispatch], campaign_id=CAMPAIGN)


def at_once(*deeds) -> None:
    """Each in a thread, let go together; what one of them raises is raised here."""
    gate, raised = threading.Barrier(len(deeds)), []

    def run(deed) -> None:
        gate.wait()
        try:
            deed()
        except BaseException as error:  # noqa: BLE001 - told below, in the test's own thread
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
