"""Telephone numbers become international where there is one way to read them, and stay as they are elsewhere."""

from __future__ import annotations

import pytest

from groups.importing.phones import international


@pytest.mark.parametrize(
    ("country", "raw", "number"),
    [
        ("US", "402-201-2658", "+1 402 201 2658"),
        ("US", "(402) 201-2658", "+1 402 201 2658"),
        ("US", "14022012658", "+1 402 201 2658"),
        ("GB", "01314960123", "+44 1314960123"),
        ("GB", "1314960123", "+44 1314960123"),
        ("AD", "376818720", "+376 818720"),
        ("DE", "493023125000", "+49 3023125000"),
        ("FR", "01 99 00 12 34", "+33 199001234"),
        ("FR", "33199001234", "+33 199001234"),
        ("BE", "+32 2 555 12 34", "+32 2 555 12 34"),
        ("TR", "+90.212 555 123", "+90212555123"),
    ],
)
def test_a_number_that_can_be_read_in_one_way_is_made_international(
    country: str, raw: str, number: str
) -> None:
    assert international(raw, country)[0] == number


@pytest.mark.parametrize(
    ("country", "raw"),
    [
        ("US", "201-2658"),  # no area code
        ("US", "1234567890"),  # no area code begins with 1
        ("AR", "4321-1234"),  # which city?
        ("KW", "(55555)22222222"),
        ("MA", "212-555-123-45-6"),  # a country whose plan we do not know
        ("DE", "4930231250"),  # Berlin with a country code, or Norderney without its zero
        ("JP", "call us"),
    ],
)
def test_a_number_that_would_be_a_guess_stays_and_is_told(country: str, raw: str) -> None:
    number, what = international(raw, country)

    assert number == raw
    assert "left as it is" in what


def test_no_number_is_no_fault() -> None:
    assert international("", "GB") == ("", "")
