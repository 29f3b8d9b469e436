"""Reads a store directory: CSV, plain or gzipped, one location a row."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from groups.importing import cleaning, phones
from groups.importing.regions import WRITTEN_IN_ADDRESSES, country_name
from groups.importing.rows import Location, Network, Note
from groups.models import Group

NUMBER, NAME, STREET, CITY, STATE, COUNTRY, POSTCODE, PHONE, ZONE = COLUMNS = (
    "Store Number", "Store Name", "Street Address", "City", "State/Province", "Country", "Postcode", "Phone Number",
    "Timezone",
)  # fmt: skip
#: Columns whose text is kept, and the group's field that says how long it may be.
_KEPT = {NUMBER: "code", NAME: "name", STREET: "street", CITY: "city", POSTCODE: "postcode", PHONE: "phone"}
_LIMITS = {name: int(vars(Group._meta.get_field(name))["max_length"]) for name in _KEPT.values()}
_GZIP = b"\x1f\x8b"


class NotADirectory(Exception):
    """The file cannot be read as a store directory; the text says why."""


def read_directory(path: Path) -> Network:
    """Every row is either a location or noted as skipped; what was repaired is noted as well."""
    network, first_lines = Network(), dict[str, int]()
    for line, cells in _rows(path):
        location = _Row(line, cells, network).location()
        if location is None:
            continue
        first = first_lines.setdefault(location.code, line)
        if first == line:
            network.locations.append(location)
        else:
            network.skipped.append(
                Note(line, location.code, NUMBER, "used before, only its first row counts", f"line {first}")
            )
    return network


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The line a row begins on, and its cells by column; missing cells are empty."""
    try:
        with _opened(path) as file:
            reader = csv.reader(file)
            header = [name.strip() for name in next(reader, [])]
            if missing := [name for name in COLUMNS if name not in header]:
                raise NotADirectory(f"{path} lacks these columns in its first line: {', '.join(missing)}.")
            line = reader.line_num + 1
            for cells in reader:
                if cells:
                    yield line, dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
                line = reader.line_num + 1
    except (OSError, EOFError, csv.Error) as error:
        raise NotADirectory(f"{path} cannot be read: {error}") from error


def _opened(path: Path) -> IO[str]:
    with path.open("rb") as file:
        zipped = file.read(2) == _GZIP
    opener: Callable[..., IO[str]] = gzip.open if zipped else open
    # A byte that is no UTF-8 becomes U+FFFD, which stays visible, rather than ending the import.
    return opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="")


class _Row:
    """One row on its way to a location, with its notes going to the network."""

    def __init__(self, line: int, cells: dict[str, str], network: Network) -> None:
        self.line, self.raw, self.network = line, cells, network
        self.code = cleaning.text(cells[NUMBER], 200)[0]

    def location(self) -> Location | None:
        if fault := self._fault():
            self.network.skipped.append(Note(self.line, self.code, *fault))
            return None
        country, state = self.raw[COUNTRY].strip().upper(), self.raw[STATE].strip().upper()
        kept = {field: self._text(column, field) for column, field in _KEPT.items()}
        kept["name"] = kept["name"] or self._instead_of_name(kept["city"])
        kept["postcode"] = self._noted(POSTCODE, *cleaning.postcode(kept["postcode"], country))
        kept["phone"] = self._noted(PHONE, *phones.international(kept["phone"], country))
        return Location(
            **kept,
            country=country,
            state=state,
            region=state if country in WRITTEN_IN_ADDRESSES and state.isalpha() else "",
            time_zone=self._noted(ZONE, *cleaning.zone(self.raw[ZONE], country)),
            line=self.line,
        )

    def _fault(self) -> tuple[str, str] | None:
        """Column and words, if nothing can be made of this row."""
        limit = _LIMITS["code"]
        if not self.code:
            return NUMBER, "empty, so the row cannot be told from others"
        if len(self.code) > limit:
            return NUMBER, f"longer than {limit} characters"
        if not country_name(self.raw[COUNTRY].strip().upper()):
            return COUNTRY, "not a two-letter country code of ISO 3166"
        return None

    def _text(self, column: str, field: str) -> str:
        return self._noted(column, *cleaning.text(self.raw[column], _LIMITS[field]))

    def _instead_of_name(self, city: str) -> str:
        return self._noted(NAME, city or self.code, "empty, called after its city or number")

    def _noted(self, column: str, value: str, what: str) -> str:
        if what:
            self.network.repaired.append(
                Note(self.line, self.code, column, what, self.raw[column].strip()[:80])
            )
        return value
