"""Days that people write into texts, in English and German: “Friday, 11 December”, “Freitag, den 11.12.2026”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MONTHS = (
    ("january", "jan", "januar", "jänner"), ("february", "feb", "februar"), ("march", "mar", "märz"),
    ("april", "apr"), ("may", "mai"), ("june", "jun", "juni"), ("july", "jul", "juli"), ("august", "aug"),
    ("september", "sep", "sept"), ("october", "oct", "oktober", "okt"), ("november", "nov"),
    ("december", "dec", "dezember", "dez"),
)  # fmt: skip
_DAYS = (
    ("monday", "mon", "montag"), ("tuesday", "tue", "tues", "dienstag"), ("wednesday", "wed", "mittwoch"),
    ("thursday", "thu", "thur", "thurs", "donnerstag"), ("friday", "fri", "freitag"),
    ("saturday", "sat", "samstag", "sonnabend"), ("sunday", "sun", "sonntag"),
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_DAY = {name: number for number, names in enumerate(_DAYS) for name in names}


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_WEEKDAY = rf"(?:(?P<weekday>{_any(_DAY)})\b\.?,?\s+(?:the\s+|den\s+|dem\s+)?)?"
_BY = r"(?P<end>(?:until|till|through|by|before|ends?(?: on)?|bis(?: zum)?|endet am|nur noch bis)\s+(?:and including\s+)?)?"
_YEAR = r"(?:,?\s*(?P<year>20\d\d)\b(?![.,]?\d))?"
_FORMS = tuple(
    re.compile(_BY + _WEEKDAY + form, re.IGNORECASE)
    for form in (
        rf"(?<![\d.,:])(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<month>{_any(_MONTH)})\b\.?{_YEAR}",
        rf"\b(?P<month>{_any(_MONTH)})\b\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.:,]?\d){_YEAR}",
        r"(?<![\d.,:/])(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.(?:\s?(?P<year>20\d\d)\b)?(?!\d)",
    )
)
#: “May 5 people” and “sat 3 hours” are no days: short words need a capital.
_WORDS_TOO = frozenset({"may", "mar", "sat", "sun", "mon", "wed", "mai"})


class Day(NamedTuple):
    """As written; `year` and `weekday` None where not said. `is_end`: “until” stands before it."""

    text: str
    day: int
    month: int
    year: int | None
    weekday: int | None
    is_end: bool

    def in_year(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def nearest(self, near: date) -> date | None:
        """With the year, or in the one that brings it nearest to a day."""
        if self.year is not None:
            return self.in_year(self.year)
        years = (self.in_year(near.year + offset) for offset in (-1, 0, 1))
        return min((each for each in years if each), key=lambda each: abs((each - near).days), default=None)


def days_in(text: str) -> Iterator[Day]:
    """Every day that is written out, once."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for found in form.finditer(text):
            start, end = found.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken) or not _meant(
                found
            ):
                continue
            taken.append((start, end))
            yield _day(found)


def _meant(found: re.Match[str]) -> bool:
    words = (found["month"], found["weekday"] or "")
    return all(word[:1].isupper() for word in words if word.lower() in _WORDS_TOO)


def _day(found: re.Match[str]) -> Day:
    month, weekday = found["month"].lower(), (found["weekday"] or "").lower()
    return Day(
        found[0].strip().rstrip(","), int(found["day"]), int(month) if month.isdigit() else _MONTH[month],
        int(found["year"]) if found["year"] else None, _DAY.get(weekday), bool(found["end"]),
    )  # fmt: skip


def weekday_name(number: int) -> str:
    """In English, as a key of the translation catalogue."""
    return _DAYS[number][0].title()
