"""What an import takes in and what it says about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Location:
    """One location as a source tells of it. What is empty is not told, and leaves the stored value as it is.

    `state` is the source's own code of the state or province, `line` where it stands in the source.
    """

    code: str
    name: str
    country: str
    state: str = ""
    city: str = ""
    street: str = ""
    region: str = ""
    postcode: str = ""
    phone: str = ""
    time_zone: str = ""
    website: str = ""
    map_url: str = ""
    opening_hours: str = ""
    manager: str = ""
    sender_name: str = ""
    sender_address: str = ""
    reply_to: str = ""
    fence_value: str = ""
    message_variation_id: str = ""
    variation_name: str = ""
    line: int = 0


@dataclass(frozen=True)
class Note:
    """Why a row was skipped or repaired. `about` is the column, `what` the same for all rows with the same fault."""

    line: int
    code: str
    about: str
    what: str
    detail: str = ""

    def __str__(self) -> str:
        words = f"line {self.line}, {self.code or 'no number'}: {self.about}: {self.what}"
        return f"{words} ({self.detail})" if self.detail else words


@dataclass
class Network:
    """All that was read from a source, and what had to be left out or put right on the way."""

    locations: list[Location] = field(default_factory=list)
    skipped: list[Note] = field(default_factory=list)
    repaired: list[Note] = field(default_factory=list)


@dataclass
class Report:
    """How an import ended. Created, changed and unchanged count locations, not the nodes above them."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: list[Note] = field(default_factory=list)
    repaired: list[Note] = field(default_factory=list)

    def summary(self) -> Iterator[str]:
        """Lines for a person: the counts, then each kind of fault with how often and where first."""
        yield f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged, {len(self.skipped)} skipped"
        yield from _by_kind("skipped", self.skipped)
        yield from _by_kind("repaired", self.repaired)


def _by_kind(word: str, notes: list[Note]) -> Iterator[str]:
    first = {(note.about, note.what): note for note in reversed(notes)}
    for (about, what), count in Counter((note.about, note.what) for note in notes).most_common():
        yield f"  {word} {count}: {about}: {what} (first: line {first[about, what].line})"
