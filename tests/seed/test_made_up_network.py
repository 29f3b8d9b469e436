"""The demo's groups: fictional, but in real cities and with addresses, zones and telephone numbers of the right form."""

from __future__ import annotations

import re
import zoneinfo
from collections import Counter

import pytest
from babel.core import get_global

from groups.importing import Location
from smartersends.seed import network
from smartersends.seed.brands import BRANDS

STORES, CHAPTERS = (network.made_up(demo).locations for demo in BRANDS)

#: Ranges that regulators keep free for films and books.
FICTIONAL = re.compile(
    r"\+1 \d{3} 555 01\d\d|\+44 (20 7946 0|161 496 0|121 496 0|113 496 0|151 496 0|117 496 0|114 496 0|191 498 0"
    r"|115 496 0|131 496 0|141 496 0|29 2018 0|1632 960|28 9649 6)\d{3}|\+44 28 9649 0\d{3}|\+353 20 91\d \d{4}"
    r"|\+49 (30 23125|40 66969|89 99998|221 4710|69 90009)\d{3}|\+33 (1 99 00|2 61 91|3 53 01|4 65 71|5 36 49) \d\d \d\d"
    r"|\+61 [2378] (5550|7010) \d{4}|\+46 (8 465 004|31 390 06|40 628 04) \d\d"
)
POSTCODES = {
    "GB": r"[A-Z]{1,2}\d{1,2} \d[A-Z]{2}", "IE": r"[A-Z]\d\d [A-Z]\d{3}", "US": r"\d{5}", "CA": r"[A-Z]\d[A-Z] \d[A-Z]\d",
    "DE": r"\d{5}", "FR": r"\d{5}", "AU": r"\d{4}", "SE": r"\d{3} \d\d",
}  # fmt: skip


def test_there_are_400_stores_in_eight_countries_and_60_chapters_in_four() -> None:
    assert Counter(len({row.country for row in rows}) for rows in (STORES, CHAPTERS)) == {8: 1, 4: 1}
    assert (len(STORES), len(CHAPTERS)) == (400, 60)


@pytest.mark.parametrize("field", ["code", "name", "website"])
def test_no_two_groups_share_a_code_a_name_or_a_page(field: str) -> None:
    for rows in (STORES, CHAPTERS):
        assert len({getattr(row, field) for row in rows}) == len(rows)


@pytest.mark.parametrize("row", STORES + CHAPTERS, ids=lambda row: row.code)
def test_a_group_has_the_forms_of_its_country(row: Location) -> None:
    assert re.fullmatch(POSTCODES[row.country], row.postcode)
    assert FICTIONAL.fullmatch(row.phone)
    assert row.time_zone in zoneinfo.available_timezones() & set(get_global("territory_zones")[row.country])
    assert row.street
    assert row.manager


def test_it_is_the_same_at_every_run() -> None:
    assert network.made_up(BRANDS[0]).locations == STORES
