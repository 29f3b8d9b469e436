"""Why did this campaign go, or not go? Everything that is known, with one clear sentence on top."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from audiences.models import Segment
from audiences.rule import Rule
from campaigns.content import fingerprint
from campaigns.models import Campaign, Event
from campaigns.standing import standing
from campaigns.templatetags.campaigns import clock
from campaigns.timeline import Entry, entries_of, wording
from delivery import stops
from delivery.models import Attempt, Dispatch, InstallationStop, Stop
from workspace.models import Workspace

if TYPE_CHECKING:
    from accounts.models import User

Status, Kind, State = Campaign.Status, Event.Kind, Dispatch.State


@dataclass(frozen=True)
class Call:
    """One attempt, in words. `given` is whether Braze was given what is sealed now; None for calls without content."""

    attempt: Attempt
    what: str
    tone: str
    given: bool | None

    @property
    def seconds(self) -> str:
        millis = self.attempt.duration_ms
        return "" if millis is None else number_format(millis / 1000, decimal_pos=2)


@dataclass(frozen=True)
class Round:
    """One promise of this campaign and all that came of it; there is another for each time it was scheduled."""

    dispatch: Dispatch
    promised_by: User | None
    rule: Rule
    segment: str
    calls: list[Call]
    settled_by: User | None
    is_current: bool

    @property
    def sealed_hash(self) -> str:
        return self.dispatch.message.content_hash

    @property
    def as_sent(self) -> str:
        """The audience as the request has it."""
        request: dict[str, Any] = {"audience": self.rule.to_braze().to_json()}
        if self.rule.segment_id:
            request["segment_id"] = self.rule.segment_id
        return json.dumps(request, indent=2, ensure_ascii=False)


@dataclass(frozen=True)
class Decision:
    """What was approved, by whom, and whether it is what stands now."""

    by: User | None
    at: datetime
    approved: str
    now: str

    @property
    def holds(self) -> bool:
        return self.approved == self.now


@dataclass(frozen=True)
class Trace:
    campaign: Campaign
    sentence: str
    tone: str
    events: list[Entry]
    decision: Decision | None
    rounds: list[Round]
    stop: Stop | InstallationStop | None
    pause: Workspace | None


def trace_of(campaign: Campaign) -> Trace:
    events = list(campaign.events.select_related("by"))
    rounds = _rounds(campaign, events)
    current = rounds[0].dispatch if rounds and rounds[0].is_current else None
    sentence, tone = _sentence(campaign, events)
    return Trace(
        campaign,
        sentence,
        tone,
        entries_of(events),
        _decision(campaign, events),
        rounds,
        stops.active().over(current) if current else None,
        Workspace.objects.filter(paused_until__gt=timezone.now()).first(),
    )


def _rounds(campaign: Campaign, events: list[Event]) -> list[Round]:
    """Newest first; what a cancelled campaign was promised before is known by its events."""
    promised = {event.dispatch_id for event in events if event.dispatch_id}
    rows = Dispatch.objects.filter(pk__in=promised).select_related("message", "send_id", "numbers", "group")
    found = list(rows.prefetch_related("attempts").order_by("-pk"))
    rules = [Rule.model_validate(each.message.content["audience"]) for each in found]
    names = dict(
        Segment.objects.filter(
            segment_id__in=[rule.segment_id for rule in rules if rule.segment_id]
        ).values_list("segment_id", "name")
    )
    return [
        _round(campaign, dispatch, rule, names.get(rule.segment_id or "", rule.segment_id or ""), events)
        for dispatch, rule in zip(found, rules, strict=True)
    ]


def _round(campaign: Campaign, dispatch: Dispatch, rule: Rule, segment: str, events: list[Event]) -> Round:
    of_it = [event for event in events if event.dispatch_id == dispatch.pk]
    is_current = dispatch.pk == campaign.dispatch_id
    settled = [event.by for event in events if event.kind == Kind.RESOLVED] if is_current else []
    calls = [_call(each, dispatch.message.content_hash) for each in dispatch.attempts.all()]
    return Round(dispatch, of_it[0].by, rule, segment, calls, settled[-1] if settled else None, is_current)


def _call(attempt: Attempt, sealed: str) -> Call:
    what, tone = wording(attempt)
    return Call(attempt, what, tone, attempt.content_hash == sealed if attempt.content_hash else None)


def _decision(campaign: Campaign, events: list[Event]) -> Decision | None:
    approvals = [event for event in events if event.after == Status.APPROVED and event.kind == Kind.MOVE]
    if not approvals or not campaign.approved_hash:
        return None
    last = approvals[-1]
    return Decision(last.by, last.at, campaign.approved_hash, fingerprint(campaign))


# One sentence


def _sentence(campaign: Campaign, events: list[Event]) -> tuple[str, str]:
    """With its tone: good, bad, wait or plain."""
    dispatch, zone = campaign.dispatch, campaign.group.zone
    if campaign.status == Status.DRAFT:
        return _draft(events, zone), "plain"
    if campaign.status == Status.IN_REVIEW:
        return _("It has not gone: it waits for somebody to approve it."), "wait"
    if campaign.status == Status.APPROVED:
        return _("It did not go: it was approved after its time, and waits for a new one."), "bad"
    if dispatch is None:
        return _("It did not go."), "bad"
    if campaign.status == Status.NOT_SENT:
        return _("It did not go, and nobody got it: %(why)s") % {"why": dispatch.outcome}, "bad"
    if campaign.status == Status.SENT:
        return _sent(dispatch, zone), "good"
    if campaign.outcome_unknown:
        return _("Nobody knows yet whether it goes: %(why)s") % {"why": dispatch.outcome}, "bad"
    if dispatch.state == State.SCHEDULED and not dispatch.cancel_wanted:
        return _("Braze has it and sends it on %(time)s.") % {
            "time": clock(dispatch.booked_for, zone)
        }, "good"
    return " ".join([_("It has not gone yet."), *standing(campaign)]), "wait"


def _draft(events: list[Event], zone: ZoneInfo) -> str:
    back = next((event for event in reversed(events) if event.after == Status.DRAFT and event.before), None)
    if back is not None and back.before == Status.NOT_SENT:
        return _("It did not go, and was opened for changes. It is a draft.")
    wish = next((event for event in reversed(events) if event.kind == Kind.CANCEL_WANTED), None)
    if wish is None or back is None or back.before != Status.SCHEDULED:
        return _("It has not gone anywhere: it is a draft.")
    who = wish.by or _("SmarterSends")
    return _("It did not go: %(who)s cancelled it on %(time)s.") % {"who": who, "time": clock(wish.at, zone)}


def _sent(dispatch: Dispatch, zone: ZoneInfo) -> str:
    numbers = getattr(dispatch, "numbers", None)
    went = _("It went out on %(time)s.") % {"time": clock(dispatch.booked_for or dispatch.planned_at, zone)}
    if numbers is not None and numbers.sent is not None:
        counted = number_format(numbers.sent, force_grouping=True)
        return f"{went} " + _("Braze counted %(count)s mails.") % {"count": counted}
    if dispatch.outcome:
        return f"{went} {dispatch.outcome}"
    return f"{went} " + _("Braze has not reported numbers yet.")
