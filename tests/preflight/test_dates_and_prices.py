"""Days and prices in running text, English and German: what cannot be true, and what is left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from library.preflight import Severity
from library.preflight.rules.calendar import days_in
from library.preflight.rules.figures import amounts, reductions
from tests.preflight.cast import mail, of

BLOCK, WARN = Severity.BLOCK, Severity.WARN
SENT = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Friday, 11 December", date(2026, 12, 11)),
        ("on Friday the 11th of December 2026", date(2026, 12, 11)),
        ("December 11, 2026", date(2026, 12, 11)),
        ("Freitag, den 11.12.2026", date(2026, 12, 11)),
        ("Fr., 11. Dezember", None),
        ("am 11. Dezember", date(2026, 12, 11)),
        ("bis 5.1.", date(2027, 1, 5)),
        ("5 January", date(2027, 1, 5)),
        ("1 November", date(2026, 11, 1)),
    ],
)
def test_a_day_is_read_with_the_year_that_is_nearest(text, expected):
    found = [day.nearest(SENT) for day in days_in(text)]
    assert found[0] == (expected or date(2026, 12, 11))


@pytest.mark.parametrize(
    "text",
    [
        "You may 5 times a week",
        "Version 1.2.3",
        "at 10.30",
        "3.40 instead of 3.80",
        "the sat 3 chairs",
        "May I?",
    ],
)
def test_what_is_no_day_is_left_alone(text):
    assert list(days_in(text)) == []


@pytest.mark.parametrize(
    ("headline", "severity"),
    [
        ("Thursday, 11 December 2026", BLOCK),
        ("Thursday, 11 December", WARN),
        ("Donnerstag, den 11.12.2026", BLOCK),
        ("Only until 20 November 2026", BLOCK),
        ("Only until 20 November", WARN),
        ("Join us on 20 November", WARN),
        ("See you on 31 November", WARN),
        ("£3.80 instead of £3.40", WARN),
    ],
)
def test_what_cannot_be_true_is_told(headline, severity):
    assert [(each.severity, each.path) for each in of(mail(hero={"headline": headline}), "PF55")] == [
        (severity, "hero.headline")
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "Friday, 11 December", "Friday, 11 December 2026", "Freitag, 11.12.", "We opened on 3 March 2015",
        "£3.40 instead of £3.80", "3,40 € statt 3,80 €", "Up to 50% off", "From 5 January", "100% arabica",
    ],
)  # fmt: skip
def test_what_may_be_true_is_left_alone(headline):
    assert of(mail(hero={"headline": headline}), "PF55") == []


def test_a_reduction_may_be_rounded():
    price = {"amount": "3.40", "before": "4.00"}
    assert of(mail(hero={"headline": "15% off", "price": price}), "PF55") == []
    assert of(mail(hero={"headline": "25% off", "price": price}), "PF55") != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£3.40", ["3.40"]), ("3,40 €", ["3.40"]), ("1.299,00 €", ["1299.00"]), ("$1,299.00", ["1299.00"]),
        ("EUR 12", ["12"]), ("12 cups", []),
    ],
)  # fmt: skip
def test_amounts_are_read_in_both_ways_of_writing(text, expected):
    assert amounts(text) == [Decimal(each) for each in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("20% off", [20]), ("-20 %", [20]), ("20 % Rabatt", [20]), ("up to 20% off", []), ("20% milk", []), ("bis zu 20 % Rabatt", [])],
)  # fmt: skip
def test_reductions_are_told_from_shares(text, expected):
    assert reductions(text) == expected
