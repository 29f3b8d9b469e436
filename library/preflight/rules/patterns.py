"""Words and patterns that a brand writes itself, matched in linear time by RE2: no pattern can hang a check."""

from __future__ import annotations

import re
from functools import lru_cache

import re2

from library.preflight.rules.subject import Restriction

#: Bytes RE2 may use for one pattern; what needs more is refused when it is written.
_MEMORY = 1 << 20
LONGEST = 200


class BadPattern(ValueError):
    """A pattern that RE2 cannot read; its text says what is wrong."""


@lru_cache(maxsize=1024)
def compiled(pattern: str, *, is_regex: bool) -> re2._Regexp[str]:
    """The pattern, or the words as whole words; capitals do not matter. BadPattern if it cannot be used."""
    if len(pattern) > LONGEST:
        raise BadPattern("it is longer than 200 characters")
    options = re2.Options()
    options.case_sensitive, options.max_mem, options.log_errors = False, _MEMORY, False
    whole = pattern if is_regex else rf"(?:^|[^\pL\pN])({_spaced(pattern)})(?:$|[^\pL\pN])"
    try:
        found = re2.compile(whole, options)
    except re2.error as error:
        raise BadPattern(_reason(error)) from error
    if found.search("") is not None:
        raise BadPattern("it fits everything, even an empty text")
    return found


def find(restriction: Restriction, text: str) -> str:
    """What of the text falls under the restriction; empty if nothing does, or the pattern cannot be used."""
    try:
        found = compiled(restriction.pattern, is_regex=restriction.is_regex).search(text)
    except BadPattern:
        return ""
    if found is None:
        return ""
    said: str = found[0] if restriction.is_regex else found[1]
    return said


def contains(text: str, clause: str) -> bool:
    """Whether a clause stands in the text, whatever its capitals and blanks; alternatives are parted by “|”."""
    plain = re.sub(r"\s+", " ", text).casefold()
    return any(
        re.sub(r"\s+", " ", each).strip().casefold() in plain for each in clause.split("|") if each.strip()
    )


def _spaced(words: str) -> str:
    return r"\s+".join(re2.escape(word) for word in words.split())


def _reason(error: Exception) -> str:
    said = error.args[0] if error.args else error
    return said.decode() if isinstance(said, bytes) else str(said)
