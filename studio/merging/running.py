"""A merge in handfuls: can be left and come back to, and a second worker or a second run does nothing twice.

A round walks through all campaigns that are not on the version yet. What is under way at Braze is asked again in the
next round, until nothing is.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.permissions import Permission
from branding.scope import across_brands, brand_scope
from campaigns.errors import CampaignError
from campaigns.impact import outdated
from campaigns.models import Campaign, Event
from campaigns.services.merging import merge
from campaigns.services.renewing import Outcome, renew
from connection import sending
from delivery import stops
from delivery.models import Stop
from groups.access import access_of
from groups.models import Group
from library.errors import LibraryError
from library.models import Template
from studio.models import MergeRun

logger = logging.getLogger("smartersends.merging")

Status, State, Scheduled = Campaign.Status, MergeRun.State, MergeRun.Scheduled
#: So many rows are held at once, and so many are worked through before the task goes to the end of the queue.
HANDFUL, SLICE = 25, 500
PAUSE = timedelta(seconds=5)
#: Braze answers within seconds; what has not come to rest by then is told as left.
ROUNDS = 120
LEFT_KEPT = 2_000
MERGED, REVIEWED = "merged", "reviewed"


# Asking for it


@transaction.atomic
def start(template: Template, *, scheduled: str, because: str, by: User) -> MergeRun:
    """Ask for a merge to the published version. Raises LibraryError with what stands against it."""
    held = Template.objects.select_for_update().get(pk=template.pk)
    current = held.current
    if current is None:
        raise LibraryError(_("This template is retired. Publish a version first."))
    if MergeRun.objects.under_way().filter(template=held).exists():
        raise LibraryError(_("A merge of this template is under way. Wait until it is done."))
    require_may(by, scheduled)
    because = because.strip()[:300]
    if scheduled != Scheduled.LEAVE and not because:
        raise LibraryError(_("Say why: everybody whose campaigns are concerned will read it."))
    if scheduled == Scheduled.HOLD:
        stops.stop_template(held, because=because, by=by)
    run: MergeRun = MergeRun(
        template=held,
        version=current,
        scheduled=scheduled,
        because=because,
        asked_by=by,
        not_before=timezone.now(),
    )
    run.total = _rows(run).count()
    run.save()
    note = f"{run.get_scheduled_display()}. {because}".strip()
    audit.record(audit.Action.TEMPLATE_MERGED, by=by, target=str(current), note=note)
    return run


def require_may(by: User, scheduled: str) -> None:
    if scheduled == Scheduled.RENEW and not may_renew(by):
        raise LibraryError(
            _("Only somebody who may send without approval everywhere may renew what is scheduled.")
        )
    if scheduled == Scheduled.HOLD and not may_hold(by):
        raise LibraryError(
            _("You may not stop the sending of a template. Ask somebody who manages the brand.")
        )


def may_renew(person: User) -> bool:
    """Whether they may decide over the scheduled campaigns of every group."""
    root = Group.objects.filter(parent=None).first()
    return root is not None and access_of(person).can(Permission.SEND_WITHOUT_APPROVAL, root)


def may_hold(person: User) -> bool:
    return sending.may_stop(access_of(person), Stop.Scope.TEMPLATE)


# Doing it


def advance(brand_id: int, run_id: int) -> bool:
    """Work on one run for a while. True if there is more to do at once."""
    with brand_scope(brand_id):
        run = MergeRun.objects.claim(run_id, timezone.now())
        if run is None:
            return False
        ids = _next(run)
    for start_at in range(0, len(ids), HANDFUL):
        with brand_scope(brand_id):
            _handful(run, ids[start_at : start_at + HANDFUL])
    with brand_scope(brand_id):
        if len(ids) < SLICE:
            _round_over(run)
        _put_down(run)
    return bool(run.state == State.WAITING and run.not_before <= timezone.now())


def due() -> list[tuple[int, int]]:
    """(brand, run) of those that nobody works on."""
    with across_brands("merges that wait"):
        return list(MergeRun.objects.due(timezone.now()).order_by("pk").values_list("brand_id", "pk"))


def _next(run: MergeRun) -> list[int]:
    """The campaigns to look at; none any more where another version was published meanwhile."""
    if not run.version.is_published:
        return []
    return list(_rows(run).filter(pk__gt=run.cursor).order_by("pk").values_list("pk", flat=True)[:SLICE])


def _rows(run: MergeRun) -> QuerySet[Campaign]:
    statuses = [Status.DRAFT, Status.IN_REVIEW]
    if run.scheduled == Scheduled.RENEW:
        statuses += [Status.APPROVED, Status.SCHEDULED]
    return outdated(run.template).filter(status__in=statuses)


def _handful(run: MergeRun, ids: Sequence[int]) -> None:
    tally = Counter(run.tally)
    for pk in ids:
        outcome = _one(run, pk)
        if outcome and (outcome != MERGED or not run.rounds):
            tally[outcome] += 1
    run.tally, run.cursor = dict(tally), ids[-1]
    alive = {"tally": run.tally, "cursor": run.cursor, "left": run.left, "alive_at": timezone.now()}
    MergeRun.objects.filter(pk=run.pk).update(**alive)


def _one(run: MergeRun, pk: int) -> str:
    """How it went; empty where it is asked again."""
    try:
        with transaction.atomic():
            campaign = Campaign.objects.filter(pk=pk).select_related("template_version").first()
            return _taken(run, campaign) if campaign else ""
    except CampaignError as error:
        return _leave(run, pk, str(error))
    except Exception:
        logger.exception("campaign %s could not be merged", pk)  # the others are not to wait for it
        return _leave(
            run, pk, _("Something went wrong with it. Whoever runs this installation finds it in the log.")
        )


def _taken(run: MergeRun, campaign: Campaign) -> str:
    if campaign.status in {Status.DRAFT, Status.IN_REVIEW}:
        merge(campaign, run.version, by=run.asked_by)
        return REVIEWED if campaign.status == Status.IN_REVIEW else MERGED
    refused = (
        run.rounds > 0
        and campaign.events.filter(kind=Event.Kind.CHANGE_REFUSED, at__gte=run.asked_at).exists()
    )
    outcome = renew(campaign, run.version, by=run.asked_by, last_try=refused)
    if outcome == Outcome.BUSY:
        return ""
    if outcome == Outcome.GONE:
        return _leave(
            run, campaign.pk, _("It was too late to change it, or nobody knows whether it has gone.")
        )
    return str(outcome)


def _leave(run: MergeRun, pk: int, why: str) -> str:
    if len(run.left) < LEFT_KEPT:
        run.left.append({"campaign": pk, "why": why})
    return ""


# Between rounds


def _round_over(run: MergeRun) -> None:
    """Done, or another round for what was under way at Braze."""
    if not run.version.is_published:
        run.state, run.ended_at = State.ENDED, timezone.now()
    elif run.scheduled == Scheduled.RENEW and _unsettled(run) and run.rounds < ROUNDS:
        run.rounds, run.cursor, run.left = run.rounds + 1, 0, []
        run.not_before = timezone.now() + PAUSE
    else:
        run.state, run.ended_at = State.DONE, timezone.now()


def _unsettled(run: MergeRun) -> bool:
    """Whether Braze has yet to agree to something: a change, or giving back what is held."""
    left = {each["campaign"] for each in run.left}
    if _rows(run).exclude(pk__in=left).exists():
        return True
    return bool(Campaign.objects.filter(template_version=run.version, change_undo__isnull=False).exists())


def _put_down(run: MergeRun) -> None:
    if run.state == State.RUNNING:
        run.state = State.WAITING
    told: dict[str, Any] = {
        name: getattr(run, name)
        for name in ("state", "rounds", "cursor", "left", "tally", "not_before", "ended_at")
    }
    MergeRun.objects.filter(pk=run.pk, state=State.RUNNING).update(**told)
