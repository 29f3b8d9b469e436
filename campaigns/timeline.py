"""Who did what, and what Braze said, in the order it happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign, Event
from delivery import paths
from delivery.models import Attempt

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Status, Kind = Campaign.Status, Event.Kind


@dataclass(frozen=True)
class Entry:
    """`who` is a person's name, "Braze" or the portal itself; `tone` is good, bad, wait or plain."""

    at: datetime
    who: str
    what: str
    detail: str = ""
    tone: str = "plain"
    initials: str = ""


def timeline(campaign: Campaign) -> list[Entry]:
    """Newest first."""
    events = list(campaign.events.select_related("by"))
    promised = {event.dispatch_id for event in events if event.dispatch_id}
    attempts = Attempt.objects.filter(dispatch_id__in=promised, ended_at__isnull=False)
    entries = [*map(_of_event, events), *map(_of_attempt, attempts)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def entries_of(events: Iterable[Event]) -> list[Entry]:
    """What people and the portal did, oldest first."""
    return [_of_event(event) for event in events]


def _of_event(event: Event) -> Entry:
    who = str(event.by) if event.by else _("SmarterSends")
    initials = event.by.initials if event.by else ""
    return Entry(event.at, who, _deed(event), event.note, _TONES.get(event.after, "plain"), initials)


_TONES: dict[str, str] = {
    Status.SENT: "good",
    Status.NOT_SENT: "bad",
    Status.SCHEDULED: "good",
    Status.IN_REVIEW: "wait",
}


_DEEDS: dict[str, StrOrPromise] = {
    Kind.CANCEL_WANTED: gettext_lazy("Asked to cancel it"),
    Kind.RESOLVED: gettext_lazy("Settled the outcome"),
    Kind.RESCHEDULED: gettext_lazy("Changed the time"),
    Kind.RETARGETED: gettext_lazy("Changed the audience"),
    Kind.REFRESHED: gettext_lazy("Had the mail made anew"),
    Kind.CHANGE_REFUSED: gettext_lazy("Braze has not agreed to the change"),
}


def _deed(event: Event) -> str:
    if event.kind == Kind.CREATED:
        return _("Started the campaign")
    if event.kind in _DEEDS:
        return str(_DEEDS[event.kind])
    deeds: dict[tuple[str, str], str] = {
        (Status.DRAFT, Status.IN_REVIEW): _("Submitted it for review"),
        (Status.IN_REVIEW, Status.APPROVED): _("Approved it"),
        (Status.IN_REVIEW, Status.DRAFT): _("Asked for changes"),
        (Status.APPROVED, Status.DRAFT): _("Opened it for changes"),
        (Status.SCHEDULED, Status.DRAFT): _("Back to draft"),
        (Status.NOT_SENT, Status.DRAFT): _("Opened it for changes"),
        (Status.SCHEDULED, Status.SENT): _("The campaign was sent"),
        (Status.SCHEDULED, Status.NOT_SENT): _("The campaign was not sent"),
        (Status.NOT_SENT, Status.SCHEDULED): _("Scheduled again"),
    }
    return deeds.get((event.before, event.after), _("Scheduled it"))


def wording(attempt: Attempt) -> tuple[str, str]:
    """What was asked of Braze, and the tone of its answer."""
    asked = {
        paths.SEND_ID: _("Send id"),
        paths.CREATE: _("Schedule"),
        paths.UPDATE: _("Change"),
        paths.DELETE: _("Taking it back"),
    }.get(attempt.path, attempt.path)
    return asked, {"accepted": "good", "refused": "bad", "unknown": "bad"}.get(attempt.outcome, "wait")


def _of_attempt(attempt: Attempt) -> Entry:
    asked, tone = wording(attempt)
    answer = attempt.get_outcome_display().lower()
    return Entry(attempt.ended_at or attempt.started_at, "Braze", f"{asked}: {answer}", attempt.words, tone)
