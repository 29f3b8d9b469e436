"""The list of campaigns: quick at any length, deaf to nonsense, and blind to other groups."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branding.scope import brand_scope
from campaigns import services
from campaigns.models import Campaign
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(house, alice):
    def write(count: int, place: str = "Leith", status: str = "draft") -> list[Campaign]:
        with brand_scope(house.brand.pk):
            rows: list[Campaign] = Campaign.objects.bulk_create(
                Campaign(
                    group=house.places[place], template_version=house.version, name=f"{place} {number}",
                    status=status, created_by=alice, values={},
                )
                for number in range(count)
            )  # fmt: skip
        return rows

    return write


def queries(browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("who", ["alice", "erin"])
def test_a_longer_list_asks_no_more_of_the_database(request, client_of, write, who):
    browser = client_of(request.getfixturevalue(who))
    write(5)
    few = queries(browser, "/")
    write(45)

    assert queries(browser, "/") == few


def test_nor_do_scheduled_ones_with_their_dispatches(client_of, alice, house, write):
    browser = client_of(alice)
    schedule(house, alice, 2)
    few = queries(browser, "/")
    schedule(house, alice, 8)

    assert queries(browser, "/") == few


def schedule(house, by, count: int) -> None:
    with brand_scope(house.brand.pk):
        for _each in range(count):
            services.schedule(factories.draft_of(house, "Leith", by), by=by)


def test_it_is_read_in_pages_each_row_once(client_of, alice, write):
    rows = write(60)
    browser, seen = client_of(alice), []

    page = browser.get("/")
    while page.context["older_than"]:
        seen += [campaign.pk for campaign in page.context["campaigns"]]
        page = browser.get("/", {"before": page.context["older_than"]})
    seen += [campaign.pk for campaign in page.context["campaigns"]]

    assert len(page.context["campaigns"]) == 10
    assert seen == sorted((row.pk for row in rows), reverse=True)


def test_groups_of_others_are_not_in_it(client_of, alice, erin, write):
    write(2)
    write(3, "Portobello")

    assert {each.group.name for each in client_of(alice).get("/").context["campaigns"]} == {"Leith"}
    assert len(client_of(erin).get("/").context["campaigns"]) == 5


def test_filters_narrow(client_of, erin, write, portobello):
    write(2)
    write(3, "Portobello", status="in_review")
    browser = client_of(erin)

    def found(**filters: object) -> int:
        return len(browser.get("/", filters).context["campaigns"])

    assert found(status="in_review") == 3
    assert found(group=portobello.pk) == 3
    assert found(q="leith 1") == 1
    assert found(status="draft", group=portobello.pk) == 0


@pytest.mark.parametrize(
    "nonsense",
    [
        {"status": "burnt"}, {"group": "x"}, {"group": "-1"}, {"group": "9" * 40}, {"before": "x"},
        {"before": "9" * 40}, {"before": "-5"}, {"before": "²"}, {"q": "x" * 5000}, {"q": "a\0b"}, {"q": "%_\\"},
        {"q": "'; DROP TABLE"}, {"status": ["draft", "sent"]}, {"group": "1e9"}, {"before": "١٢"},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("address", ["/", "/campaigns/new/", "/groups/"])
def test_nonsense_in_the_address_is_ignored(client_of, alice, write, address, nonsense):
    write(1)

    assert client_of(alice).get(address, nonsense).status_code == 200


def test_a_filter_by_a_strangers_group_finds_nothing(client_of, alice, write, portobello):
    write(3, "Portobello")

    page = client_of(alice).get("/", {"group": portobello.pk})

    assert list(page.context["campaigns"]) == []
    assert "Portobello" not in page.content.decode()


def test_what_waits_for_me_is_what_i_may_decide(client_of, house, rita, alice, ben, bob):
    with brand_scope(house.brand.pk):
        own = services.submit(factories.draft_of(house, "Leith", alice), by=alice)
        bens = services.submit(factories.draft_of(house, "Leith", ben), by=ben)

    def waiting(person) -> set[int]:
        return {each.pk for each in client_of(person).get("/").context["waiting"]}

    assert (waiting(rita), waiting(alice), waiting(bob)) == ({own.pk, bens.pk}, {bens.pk}, set())
