"""The page that tells what is on its way and holds the switches, and the notice for those who are stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from branding.scope import brand_scope
from connection.stopped import notice_for
from delivery import stops
from delivery.models import Dispatch, Stop
from groups.access import access_of
from tests import factories
from tests.conftest import fresh, kept
from workspace import governor

pytestmark = pytest.mark.django_db

SENDING = "/braze/sending/"


@pytest.fixture
def sheila(house, hire):
    """Manages the groups of Scotland."""
    with brand_scope(house.brand.pk):
        Role.objects.filter(key="viewer").update(permissions=["manage_groups"])
    return hire("Sheila", "viewer", house.region)


def stop_at(house, node, by) -> Stop:
    with brand_scope(house.brand.pk):
        return stops.stop_group(node, because="Flooded", by=by)


# What is told


def test_the_forecast_is_shown_and_asked_for_again(client_of, erin, braze, promise):
    promise()
    page = client_of(erin).get(SENDING).content.decode()
    again = client_of(erin).get(SENDING + "now/").content.decode()

    for each in (page, again):
        assert "1 to go" in each
        assert 'hx-get="/braze/sending/now/"' in each


def test_brazes_allowance_is_told_as_it_stands(client_of, erin, braze, dispatch):
    kept(dispatch)

    page = client_of(erin).get(SENDING + "now/").content.decode()

    assert "of 250,000 used" in page
    assert "1 of 100 used, 99 left" in page


def test_while_nobody_knows_it_that_is_said(client_of, erin, monkeypatch):
    def away(*_arguments: object) -> None:
        raise governor.GovernorAway("away")

    monkeypatch.setattr(governor, "budget", away)

    assert "Not known at this moment" in client_of(erin).get(SENDING + "now/").content.decode()


# The switches


def test_before_it_is_pulled_the_page_says_how_many_it_holds(client_of, erin, braze, promise):
    kept(promise(send_at=timezone.now() + timedelta(days=1)))
    promise("Portobello")

    page = client_of(erin).get(SENDING + "stop/").content.decode()

    assert "The one that is scheduled is taken back" in page
    assert Stop.objects.count() == 0


@pytest.mark.parametrize("scope", ["brand", "template", "group"])
def test_each_is_pulled_with_a_reason_and_lifted(client_of, erin, house, leith, scope):
    target = {"template": [house.template.pk], "group": [leith.pk]}.get(scope, [])
    browser = client_of(erin)

    browser.post(reverse(f"connection:stop_{scope}", args=target), {"because": "Wrong price"})
    with brand_scope(house.brand.pk):
        stop = Stop.objects.get()
    assert (stop.scope, stop.because, stop.stopped_by) == (scope, "Wrong price", "Erin")
    assert "Wrong price" in browser.get(SENDING).content.decode()

    browser.post(reverse("connection:lift", args=[stop.pk]))
    assert fresh(stop).lifted_by == "Erin"


def test_not_without_a_reason(client_of, erin, house):
    answer = client_of(erin).post(SENDING + "stop/", {"because": " "})

    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    with brand_scope(house.brand.pk):
        assert not Stop.objects.exists()


def test_who_manages_groups_stops_theirs_and_no_more(client_of, sheila, house, leith):
    browser = client_of(sheila)

    assert browser.get(SENDING).status_code == 200
    assert browser.get(SENDING + "now/").status_code == 403
    assert browser.post(SENDING + "stop/", {"because": "x"}).status_code == 403
    template = reverse("connection:stop_template", args=[house.template.pk])
    assert browser.post(template, {"because": "x"}).status_code == 403
    root = reverse("connection:stop_group", args=[house.root.pk])
    assert browser.post(root, {"because": "x"}).status_code == 404
    own = reverse("connection:stop_group", args=[leith.pk])
    assert browser.post(own, {"because": "Flooded"}).status_code == 302


def test_a_stop_above_theirs_is_not_theirs_to_lift(client_of, sheila, house, erin):
    above = stop_at(house, house.root, erin)

    assert client_of(sheila).post(reverse("connection:lift", args=[above.pk])).status_code == 404
    assert fresh(above).lifted_at is None


@pytest.mark.parametrize("who", ["alice", "ron", "bob"])
def test_nobody_else_sees_the_switches(request, client_of, who, leith):
    browser = client_of(request.getfixturevalue(who))

    for address in (SENDING, SENDING + "stop/", reverse("connection:stop_group", args=[leith.pk])):
        assert browser.get(address).status_code == 403


def test_another_brands_stop_is_not_there(client_of, erin, other_house, dave):
    with brand_scope(other_house.brand.pk):
        theirs = stops.stop_brand(because="Theirs", by=dave)
        group = other_house.places["Tyne"]

    browser = client_of(erin)
    assert browser.post(reverse("connection:lift", args=[theirs.pk])).status_code == 404
    there = reverse("connection:stop_group", args=[group.pk])
    assert browser.post(there, {"because": "x"}).status_code == 404
    assert fresh(theirs).lifted_at is None


def test_groups_are_found_by_what_is_typed(client_of, erin, house):
    found = client_of(erin).get(SENDING + "groups/?q=porto").content.decode()

    assert "Portobello" in found
    assert "Leith" not in found


# The notice


def test_those_whose_group_is_stopped_read_why_on_every_page(client_of, house, alice, carol, erin, leith):
    stop_at(house, leith, erin)

    assert "Sending is stopped: Flooded" in client_of(alice).get("/").content.decode()
    assert "Flooded" not in client_of(carol).get("/").content.decode()


def test_who_sees_more_than_that_group_reads_which(client_of, house, erin, leith):
    stop_at(house, leith, erin)

    assert "Sending of Leith is stopped: Flooded" in client_of(erin).get("/").content.decode()


def test_a_stop_of_the_region_or_of_all_is_everybodys(client_of, house, alice, carol, erin, olga):
    stop_at(house, house.region, erin)
    stops.stop_installation(because="Moving house", by=olga)

    for person in (alice, carol):
        page = client_of(person).get("/").content.decode()
        assert "Sending is stopped: Flooded" in page
        assert "Sending is stopped: Moving house" in page


def test_it_takes_one_query_however_much_is_stopped(house, alice, erin, olga):
    stops.stop_installation(because="Moving house", by=olga)
    with brand_scope(house.brand.pk):
        for number in range(5):
            node = factories.location(f"Place {number}", house.region)
            stops.stop_group(node, because="Flooded", by=erin)
        access_of(erin)
        with CaptureQueriesContext(connection) as asked:
            notice = notice_for(erin)

    assert len(asked) == 1
    assert (len(notice.named), notice.more) == (3, 3)


def test_the_list_marks_what_is_stopped(client_of, house, alice, erin, leith, dispatch):
    stop_at(house, leith, erin)

    page = client_of(alice).get("/").content.decode()

    assert "Stopped" in page
    assert "On its way to Braze" not in page


def test_the_campaigns_page_says_that_it_waits_and_what_happens_then(
    client_of, house, alice, erin, campaign, leith
):
    stop_at(house, leith, erin)

    page = client_of(alice).get(f"/campaigns/{campaign.pk}/").content.decode()

    assert "Sending is stopped: Flooded" in page
    assert "goes on by itself when that ends" in page
    with brand_scope(house.brand.pk):
        assert Dispatch.objects.get().state == Dispatch.State.PENDING
