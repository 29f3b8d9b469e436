"""Days and prices in words, as the mail's language writes them (Unicode CLDR, by Babel)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_datetime_format
from babel.numbers import format_currency

Length: TypeAlias = Literal["short", "medium", "long", "full"]


@lru_cache(maxsize=256)
def locale_for(language: str, country: str = "") -> Locale:
    """The locale of a mail: its language as the group's country writes it, where that is known; else English."""
    tags = [language, *([f"{language}-{country}"] if country and "-" not in language else [])]
    for tag in reversed(tags):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=1024)
def day(moment: date | datetime, length: Length, locale: Locale) -> str:
    """A day, with its time where it has one. A time is told to the minute whatever the length."""
    written = format_date(moment, length, locale=locale)
    if not isinstance(moment, datetime):
        return written
    pattern = str(get_datetime_format(length, locale=locale)).replace("'", "")
    return pattern.replace("{0}", format_time(moment, "short", locale=locale)).replace("{1}", written)


@lru_cache(maxsize=1024)
def price(amount: str, currency: str, locale: Locale) -> str:
    return str(format_currency(Decimal(amount), currency, locale=locale)) if amount else ""
