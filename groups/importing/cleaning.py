"""One cell at a time: the text as it is kept, and words for what had to be done to it (empty when nothing)."""

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from functools import cache

from babel.core import get_global

#: Bytes of Windows-1252 read as ISO 8859-1: dashes and curly quotes that arrive as control characters.
_WINDOWS = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
#: Places that never were, or no longer are, names of the IANA time zone database.
_RENAMED = {"Asia/Beijing": "Asia/Shanghai", "Asia/New_Delhi": "Asia/Kolkata"}
_UNTIDY = re.compile(r"^[\s\"]|[\s\"]$|\s\s|[^\S ]")
#: Long enough that a name cut off by its source can mean one zone only.
_CUT = 12


def text(raw: str, limit: int) -> tuple[str, str]:
    """One line without control characters, at most `limit` characters long."""
    if raw.isprintable() and len(raw) <= limit and not _UNTIDY.search(raw):
        return raw, ""
    legible = raw.translate(_WINDOWS)
    plain = "".join(
        " " if unicodedata.category(char)[0] == "C" or char in "\u2028\u2029" else char for char in legible
    )
    tidy = " ".join(plain.strip('"').split())
    kept = tidy[:limit].rstrip()
    if kept != tidy:
        return kept, f"longer than {limit} characters, cut"
    if legible != raw:
        return kept, "characters of another encoding put right"
    if plain != legible:
        return kept, "control characters taken out"
    return kept, "" if kept == raw else "blanks or quotation marks tidied"


@cache
def zone(raw: str, country: str) -> tuple[str, str]:
    """The IANA name in a text such as "GMT+1:00 Europe/Andorra"; empty where none can be told for sure."""
    name = raw.rsplit(maxsplit=1)[-1] if raw.split() else ""
    if name in _zones():
        return name, ""
    if found := _RENAMED.get(name) or _completed(name):
        return found, f"“{name}” is no time zone, read as {found}"
    zones = get_global("territory_zones").get(country, [])
    if len(zones) == 1:
        return (
            zones[0],
            "none given, the country has only one"
            if not name
            else f"“{name}” is no time zone, the country has only {zones[0]}",
        )
    return "", f"“{name}” is no time zone, left empty" if name else "none given, left empty"


@cache
def _zones() -> frozenset[str]:
    """Asked once: the standard library reads the whole data base from disk at each question."""
    return frozenset(zoneinfo.available_timezones())


@cache
def _completed(cut: str) -> str:
    """The one zone whose name, or last word, a source has cut off."""
    if len(cut) < _CUT:
        return ""
    found = [name for name in _zones() if name.startswith(cut)]
    return found[0] if len(found) == 1 else ""


def postcode(raw: str, country: str) -> tuple[str, str]:
    """As it is written in its country: ZIP+4 with its hyphen, lost leading zeros back, the blank in a Canadian one."""
    if country == "US" and re.fullmatch(r"\d{4}|\d{8}|\d{9}", raw):
        digits = raw.zfill(9 if len(raw) > 5 else 5)  # noqa: PLR2004 - a ZIP code has five digits
        return f"{digits[:5]}-{digits[5:]}".rstrip("-"), "written as a ZIP code"
    if country == "CA" and re.fullmatch(r"[A-Za-z]\d[A-Za-z]\d[A-Za-z]\d", raw):
        return f"{raw[:3]} {raw[3:]}".upper(), "written with its blank"
    return raw, ""
