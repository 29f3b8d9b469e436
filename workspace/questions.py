"""Where Braze's documentation is silent, and what each answer of the real workspace changes here.

`manage.py braze_questions` asks. An answer nobody has yet is None, and then the strictest reading holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from workspace.models import BrazeAnswer, Workspace

#: Seconds ahead, and days ahead, that are tried.
LEADS: Final = (5, 15, 60, 300)
HORIZONS: Final = (30, 90, 365, 730)


@dataclass(frozen=True)
class Question:
    """`answers` are the possible ones with their words; `changes` says what depends on it."""

    key: str
    words: Promise
    answers: Mapping[str, Promise | str]
    changes: Promise


_REFUSED: Final = {"accepted": _("Accepted"), "refused": _("Refused")}
_YES_NO: Final = {"yes": _("Yes"), "no": _("No")}

QUESTIONS: Final = (
    Question(
        "missing_permission",
        _("Which status does a missing permission get?"),
        {"401": _("401, like a wrong key"), "403": _("403, unlike a wrong key")},
        _("With 403, a single 401 is enough to know that the key itself is refused."),
    ),
    Question(
        "permission_before_validation",
        _("Is the permission looked at before the request?"),
        _YES_NO,
        _("Without it the permission check cannot tell what is missing, and says “held” too often."),
    ),
    Question(
        "update_of_live",
        _("Changing a scheduled message"),
        _REFUSED,
        _("Where it is refused, a new time is a cancellation and a new schedule."),
    ),
    Question(
        "delete_of_live",
        _("Cancelling a scheduled message"),
        _REFUSED,
        _("Where it is refused, nothing can be taken back, and pages must not promise it."),
    ),
    Question(
        "delete_of_deleted",
        _("Cancelling a message twice"),
        _REFUSED,
        _("Where it is accepted, a cancellation without an answer may simply be repeated."),
    ),
    Question(
        "delete_of_unknown",
        _("Cancelling a message that never was"),
        _REFUSED,
        _("Where it is accepted, an accepted cancellation is no proof that something was cancelled."),
    ),
    Question(
        "past_time",
        _("A time that has passed"),
        _REFUSED,
        _("Where it is accepted, a schedule that comes late goes out at once, so lateness is checked here."),
    ),
    Question(
        "smallest_lead",
        _("The shortest notice Braze takes"),
        {str(each): format_lazy(_("{n} seconds"), n=each) for each in LEADS},
        _("A campaign is handed over at least this long before its time."),
    ),
    Question(
        "furthest_horizon",
        _("The furthest day Braze takes"),
        {str(each): format_lazy(_("{n} days ahead"), n=each) for each in HORIZONS},
        _("Campaigns further ahead wait here until Braze takes them."),
    ),
    Question(
        "series_entry",
        _("How a mailing's numbers name the message variation"),
        {"both": _("By id and by name"), "id": _("By id"), "name": _("By name alone")},
        _("By name alone, each group's variation needs the same name here as in Braze."),
    ),
    Question(
        "listed_sends_counted",
        _("Do mails to listed people count under a send id?"),
        _YES_NO,
        _("Where they do not, a test send to a colleague leaves no trace in the numbers."),
    ),
    Question(
        "repeated_send_id",
        _("Making a send id that exists"),
        _REFUSED,
        _("Where it is refused, a refusal after an unclear answer means that the id is there."),
    ),
    Question(
        "send_ids_reset",
        _("When the day's hundred send ids begin anew"),
        {"midnight_utc": _("At midnight UTC"), "other": _("At another time")},
        _("Counting of the day's ids begins anew at that time."),
    ),
    Question(
        "raw_tag",
        _("Is {% raw %} honoured in a mail?"),
        _YES_NO,
        _("Typed text is kept from being read as Liquid without it; where it works it can be one more wall."),
    ),
    Question(
        "segment_without_analytics",
        _("The size of a segment that Braze does not count"),
        {"empty": _("No days"), "zeros": _("Zeros"), "refused": _("Refused")},
        _("With zeros, such a segment's size is not shown: it would look empty."),
    ),
    Question(
        "track_errors",
        _("The form of errors when contacts are written"),
        {"codes": _("Rows with codes"), "sentences": _("Rows with sentences"), "texts": _("Texts without a row")},
        _("Without rows, a failed upload cannot name its lines."),
    ),
)  # fmt: skip

BY_KEY: Final[Mapping[str, Question]] = MappingProxyType({each.key: each for each in QUESTIONS})


class NoSuchAnswer(ValueError):
    """No question of this name, or an answer it does not have. The text lists what there is."""


def answer_of(workspace: Workspace, key: str) -> str | None:
    """What was learned, in the scope of the workspace's brand, or None. Raises KeyError for a question nobody asks."""
    BY_KEY[key]
    return (
        BrazeAnswer.objects.filter(workspace=workspace, question=key).values_list("answer", flat=True).first()
    )


def number_of(workspace: Workspace, key: str, *, otherwise: int) -> int:
    """The answer of a question that is answered by a number: seconds for smallest_lead, days for furthest_horizon."""
    answer = answer_of(workspace, key)
    return otherwise if answer is None else int(answer)


def learn(workspace: Workspace, key: str, answer: str, evidence: str = "") -> BrazeAnswer:
    """Keep an answer in place of an older one. `evidence` is what Braze said, without the key."""
    question = BY_KEY.get(key)
    if question is None:
        raise NoSuchAnswer(f"There is no question '{key}'. There are: {', '.join(BY_KEY)}.")
    if answer not in question.answers:
        raise NoSuchAnswer(f"'{key}' can be answered by {', '.join(question.answers)}, not by '{answer}'.")
    row: BrazeAnswer = BrazeAnswer.objects.update_or_create(
        question=key,
        defaults={
            "workspace": workspace, "answer": answer, "evidence": evidence[:1000], "asked_at": timezone.now(),
        },
    )[0]  # fmt: skip
    return row
