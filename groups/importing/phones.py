"""Telephone numbers in international form, where there is no doubt about it (ITU-T E.123 and E.164)."""

from __future__ import annotations

import re
from typing import NamedTuple


class Plan(NamedTuple):
    """A country's calling code, the trunk prefix dialled inside it, and how long its national numbers are."""

    code: str
    trunk: str
    lengths: frozenset[int]


def _plan(code: str, trunk: str, *lengths: int) -> Plan:
    return Plan(code, trunk, frozenset(lengths))


#: Geographic and mobile numbers only; a country that is missing is one we are not sure about.
PLANS = {
    "AD": _plan("376", "", 6), "AE": _plan("971", "0", 8, 9), "AT": _plan("43", "0", 7, 8, 9, 10, 11),
    "AU": _plan("61", "0", 9), "AW": _plan("297", "", 7), "AZ": _plan("994", "0", 9), "BE": _plan("32", "0", 8, 9),
    "BH": _plan("973", "", 8), "BR": _plan("55", "0", 10, 11), "BS": _plan("1", "1", 10), "CA": _plan("1", "1", 10),
    "CH": _plan("41", "0", 9), "CN": _plan("86", "0", 10, 11), "CZ": _plan("420", "", 9),
    "DE": _plan("49", "0", 8, 9, 10, 11), "DK": _plan("45", "", 8), "EG": _plan("20", "0", 9, 10),
    "ES": _plan("34", "", 9), "FR": _plan("33", "0", 9), "GB": _plan("44", "0", 10), "GR": _plan("30", "", 10),
    "HU": _plan("36", "06", 8, 9), "IE": _plan("353", "0", 7, 8, 9), "JP": _plan("81", "0", 9, 10),
    "KR": _plan("82", "0", 8, 9, 10), "KW": _plan("965", "", 8), "LB": _plan("961", "0", 7, 8),
    "MX": _plan("52", "", 10), "NL": _plan("31", "0", 9), "NO": _plan("47", "", 8), "NZ": _plan("64", "0", 8, 9),
    "OM": _plan("968", "", 8), "PL": _plan("48", "", 9), "PR": _plan("1", "1", 10), "PT": _plan("351", "", 9),
    "QA": _plan("974", "", 8), "RU": _plan("7", "8", 10), "SA": _plan("966", "0", 9), "SE": _plan("46", "0", 8, 9),
    "SG": _plan("65", "", 8), "TR": _plan("90", "0", 10), "TT": _plan("1", "1", 10), "US": _plan("1", "1", 10),
    "VN": _plan("84", "0", 9, 10), "ZA": _plan("27", "0", 9),
}  # fmt: skip
_NORTH_AMERICA = re.compile(r"([2-9]\d\d)([2-9]\d\d)(\d{4})")


def international(raw: str, country: str) -> tuple[str, str]:
    """The number with + and calling code, and words for what was done; unchanged where that would be a guess."""
    digits = re.sub(r"\D", "", raw)
    if not raw or (raw.startswith("+") and raw[1:].replace(" ", "").isdigit()):
        return raw, ""
    if re.search(r"[^\d\s().+/-]", raw) or not digits:
        return raw, "not a telephone number, left as it is"
    if raw.startswith("+"):
        return f"+{digits}", "punctuation taken out"
    national = _national(digits, PLANS.get(country))
    if not national:
        return raw, "no country code and not sure which, left as it is"
    return f"+{PLANS[country].code} {national}", "put into international form"


def _national(digits: str, plan: Plan | None) -> str:
    """The national number, or "" when the digits can be read in no way or in two."""
    if plan is None:
        return ""
    readings = {
        digits[len(prefix) :]
        for prefix in (plan.code, plan.code + plan.trunk, plan.trunk, "")
        if digits.startswith(prefix) and len(digits) - len(prefix) in plan.lengths
    }
    if plan.trunk:
        readings = {reading for reading in readings if not reading.startswith(plan.trunk)}
    return _grouped(readings.pop(), plan) if len(readings) == 1 else ""


def _grouped(number: str, plan: Plan) -> str:
    if plan.code != "1":
        return number
    found = _NORTH_AMERICA.fullmatch(number)
    return " ".join(found.groups()) if found else ""
