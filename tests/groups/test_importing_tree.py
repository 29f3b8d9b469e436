"""A network becomes country > region > location, and a second run changes only what the source has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.importing import Location, Network, Report, load
from groups.models import Group
from tests.factories import House

pytestmark = pytest.mark.usefixtures("in_bluebird")

DUBLIN = Location(
    code="1",
    name="Quay",
    country="IE",
    state="L",
    city="Dublin",
    phone="+353 1",
    time_zone="Europe/Dublin",
    line=2,
)
CORK = replace(DUBLIN, code="2", name="Market", state="M", city="Cork", line=3)
MONACO = replace(
    DUBLIN, code="3", name="Port", country="MC", state="MC", city="Monaco", time_zone="Europe/Monaco", line=4
)


def run(house: House, *rows: Location) -> Report:
    return load(Network(locations=list(rows)), root=house.root)


def counts(report: Report) -> tuple[int, int, int]:
    return report.created, report.changed, report.unchanged


def names_above(code: str) -> list[str]:
    return [node.name for node in Group.objects.get(code=code).chain()[1:]]


def test_a_location_hangs_below_its_region_and_country(house: House) -> None:
    assert counts(run(house, DUBLIN, CORK)) == (2, 0, 0)
    assert names_above("1") == ["Leinster", "Ireland", "Bluebird Coffee"]
    assert names_above("2") == ["Munster", "Ireland", "Bluebird Coffee"]


def test_a_country_with_one_region_is_divided_by_city(house: House) -> None:
    run(house, MONACO)

    assert names_above("3") == ["Monaco", "Monaco", "Bluebird Coffee"]


def test_a_region_without_a_known_name_is_called_after_its_main_city(house: House) -> None:
    rows = [
        replace(DUBLIN, code=str(n), country="TH", state=s, city=c)
        for n, (s, c) in enumerate([("10", "Bangkok"), ("83", "Patong"), ("83", "Phuket"), ("83", "Phuket")])
    ]
    run(house, *rows)

    assert names_above("1")[0] == "Phuket"


def test_a_second_run_changes_nothing(house: House) -> None:
    run(house, DUBLIN, CORK, MONACO)
    before = list(Group.objects.order_by("pk").values())

    assert counts(run(house, DUBLIN, CORK, MONACO)) == (0, 0, 3)
    assert list(Group.objects.order_by("pk").values()) == before


def test_what_changed_at_the_source_changes_here(house: House) -> None:
    run(house, DUBLIN, CORK)

    assert counts(run(house, replace(DUBLIN, phone="+353 2"), CORK)) == (0, 1, 1)
    assert Group.objects.get(code="1").phone == "+353 2"


def test_what_the_source_does_not_tell_stays_as_people_set_it(house: House) -> None:
    run(house, DUBLIN)
    Group.objects.filter(code="1").update(manager="Aoife", phone="+353 9")

    run(house, replace(DUBLIN, phone=""))

    group = Group.objects.get(code="1")
    assert (group.manager, group.phone) == ("Aoife", "+353 9")


def test_a_location_that_moves_takes_what_is_below_it_along(house: House) -> None:
    run(house, DUBLIN, CORK)
    dublin = Group.objects.get(code="1")
    kiosk = Group(parent=dublin, code="kiosk", name="Kiosk")
    kiosk.save()
    kiosk.place()
    kiosk.save()

    assert counts(run(house, replace(DUBLIN, state="M"), CORK)) == (0, 1, 1)
    assert names_above("kiosk") == ["Quay", "Munster", "Ireland", "Bluebird Coffee"]


def test_a_store_with_the_code_of_a_country_is_skipped(house: House) -> None:
    run(house, DUBLIN)

    report = run(house, replace(CORK, code="country:IE"))

    assert counts(report) == (0, 0, 0)
    assert [note.line for note in report.skipped] == [3]


def test_a_location_that_left_the_source_is_left_alone(house: House) -> None:
    run(house, DUBLIN, CORK)
    run(house, DUBLIN)

    assert Group.objects.filter(code="2", is_active=True).exists()


def test_the_number_of_statements_does_not_grow_with_the_rows(house: House) -> None:
    def statements(first: int, count: int) -> int:
        rows = [replace(DUBLIN, code=f"n{n}", state="LM"[n % 2]) for n in range(first, first + count)]
        with CaptureQueriesContext(
            connection,
        ) as caught:
            run(house, *rows)
        return len(caught)

    run(house, DUBLIN, CORK)
    assert statements(0, 5) == statements(5, 300)


def test_the_summary_counts_each_kind_of_fault(house: House) -> None:
    run(house, DUBLIN)
    report = run(house, replace(CORK, code="country:IE"), DUBLIN)

    assert list(report.summary()) == [
        "0 created, 0 changed, 1 unchanged, 1 skipped",
        "  skipped 1: number: is the code of a country or region here (first: line 3)",
    ]


def test_a_part_of_a_network_does_not_divide_its_country_anew(house: House) -> None:
    run(house, DUBLIN, CORK)

    assert counts(run(house, CORK)) == (0, 0, 1)
    assert names_above("2")[0] == "Munster"
