"""Rows of campaigns as the portal would have written them over the weeks, with the times they would carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from accounts.models import User
from campaigns.content import fingerprint, seal
from campaigns.models import Campaign, Event
from delivery.message import Sealed
from delivery.models import Attempt, Dispatch, SealedMessage, SendId
from insights.models import DayNumbers, Numbers, Poll
from library.models import TemplateVersion
from smartersends.seed import stable, wording
from smartersends.seed.plans import HANDED_IN, PAST, Plan, Story
from workspace.models import Workspace

Status = Campaign.Status
State = Dispatch.State

#: As Braze words it when a variation was archived in its dashboard.
REFUSED_WORDS = "Message variation id is invalid: it does not belong to the campaign."
UNKNOWN_WORDS = "Braze did not answer clearly. It may have taken this campaign; it is not handed over again."
CANCEL_WORDS = "Braze has cancelled it; nothing was sent."
CHANGES_WORDS = "Lovely. Please say until when it is on, and use the picture of your own counter."

_STATUS = {
    Story.REFUSED: Status.NOT_SENT, Story.UNKNOWN: Status.SCHEDULED, Story.CANCELLED: Status.DRAFT,
    Story.DRAFT: Status.DRAFT, Story.RETURNED: Status.DRAFT, Story.IN_REVIEW: Status.IN_REVIEW,
    Story.APPROVED: Status.APPROVED, Story.SCHEDULED: Status.DRAFT,
}  # fmt: skip
_STATE = {Story.REFUSED: State.REFUSED, Story.UNKNOWN: State.UNKNOWN, Story.CANCELLED: State.CANCELLED}
_PROMISED = (*PAST, Story.UNKNOWN, Story.CANCELLED)


@dataclass
class Book:
    """All rows of one brand's history, kept until they are written together."""

    workspace: Workspace
    now: datetime
    versions: dict[str, TemplateVersion]
    messages: list[SealedMessage] = field(default_factory=list)
    send_ids: dict[str, SendId] = field(default_factory=dict)
    dispatches: list[Dispatch] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    days: list[DayNumbers] = field(default_factory=list)
    numbers: list[Numbers] = field(default_factory=list)
    polls: list[Poll] = field(default_factory=list)
    _pairs: set[tuple[str, str]] = field(default_factory=set)

    def add(self, plan: Plan) -> Campaign:
        campaign = self._campaign(plan)
        self.campaigns.append(campaign)
        if plan.story in _PROMISED:
            campaign.dispatch = self._dispatch(plan, seal(campaign, self.workspace))
        self._events(plan, campaign)
        if plan.story == Story.CANCELLED:
            campaign.dispatch = None
        return campaign

    def _campaign(self, plan: Plan) -> Campaign:
        version = self.versions[plan.idea.template]
        campaign = Campaign(
            group=plan.group,
            template_version=version,
            name=plan.name,
            values=wording.values(version, plan.idea, plan.local),
            segment=plan.segment,
            send_at=_passed(plan) if plan.story == Story.APPROVED else plan.planned_at,
            status=_STATUS.get(plan.story, Status.SENT),
            submitted_by=plan.author if plan.story in HANDED_IN and plan.story != Story.RETURNED else None,
            created_by=plan.author,
            changed_by=plan.author,
            created_at=plan.created_at,
        )
        if plan.story in (Story.SENT_AFTER_APPROVAL, Story.SENT_AFTER_CHANGES, Story.APPROVED):
            campaign.approved_hash = fingerprint(campaign)
        return campaign

    # What was promised to Braze

    def _dispatch(self, plan: Plan, sealed: Sealed) -> Dispatch:
        promised_at = self._promised_at(plan)
        message = SealedMessage(
            content=sealed.model_dump(), content_hash=sealed.fingerprint(), sealed_at=promised_at
        )
        self.messages.append(message)
        dispatch = Dispatch(
            group=plan.group, template=self.versions[plan.idea.template].template, label=plan.name,
            message=message, variation_id=sealed.variation_id,
            variation_name=sealed.variation_name, send_id=self._send_id(promised_at, sealed.variation_id),
            planned_at=plan.planned_at, booked_for=plan.planned_at, state=_STATE.get(plan.story, State.DONE),
            not_before=promised_at, created_at=promised_at,
        )  # fmt: skip
        self._ending(plan, dispatch, promised_at)
        self.dispatches.append(dispatch)
        return dispatch

    def _promised_at(self, plan: Plan) -> datetime:
        """When it was scheduled: some time after it was begun, and before it was to go."""
        return plan.created_at + min(
            timedelta(hours=6), (plan.planned_at - plan.created_at) / 2, (self.now - plan.created_at) / 2
        )

    def _ending(self, plan: Plan, dispatch: Dispatch, at: datetime) -> None:
        name = dispatch.label
        if plan.story == Story.REFUSED:
            dispatch.outcome, dispatch.settled_at = REFUSED_WORDS, at + timedelta(seconds=2)
            self._attempt(dispatch, at, Attempt.Outcome.REFUSED, 400, REFUSED_WORDS)
        elif plan.story == Story.UNKNOWN:
            dispatch.outcome = UNKNOWN_WORDS
            self._attempt(
                dispatch, at, Attempt.Outcome.UNKNOWN, 504, "The outcome is unknown: look it up in Braze."
            )
        else:
            dispatch.schedule_id = stable.identifier("schedule", name)
            dispatch.braze_dispatch_id = stable.identifier("dispatch", name).replace("-", "")
            self._attempt(dispatch, at, Attempt.Outcome.ACCEPTED, 201, "")
            dispatch.settled_at = plan.planned_at + timedelta(seconds=4)
        if plan.story == Story.CANCELLED:
            dispatch.cancel_wanted, dispatch.settled_at = True, at + timedelta(minutes=41)
            self._attempt(dispatch, at + timedelta(minutes=41), Attempt.Outcome.ACCEPTED, 200, "", "delete")

    def _attempt(
        self, dispatch: Dispatch, at: datetime, outcome: str, status: int, words: str, verb: str = "create"
    ) -> None:
        self.attempts.append(
            Attempt(
                dispatch=dispatch, path=f"/messages/schedule/{verb}", started_at=at, outcome=outcome, status=status,
                ended_at=at + timedelta(milliseconds=180), words=words,
                request_id=stable.identifier("request", dispatch.label, verb),
            )
        )  # fmt: skip

    def _send_id(self, at: datetime, variation_id: str) -> SendId:
        """The day's first send id under which the variation is still free, as delivery takes them."""
        values = (f"smartersends-{at:%Y%m%d}-{number:02d}" for number in range(100))
        value = next(value for value in values if (value, variation_id) not in self._pairs)
        self._pairs.add((value, variation_id))
        fresh = SendId(
            campaign_id=self.workspace.campaign_id, day=at.date(), number=int(value[-2:]), value=value,
            is_known_to_braze=True,
        )  # fmt: skip
        return self.send_ids.setdefault(value, fresh)

    # Who did what

    def _events(self, plan: Plan, campaign: Campaign) -> None:
        at, author = plan.created_at, plan.author
        self._event(campaign, at, author, "", Status.DRAFT, kind=Event.Kind.CREATED)
        before, by = str(Status.DRAFT), author
        if plan.story in HANDED_IN:
            before, by = self._review(plan, campaign)
        if plan.story in _PROMISED:
            self._event(
                campaign, self._promised_at(plan), by, before, Status.SCHEDULED, dispatch=campaign.dispatch
            )
            self._ended(plan, campaign)

    def _review(self, plan: Plan, campaign: Campaign) -> tuple[str, User]:
        """Handed in, perhaps returned and handed in again, perhaps approved. Returns where that left it, and by whom."""
        steps = [(plan.author, Status.DRAFT, Status.IN_REVIEW, "")]
        if plan.story in (Story.SENT_AFTER_CHANGES, Story.RETURNED):
            steps.append((plan.approver, Status.IN_REVIEW, Status.DRAFT, CHANGES_WORDS))
        if plan.story == Story.SENT_AFTER_CHANGES:
            steps.append((plan.author, Status.DRAFT, Status.IN_REVIEW, ""))
        if plan.story in (Story.SENT_AFTER_APPROVAL, Story.SENT_AFTER_CHANGES, Story.APPROVED):
            steps.append((plan.approver, Status.IN_REVIEW, Status.APPROVED, ""))
        step = (self._promised_at(plan) - plan.created_at) / (len(steps) + 1)
        for number, (by, before, after, note) in enumerate(steps, 1):
            self._event(campaign, plan.created_at + number * step, by, before, after, note=note)
        return steps[-1][2], steps[-1][0]

    def _ended(self, plan: Plan, campaign: Campaign) -> None:
        dispatch = campaign.dispatch
        if dispatch is None or dispatch.settled_at is None:
            return
        at = dispatch.settled_at + timedelta(seconds=3)
        if plan.story == Story.REFUSED:
            self._event(campaign, at, None, Status.SCHEDULED, Status.NOT_SENT, note=REFUSED_WORDS)
        elif plan.story == Story.CANCELLED:
            wanted = at - timedelta(seconds=5)
            self._event(campaign, wanted, plan.author, Status.SCHEDULED, "", kind=Event.Kind.CANCEL_WANTED)
            self._event(campaign, at, None, Status.SCHEDULED, Status.DRAFT, note=CANCEL_WORDS)
        else:
            self._event(campaign, at, None, Status.SCHEDULED, Status.SENT)

    def _event(
        self, campaign: Campaign, at: datetime, by: User | None, before: str, after: str,
        *, kind: str = Event.Kind.MOVE, note: str = "", dispatch: Dispatch | None = None,
    ) -> None:  # fmt: skip
        self.events.append(
            Event(
                campaign=campaign,
                at=at,
                by=by,
                before=before,
                after=after,
                kind=kind,
                note=note,
                dispatch=dispatch,
            )
        )

    # Writing

    def write(self) -> None:
        """All rows, each kind in one go. Times that the tables set by themselves are put right afterwards."""
        kinds: tuple[tuple[Sequence[models.Model], str], ...] = (
            (self.messages, "sealed_at"), (list(self.send_ids.values()), ""), (self.dispatches, "created_at"),
            (self.campaigns, "created_at"), (self.attempts, "started_at"), (self.events, "at"), (self.days, ""),
            (self.numbers, ""), (self.polls, ""),
        )  # fmt: skip
        for rows, stamp in kinds:
            _write(rows, stamp)
        last = {event.campaign_id: event.at for event in self.events}
        for campaign in self.campaigns:
            campaign.updated_at = last[campaign.pk]
        Campaign.objects.bulk_update(self.campaigns, ["updated_at"])


def _passed(plan: Plan) -> datetime:
    """A time between handing in and approving: what was approved too late waits for a new one."""
    at = plan.created_at + timedelta(hours=3)
    return at.replace(minute=at.minute // 15 * 15, second=0)


def _write(rows: Sequence[Any], stamp: str) -> None:
    if not rows:
        return
    true = {id(row): getattr(row, stamp) for row in rows} if stamp else {}
    type(rows[0]).objects.bulk_create(rows, batch_size=500)
    if stamp:
        for row in rows:
            setattr(row, stamp, true[id(row)])
        type(rows[0]).objects.bulk_update(rows, [stamp], batch_size=500)
