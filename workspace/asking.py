"""Asks a real workspace what Braze's documentation leaves open, without a message that could reach anybody.

Schedules are for the one tester the operator named and never a broadcast. Their text ends itself when Braze comes to
write the mail (`abort_message`), so even one that could not be deleted again brings nothing.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from django.utils import timezone

from braze_client import (
    Braze,
    BrazeError,
    CreateSchedule,
    EmailMessage,
    Messages,
    Refused,
    Schedule,
    TrackUsers,
    UpdateSchedule,
    UserAttributes,
)
from workspace.checking import Verdict, check
from workspace.models import Workspace
from workspace.questions import HORIZONS, LEADS

ENDS_ITSELF: Final = "{% abort_message('A question of the portal to Braze, not a mail.') %}"
#: A day's hundred send ids begin anew somewhere in here before midnight UTC, as far as clocks agree.
_AROUND_MIDNIGHT: Final = timedelta(minutes=5)
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]+")
_ALREADY: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@dataclass(frozen=True)
class Found:
    """One answer of Braze to one of workspace.questions. `evidence` is fit to show."""

    question: str
    answer: str
    evidence: str


@dataclass
class Desk:
    """Whom to ask, what about, and what is left behind: schedules that could not be deleted."""

    braze: Braze
    workspace: Workspace
    tester: str = ""
    counted_send: str = ""
    left_behind: list[str] = field(default_factory=list)

    def book(self, time: datetime) -> str:
        """A schedule for the tester alone. Returns its id, or raises BrazeError."""
        request = CreateSchedule(
            external_user_ids=[self.tester],
            campaign_id=self.workspace.campaign_id,
            schedule=Schedule.at(time),
            messages=_message(self.workspace),
        )
        schedule_id = self.braze.create_schedule(request).schedule_id
        self.left_behind.append(schedule_id)
        return schedule_id

    def take_back(self, schedule_id: str) -> None:
        """Raises BrazeError, and then the schedule is named at the end."""
        self.braze.delete_schedule(schedule_id)
        self.left_behind.remove(schedule_id)


def _message(workspace: Workspace) -> Messages:
    email = {
        "app_id": workspace.app_id,
        "from": f"Portal <question@{workspace.sending_domain}>",
        "subject": "A question of the portal",
        "body": f"<html><body>{ENDS_ITSELF}</body></html>",
        "plaintext_body": ENDS_ITSELF,
        "message_variation_id": workspace.default_variation_id or None,
    }
    return Messages(email=EmailMessage.model_validate(email))


Ask = Callable[[Desk], Iterator[Found]]


@dataclass(frozen=True)
class Step:
    """`says` is what it will do, told beforehand. `needs` is the option without which it is left out."""

    says: str
    ask: Ask
    needs: str = ""


def _said(error: BrazeError) -> str:
    words = error.words if isinstance(error, Refused) else ""
    return f"{error.call.status or 'no answer'} {words}".strip()


# 1 · permissions


def _permissions(desk: Desk) -> Iterator[Found]:
    report = check(desk.braze, campaign_id=desk.workspace.campaign_id, skip={"sends.id.create"})
    missing = [
        each for each in report.findings if each.verdict == Verdict.MISSING and each.status in _ALREADY
    ]
    if report.key_refused or not missing:
        return
    evidence = ", ".join(f"{each.permission}: {each.status}" for each in missing)
    statuses = {each.status for each in missing}
    if len(statuses) == 1:
        yield Found("missing_permission", str(statuses.pop()), evidence)
    # Every probe but two is incomplete on purpose: a 401 or 403 to it came before anybody looked at the request.
    if any(each.permission not in {"segments.list", "users.export.ids"} for each in missing):
        yield Found("permission_before_validation", "yes", evidence)


# 2 and 3 · schedules


def _unknown_schedule(desk: Desk) -> Iterator[Found]:
    yield _outcome("delete_of_unknown", lambda: desk.braze.delete_schedule(str(uuid.uuid4())))


def _far_schedules(desk: Desk) -> Iterator[Found]:
    """Each is deleted before the next is made."""
    furthest, evidence = None, ""
    for days in HORIZONS:
        try:
            schedule_id = desk.book(timezone.now() + timedelta(days=days))
        except Refused as refused:
            evidence = f"{days} days: {_said(refused)}"
            break
        furthest = days
        if days == HORIZONS[0]:
            yield from _changes(desk, schedule_id)
        else:
            desk.take_back(schedule_id)
    if furthest is not None:
        yield Found("furthest_horizon", str(furthest), evidence or f"{furthest} days: accepted")


def _changes(desk: Desk, schedule_id: str) -> Iterator[Found]:
    later = Schedule.at(timezone.now() + timedelta(days=HORIZONS[0] + 1))
    change = UpdateSchedule(schedule_id=schedule_id, schedule=later)
    yield _outcome("update_of_live", lambda: desk.braze.update_schedule(change))
    yield _outcome("delete_of_live", lambda: desk.take_back(schedule_id))
    if schedule_id not in desk.left_behind:
        yield _outcome("delete_of_deleted", lambda: desk.braze.delete_schedule(schedule_id))


def _near_schedules(desk: Desk) -> Iterator[Found]:
    for seconds in LEADS:
        try:
            schedule_id = desk.book(timezone.now() + timedelta(seconds=seconds))
        except Refused:
            continue
        desk.take_back(schedule_id)
        yield Found("smallest_lead", str(seconds), f"{seconds} seconds: accepted")
        break
    try:
        schedule_id = desk.book(timezone.now() - timedelta(hours=1))
    except Refused as refused:
        yield Found("past_time", "refused", _said(refused))
    else:
        desk.left_behind.remove(schedule_id)  # over already: it ended itself
        yield Found("past_time", "accepted", f"an hour ago: schedule {schedule_id}")


def _outcome(question: str, act: Callable[[], object]) -> Found:
    """Accepted or refused. An unclear answer is raised, for it is none."""
    try:
        act()
    except Refused as refused:
        return Found(question, "refused", _said(refused))
    return Found(question, "accepted", "2xx")


# 4 · numbers


def _series(desk: Desk) -> Iterator[Found]:
    series = desk.braze.send_series(desk.workspace.campaign_id, desk.counted_send, length=14)
    for day in series.data:
        for entry in day.messages.get("email", []):
            by_id, by_name = bool(entry.variation_api_id), bool(entry.variation_name)
            if by_id or by_name:
                answer = "both" if by_id and by_name else "id" if by_id else "name"
                yield Found("series_entry", answer, f"{desk.counted_send} on {day.time}")
                return


# 5 · send ids


def _send_ids(desk: Desk) -> Iterator[Found]:
    value = f"smartersends-question-{timezone.now():%Y%m%d%H%M%S}"
    campaign = desk.workspace.campaign_id
    made = desk.braze.create_send_id(campaign, value)
    if resets_at := made.call.allowance.resets_at:
        yield Found("send_ids_reset", _when(resets_at), f"resets at {resets_at:%Y-%m-%d %H:%M:%S} UTC")
    yield _outcome("repeated_send_id", lambda: desk.braze.create_send_id(campaign, value))


def _when(resets_at: datetime) -> str:
    midnight = (resets_at + _AROUND_MIDNIGHT).replace(hour=0, minute=0, second=0, microsecond=0)
    return "midnight_utc" if abs(resets_at - midnight) <= _AROUND_MIDNIGHT else "other"


# 7 · segments


def _dark_segment(desk: Desk) -> Iterator[Found]:
    dark = (each for each in desk.braze.iter_segments() if each.analytics_tracking_enabled is False)
    segment = next(dark, None)
    if segment is None:
        return
    try:
        days = desk.braze.segment_series(segment.id, length=7).data
    except Refused as refused:
        yield Found("segment_without_analytics", "refused", _said(refused))
        return
    if not any(day.size for day in days):
        yield Found(
            "segment_without_analytics", "zeros" if days else "empty", f"{segment.name}: {len(days)} days"
        )


# 8 · errors of /users/track


def _track_errors(desk: Desk) -> Iterator[Found]:
    nobody = UserAttributes(external_id=str(uuid.uuid4()), email="no address", update_existing_only=True)
    try:
        tracked = desk.braze.track_users(TrackUsers(attributes=(nobody,)))
        rows, texts = tracked.row_errors, [each for each in tracked.errors if isinstance(each, str)]
    except Refused as refused:
        rows, texts = refused.rows, [refused.words] if refused.status == HTTPStatus.BAD_REQUEST else []
    if rows:
        answer = "codes" if _CODE.fullmatch(rows[0].words) else "sentences"
        yield Found("track_errors", answer, rows[0].words)
    elif texts and texts[0]:
        yield Found("track_errors", "texts", texts[0])


STEPS: Final = (
    Step("Probe the key's permissions with empty requests, as the set-up page does.", _permissions),
    Step("Delete a schedule that never was.", _unknown_schedule),
    Step("Read the days of one segment that Braze does not count, if there is one.", _dark_segment),
    Step("Write one object about nobody with a broken address, which Braze must refuse; no profile is made.", _track_errors),
    Step("Make one send id, twice. It uses up one of today's hundred.", _send_ids),
    Step("Read the numbers of one mailing that went out.", _series, needs="send"),
    Step(
        f"Schedule a message for the tester {HORIZONS[0]}, {', '.join(map(str, HORIZONS[1:-1]))} and {HORIZONS[-1]} days "
        "ahead, change the first, and delete each at once. Its text ends itself: no mail would come of it.",
        _far_schedules,
        needs="tester",
    ),
    Step(
        f"Schedule a message for the tester {', '.join(map(str, LEADS))} seconds ahead until one is taken, and delete "
        "it; then one for an hour ago. Their text ends itself: no mail comes of them.",
        _near_schedules,
        needs="near times",
    ),
)  # fmt: skip
