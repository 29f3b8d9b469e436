"""Amounts and percentages that people write into texts."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_AMOUNT = re.compile(
    r"(?:(?P<before>[£$€]|EUR|USD|GBP|CAD)\s?(?P<a>\d[\d.,]*\d|\d))|(?:(?P<b>\d[\d.,]*\d|\d)\s?(?P<after>€|EUR|£|USD|GBP|CAD))"
)
_OFF = re.compile(
    r"(?<![\d.,])(?P<bare>(?:-|−|–)?\s?)(?P<share>\d{1,2})\s?(?:%|percent|per cent|Prozent)(?P<word>\s*-?\s?"
    r"(?:off|discount|less|cheaper|reduction|Rabatt|günstiger|reduziert|Nachlass|weniger|billiger))?",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"\b(?:up to|at least|bis zu|mindestens|or more)\s*$", re.IGNORECASE)


def amounts(text: str) -> list[Decimal]:
    """Prices with a currency, in the order of the text."""
    found = (number(match["a"] or match["b"]) for match in _AMOUNT.finditer(text))
    return [each for each in found if each is not None]


def number(text: str) -> Decimal | None:
    """3.40, 3,40, 1.299,00 and 1,299.00: the last of point and comma with one or two digits behind it parts them."""
    found = re.fullmatch(r"([\d.,]*?)(?:[.,](\d{1,2}))?", text)
    if not found:
        return None
    try:
        return Decimal(re.sub(r"[.,]", "", found[1] or "0") + "." + (found[2] or "0"))
    except InvalidOperation:
        return None


def reductions(text: str) -> list[int]:
    """“20% off”, “-20 %”, “20 % Rabatt”, in percent; without “up to”."""
    return [
        int(match["share"])
        for match in _OFF.finditer(text)
        if (match["word"] or match["bare"].strip()) and not _LOOSE.search(text[: match.start()])
    ]
