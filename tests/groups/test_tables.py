"""Tables from any spreadsheet come in; nothing that goes out is run as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.importing.tables import MAX_BYTES, NotATable, guarded, read_table, written

cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=20).map(str.strip)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_it_reads_what_spreadsheets_write(separator, encoding):
    text = f"Code{separator}Name\r\nA1{separator}Café\r\n"

    assert read_table(text.encode(encoding)).rows == [(2, {"Code": "A1", "Name": "Café"})]


def test_a_row_is_known_by_the_line_it_begins_on():
    table = read_table(b'Code,Name\nA1,"two\nlines"\n\nA2,Two\n')

    assert [line for line, _cells in table.rows] == [2, 5]


def test_short_rows_have_empty_cells():
    assert read_table(b"Code,Name\nA1\n").rows == [(2, {"Code": "A1", "Name": ""})]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04" + b"\0" * 40, "xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 40, "xls"),
        (b"%PDF-1.7", "PDF"),
        (b"Code\0Name", "no text file"),
        (b"", "empty"),
        (b"Code,Name\n" + b"x" * MAX_BYTES, "larger than 3 MB"),
        (b'Code,Name\nA1,"open', "damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_holds(content, word):
    with pytest.raises(NotATable, match=word):
        read_table(content)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\uff1d"])
def test_no_cell_begins_as_a_formula(start):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@given(st.lists(cells.filter(bool), min_size=1, max_size=5))
def test_what_goes_out_comes_back_the_same(row):
    names = [f"c{number}" for number in range(len(row))]
    text = "".join(written([names, row]))

    assert list(read_table(text.encode()).rows[0][1].values()) == row
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for cell in next(csv.reader(io.StringIO(text.split("\r\n")[1])))
    )
