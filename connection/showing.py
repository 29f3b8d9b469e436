"""The state of a connection in words, for its page and for the notice on all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braze_client.probes import PROBES
from workspace import secrets
from workspace.models import BrazeAnswer, PermissionVerdict, Workspace
from workspace.permissions import EXTRA, NEEDED, NEEDED_NAMES, Permission
from workspace.questions import QUESTIONS

Verdict = PermissionVerdict.Verdict
#: A check begins within seconds; after this long nobody seems to be working.
SLOW: Final = timedelta(minutes=1)


class State(Enum):
    """Which of the page's headlines holds. The value names the look of the status."""

    UNCHECKED = "draft"
    UNREADABLE = "refused"
    REFUSED = "unknown"
    TROUBLE = "in_review"
    MISSING = "changes_requested"
    GOOD = "sent"


@dataclass(frozen=True)
class Line:
    """One permission with its verdicts; None where no probe has answered yet."""

    permission: Permission
    in_use: PermissionVerdict | None
    waiting: PermissionVerdict | None

    @property
    def is_missing(self) -> bool:
        return self.in_use is not None and self.in_use.verdict == Verdict.MISSING


@dataclass(frozen=True)
class Check:
    """What the last check found, and how far the one under way is."""

    workspace: Workspace
    needed: Sequence[Line]
    extra: Sequence[Line]
    is_readable: bool

    @property
    def state(self) -> State:
        if not self.is_readable:
            return State.UNREADABLE
        if self.workspace.key_refused_since:
            return State.REFUSED
        if self.workspace.checked_at is None:
            return State.UNCHECKED
        if self.workspace.check_trouble:
            return State.TROUBLE
        return State.GOOD if self.held == len(self.needed) else State.MISSING

    @property
    def held(self) -> int:
        return sum(line.in_use is not None and line.in_use.verdict == Verdict.HELD for line in self.needed)

    @property
    def missing(self) -> list[str]:
        return [line.permission.name for line in self.needed if line.is_missing]

    @property
    def is_under_way(self) -> bool:
        return self.workspace.check_wanted_at is not None or self.workspace.check_begun_at is not None

    @property
    def waits_for_a_worker(self) -> bool:
        wanted = self.workspace.check_wanted_at
        if wanted is None or self.workspace.check_begun_at:
            return False
        return timezone.now() - wanted > SLOW

    @property
    def steps(self) -> int:
        return len(PROBES)


def check_of(workspace: Workspace) -> Check:
    rows = {(row.of_next_key, row.permission): row for row in PermissionVerdict.objects.all()}
    needed, extra = (_lines(each, rows) for each in (NEEDED, EXTRA))
    return Check(workspace, needed, extra, _opens(workspace))


def _lines(
    permissions: Sequence[Permission], rows: Mapping[tuple[bool, str], PermissionVerdict]
) -> list[Line]:
    return [Line(each, rows.get((False, each.name)), rows.get((True, each.name))) for each in permissions]


def _opens(workspace: Workspace) -> bool:
    try:
        workspace.api_key()
    except secrets.SecretUnreadable:
        return not workspace.has_key
    return True


# What was learned


@dataclass(frozen=True)
class Learned:
    question: str
    answer: str
    evidence: str
    changes: str
    asked_at: datetime


def learned() -> tuple[list[Learned], int]:
    """The answers there are, and how many questions nobody has answered."""
    rows = {row.question: row for row in BrazeAnswer.objects.all()}
    found = [
        Learned(
            str(each.words),
            str(each.answers.get(row.answer, row.answer)),
            row.evidence,
            str(each.changes),
            row.asked_at,
        )
        for each in QUESTIONS
        if (row := rows.get(each.key))
    ]
    return found, len(QUESTIONS) - len(found)


# On every page


def trouble() -> str:
    """One sentence for those who can mend the connection, or "" while it is well. One query."""
    lost = Q(
        verdicts__of_next_key=False, verdicts__verdict=Verdict.MISSING, verdicts__permission__in=NEEDED_NAMES
    )
    row = Workspace.objects.annotate(missing=Count("verdicts", filter=lost)).first()
    if row is None or not row.has_key:
        return _("This brand is not connected to Braze yet, so nothing can be sent.")
    if row.key_refused_since:
        return _("Braze refuses this brand's key, so nothing is being sent.")
    if row.check_trouble:
        return _("The Braze connection could not be checked: %(why)s") % {"why": row.check_trouble}
    if row.missing:
        return ngettext(
            "The Braze key lacks %(count)d permission that it needs.",
            "The Braze key lacks %(count)d permissions that it needs.",
            row.missing,
        ) % {"count": row.missing}
    return ""
