"""Fetching numbers from Braze, often while they are fresh and until Braze forgets them."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

import delivery.services as delivery
from branding.scope import brand_scope
from braze_client import AccessDenied, BrazeError, KeyRejected, Refused, SendSeries
from delivery.models import Dispatch, SendId
from insights.models import DayNumbers, Metrics, Numbers, Poll
from workspace.errors import HeldBack, NotConnected
from workspace.services import braze_for, connected, key_refused

logger = logging.getLogger("smartersends.insights")

#: Braze keeps the numbers of a send for 14 days. https://www.braze.com/docs/api/endpoints/export/campaigns/get_send_analytics
KEPT = timedelta(days=14)
#: An unknown hand-over without numbers this long after its time was never taken by Braze.
SILENCE = timedelta(hours=2)
STARTED = (Dispatch.State.SCHEDULED, Dispatch.State.DONE, Dispatch.State.UNKNOWN)
POLLS_AT_ONCE = 200


def due(now: datetime) -> list[tuple[int, int]]:
    """(brand, send id) of sends in their fourteen days whose numbers are due. Asked across brands."""
    sending = Dispatch.objects.filter(
        state__in=STARTED, send_id__isnull=False, planned_at__lte=now, planned_at__gt=now - KEPT
    )
    asked = Q(poll__isnull=True) | Q(poll__due_at__lte=now)
    rows = SendId.objects.filter(asked, pk__in=sending.values("send_id"), is_known_to_braze=True)
    return list(rows.order_by("poll__due_at").values_list("brand_id", "pk")[:POLLS_AT_ONCE])


def poll(brand_id: int, send_id_pk: int) -> None:
    """Fetch one send id's series and write it down. No transaction is open while Braze answers."""
    with brand_scope(brand_id):
        send_id = SendId.objects.get(pk=send_id_pk)
        if _just_polled(send_id):
            return
        try:
            workspace = connected()
            braze = braze_for(workspace)
        except NotConnected as error:
            _put_off(send_id, str(error))
            return
    try:
        series = braze.send_series(send_id.campaign_id, send_id.value, length=KEPT.days + 1)
    except HeldBack as error:
        with brand_scope(brand_id):
            _put_off(send_id, str(error))
        return
    except BrazeError as error:
        with brand_scope(brand_id):
            _trouble(send_id, error)
            if isinstance(error, (KeyRejected, AccessDenied)):
                key_refused(workspace, error)
        return
    with brand_scope(brand_id):
        record(send_id, series)


@transaction.atomic
def record(send_id: SendId, series: SendSeries) -> None:
    """Write a fetched series into days and totals, and settle what was unknown."""
    now = timezone.now()
    for dispatch in delivery.awaiting_numbers(send_id.pk):
        if dispatch.planned_at > now - KEPT:
            _record_dispatch(dispatch, series, now)
    Poll.objects.update_or_create(
        send_id=send_id, defaults={"fetched_at": now, "due_at": _next(send_id, now), "trouble": ""}
    )


def _record_dispatch(dispatch: Dispatch, series: SendSeries, now: datetime) -> None:
    entries = series.entries_for(dispatch.variation_id, dispatch.variation_name or None)
    DayNumbers.objects.bulk_create(
        [_day(dispatch, day, entry, now) for day, entry in entries],
        update_conflicts=True,
        unique_fields=["brand", "dispatch", "day"],
        update_fields=[*Metrics.NAMES, "fetched_at"],
    )
    totals = DayNumbers.objects.filter(dispatch=dispatch).aggregate(
        **{name: Sum(name) for name in Metrics.NAMES}
    )
    if entries:
        Numbers.objects.update_or_create(dispatch=dispatch, defaults={**totals, "fetched_at": now})
    if dispatch.state == Dispatch.State.UNKNOWN:
        _settle_unknown(dispatch, totals, now)


def _day(dispatch: Dispatch, day: str, entry: Any, now: datetime) -> DayNumbers:
    metrics = {name: getattr(entry, name) for name in Metrics.NAMES}
    return DayNumbers(
        brand_id=dispatch.brand_id,
        dispatch=dispatch,
        day=datetime.fromisoformat(day[:10]).date(),
        fetched_at=now,
        **metrics,
    )


def _settle_unknown(dispatch: Dispatch, totals: dict[str, int | None], now: datetime) -> None:
    """(send id, variation) is this dispatch's alone, so a number under it proves the send, and silence disproves it."""
    if totals["sent"]:
        delivery.settle_unknown(
            dispatch, was_sent=True, because=_("Braze reports its numbers, so it was sent.")
        )
    elif now > dispatch.planned_at + SILENCE:
        because = _("Braze shows no send two hours after its time, so it was not sent.")
        delivery.settle_unknown(dispatch, was_sent=False, because=because)


def _just_polled(send_id: SendId) -> bool:
    found = Poll.objects.filter(send_id=send_id).first()
    return found is not None and found.due_at > timezone.now()


def _next(send_id: SendId, now: datetime) -> datetime:
    """The older the newest send, the rarer: a twentieth of its age, between the setting and twelve hours."""
    newest = Dispatch.objects.filter(send_id=send_id, planned_at__lte=now).aggregate(
        newest=Max("planned_at")
    )["newest"]
    age = now - newest if newest else timedelta(0)
    return now + min(max(timedelta(seconds=settings.POLL_FRESH_SECONDS), age / 20), timedelta(hours=12))


def _trouble(send_id: SendId, error: BrazeError) -> None:
    _put_off(send_id, error.words if isinstance(error, Refused) and error.words else error.advice)


def _put_off(send_id: SendId, words: str) -> None:
    soon = timezone.now() + timedelta(seconds=max(settings.POLL_FRESH_SECONDS, 60))
    Poll.objects.update_or_create(send_id=send_id, defaults={"due_at": soon, "trouble": words[:300]})
    logger.warning("numbers of %s put off: %s", send_id.value, words)
