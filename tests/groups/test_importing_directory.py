"""A store directory as networks keep them: every row becomes a location or is reported, and repairs are named."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest

from groups.importing import Location, Network, NotADirectory, read_directory
from groups.importing.directory import COLUMNS

ROW = {
    "Store Number": "4711-1", "Store Name": "Leith Walk", "Street Address": "12 Leith Walk", "City": "Edinburgh",
    "State/Province": "SCT", "Country": "GB", "Postcode": "EH6 5AA", "Phone Number": "0131 496 0123",
    "Timezone": "GMT+0:00 Europe/London",
}  # fmt: skip


def read(tmp_path: Path, *rows: dict[str, str], zipped: bool = False, encoding: str = "utf-8") -> Network:
    text = io.StringIO()
    writer = csv.DictWriter(text, ("Brand", *COLUMNS, "Longitude"), restval="x")
    writer.writeheader()
    writer.writerows(ROW | row for row in rows)
    content = text.getvalue().encode(encoding)
    file = tmp_path / "directory"
    file.write_bytes(gzip.compress(content) if zipped else content)
    return read_directory(file)


def only(network: Network) -> Location:
    [location] = network.locations
    return location


@pytest.mark.parametrize("zipped", [True, False])
def test_a_clean_row_becomes_a_location(tmp_path: Path, zipped: bool) -> None:
    network = read(tmp_path, {}, zipped=zipped)

    assert only(network) == Location(
        code="4711-1", name="Leith Walk", street="12 Leith Walk", city="Edinburgh", state="SCT", country="GB",
        postcode="EH6 5AA", phone="+44 1314960123", time_zone="Europe/London", line=2,
    )  # fmt: skip
    assert not network.skipped


@pytest.mark.parametrize(
    ("row", "about"),
    [
        ({"Store Number": ""}, "Store Number"),
        ({"Store Number": " \t"}, "Store Number"),
        ({"Store Number": "9" * 61}, "Store Number"),
        ({"Country": "Scotland"}, "Country"),
        ({"Country": "QX"}, "Country"),
        ({"Country": ""}, "Country"),
    ],
)
def test_a_row_that_cannot_be_placed_is_skipped_with_its_line(
    tmp_path: Path, row: dict[str, str], about: str
) -> None:
    network = read(tmp_path, {"Store Number": "1"}, row)

    [note] = network.skipped
    assert (note.line, note.about) == (3, about)
    assert [location.code for location in network.locations] == ["1"]


def test_of_two_rows_with_one_number_the_first_counts(tmp_path: Path) -> None:
    network = read(tmp_path, {"City": "Leith"}, {"City": "Perth"})

    assert only(network).city == "Leith"
    [note] = network.skipped
    assert (note.line, note.detail) == (3, "line 2")


@pytest.mark.parametrize(
    ("column", "raw", "field", "kept"),
    [
        ("Store Name", "  Leith \n Walk ", "name", "Leith Walk"),
        ("Store Name", "Mall \x96 North", "name", "Mall – North"),
        ("Street Address", "1\x00 King\x92s Road", "street", "1 King’s Road"),
        ("Street Address", '"Brent Centre, \n"', "street", "Brent Centre,"),
        ("City", "E" * 90, "city", "E" * 80),
        ("Timezone", "GMT-03:00 America/Argentina/Bu", "time_zone", "America/Argentina/Buenos_Aires"),
        ("Timezone", "GMT+08:00 Asia/Beijing", "time_zone", "Asia/Shanghai"),
        ("Timezone", "", "time_zone", "Europe/London"),
    ],
)
def test_what_is_repaired_is_told(tmp_path: Path, column: str, raw: str, field: str, kept: str) -> None:
    network = read(tmp_path, {column: raw})

    assert getattr(only(network), field) == kept
    assert [(note.line, note.about) for note in network.repaired if note.about == column] == [(2, column)]


def test_a_zone_is_left_empty_rather_than_guessed(tmp_path: Path) -> None:
    network = read(tmp_path, {"Country": "US", "State/Province": "NY", "Timezone": "GMT-05:00 Nowhere"})

    assert only(network).time_zone == ""
    assert any(note.about == "Timezone" and "left empty" in note.what for note in network.repaired)


def test_a_nameless_store_is_called_after_its_city(tmp_path: Path) -> None:
    assert only(read(tmp_path, {"Store Name": ""})).name == "Edinburgh"


@pytest.mark.parametrize(
    ("country", "raw", "written"),
    [
        ("US", "681372207", "68137-2207"),
        ("US", "2116", "02116"),
        ("US", "21163301", "02116-3301"),
        ("CA", "m5v1k4", "M5V 1K4"),
        ("GB", "EH6 5AA", "EH6 5AA"),
        ("AD", "AD500", "AD500"),
        ("GB", "", ""),
    ],
)
def test_postcodes_are_written_as_in_their_country(
    tmp_path: Path, country: str, raw: str, written: str
) -> None:
    assert only(read(tmp_path, {"Country": country, "Postcode": raw})).postcode == written


def test_a_state_is_part_of_an_address_only_where_people_write_it(tmp_path: Path) -> None:
    american = {"Country": "US", "State/Province": "NY"}
    japanese = {"Country": "JP", "State/Province": "13"}

    assert only(read(tmp_path, american)).region == "NY"
    assert only(read(tmp_path, japanese)).region == ""


def test_bytes_that_are_no_utf8_do_not_end_the_import(tmp_path: Path) -> None:
    assert only(read(tmp_path, {"City": "Montréal"}, encoding="latin-1")).city == "Montr\ufffdal"


def test_a_line_number_is_where_the_row_begins(tmp_path: Path) -> None:
    network = read(tmp_path, {"Store Number": "1", "Street Address": "two\nlines"}, {"Store Number": ""})

    assert [note.line for note in network.skipped] == [4]


@pytest.mark.parametrize("content", [b"a,b,c\n1,2,3\n", b"", b"\x1f\x8bnot really"])
def test_another_kind_of_file_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.csv"
    file.write_bytes(content)

    with pytest.raises(NotADirectory, match=r"other\.csv"):
        read_directory(file)
