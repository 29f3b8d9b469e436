"""Tables as people send and take them: CSV from any spreadsheet in, CSV that no spreadsheet runs as a formula out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MAX_BYTES = 3 * 1024 * 1024
MAX_ROWS = 50_000
#: What a spreadsheet takes for the start of a formula. https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: How files begin that are often taken for CSV.
_OTHER_KINDS = {
    b"PK\x03\x04": "Excel (.xlsx)",
    b"\xd0\xcf\x11\xe0": "Excel (.xls)",
    b"%PDF": "PDF",
    b"\x1f\x8b": "gzip",
}
_SEPARATORS = ",;\t"


class NotATable(Exception):
    """The file cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class Table:
    """Cells by column name as it stands in the file, each row with the line it begins on."""

    columns: list[str]
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def read_table(content: bytes) -> Table:
    """By what the file holds, whatever it is called. Raises NotATable."""
    text = _text(content)
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    try:
        return _parsed(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise NotATable(_("The file is damaged: %(error)s.") % {"error": error}) from error


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise NotATable(
            _("The file is larger than %(size)s MB. Split it into several.") % {"size": MAX_BYTES // 1024**2}
        )
    if kind := next((kind for start, kind in _OTHER_KINDS.items() if content.startswith(start)), ""):
        raise NotATable(
            _("This is a file of the kind %(kind)s. Save it as CSV and upload that.") % {"kind": kind}
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    if b"\0" in content:
        raise NotATable(_("This is no text file. Save the table as CSV (UTF-8) and upload that."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "cp1252")  # what older spreadsheets write


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotATable(_("The file's characters cannot be read. Save the table as CSV (UTF-8).")) from error


def _parsed(lines: Iterator[list[str]]) -> Table:
    columns = [name.strip() for name in next(lines, [])]
    if not any(columns):
        raise NotATable(_("The file is empty."))
    table, line = Table(columns), lines.line_num + 1  # type: ignore[attr-defined]  # the reader's own
    for cells in lines:
        if any(cell.strip() for cell in cells):
            kept = [_unguarded(cell.strip()) for cell in cells]
            table.rows.append((line, dict.fromkeys(columns, "") | dict(zip(columns, kept, strict=False))))
        if len(table.rows) > MAX_ROWS:
            raise NotATable(_("The file has more than %(n)s rows. Split it into several.") % {"n": MAX_ROWS})
        line = lines.line_num + 1  # type: ignore[attr-defined]  # as above
    return table


def guarded(value: object) -> str:
    """A cell that a spreadsheet shows as it is, even where its text begins like a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def written(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file, guarded; the first with the mark by which spreadsheets know UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
