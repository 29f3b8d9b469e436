"""Who did what, and what Braze said, in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.models import Campaign, Event
from delivery.models import Attempt

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


def _deed(event: Event) -> str:
    if event.kind == Kind.CREATED:
        return _("Started the campaign")
    if event.kind == Kind.CANCEL_WANTED:
        return _("Asked to cancel it")
    if event.kind == Kind.RESOLVED:
        return _("Settled the outcome")
    deeds: dict[tuple[str, str], str] = {
        (Status.DRAFT, Status.IN_REVIEW): _("Submitted it for review"),
        (Status.IN_REVIEW, Status.APPROVED): _("Approved it"),
        (Status.IN_REVIEW, Status.DRAFT): _("Asked for changes"),
        (Status.APPROVED, Status.DRAFT): _("Opened it for changes"),
        (Status.SCHEDULED, Status.DRAFT): _("Back to draft"),
        (Status.NOT_SENT, Status.DRAFT): _("Opened it for changes"),
        (Status.SCHEDULED, Status.SENT): _("The campaign was sent"),
        (Status.SCHEDULED, Status.NOT_SENT): _("The campaign was not sent"),
    }
    return deeds.get((event.before, event.after), _("Scheduled it"))


def _of_attempt(attempt: Attempt) -> Entry:
    asked = {
        "/sends/id/create": _("Send id"),
        "/messages/schedule/create": _("Schedule"),
        "/messages/schedule/delete": _("Cancellation"),
    }.get(attempt.path, attempt.path)
    answer = attempt.get_outcome_display().lower()
    tone = {"accepted": "good", "refused": "bad", "unknown": "bad"}.get(attempt.outcome, "wait")
    detail = " · ".join(part for part in (attempt.words, _request(attempt)) if part)
    return Entry(attempt.ended_at or attempt.started_at, "Braze", f"{asked}: {answer}", detail, tone)


def _request(attempt: Attempt) -> str:
    return _("request %(id)s") % {"id": attempt.request_id} if attempt.request_id else ""
