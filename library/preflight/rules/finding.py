"""What a check says: where, how bad, what is wrong and how to put it right."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Blocks sending, asks for a decision, or merely tells."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"

    @property
    def weight(self) -> int:
        return {Severity.BLOCK: 2, Severity.WARN: 1, Severity.INFO: 0}[self]


def _(text: str) -> str:
    """Marks a text for translation; who shows it looks it up."""
    return text


class Words(NamedTuple):
    """Two keys of the translation catalogue, to be filled with a finding's params."""

    message: str
    fix: str


Params = Mapping[str, str | int | float]


@dataclass(frozen=True)
class Hit:
    """What a rule found, before the brand's own severity is applied. `severity` None: the rule's."""

    words: Words
    params: Params = field(default_factory=dict)
    path: str = ""
    part: str = ""
    #: What it is about: a word, an address, a colour. Other words are another finding, and need another bypass.
    subject: str = ""
    severity: Severity | None = None


@dataclass(frozen=True)
class Finding:
    """One fault. `path` is a field's (“offers.2.title”), a part's (“offers”), or empty for the mail as a whole.

    `message` and `fix` are English; library.preflight.wording says them in the reader's language.
    """

    rule: str
    severity: Severity
    words: Words
    params: Params = field(default_factory=dict)
    path: str = ""
    part: str = ""
    subject: str = ""
    #: The law, or what mailbox providers ask of everybody: nobody can let it pass.
    is_floor: bool = False
    #: In a report over many renderings: those it appears in.
    seen_in: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        return self.words.message % self.params

    @property
    def fix(self) -> str:
        return self.words.fix % self.params

    @property
    def subject_hash(self) -> str:
        """SHA-256 of what it is about, for a bypass that holds only while that stays as it is."""
        said = "\x00".join((self.rule, self.path, self.part, self.subject or self.message))
        return hashlib.sha256(said.encode()).hexdigest()


def can_bypass(finding: Finding) -> bool:
    """Whether somebody may answer for letting it pass: only what blocks needs it, and no floor allows it."""
    return finding.severity is Severity.BLOCK and not finding.is_floor
