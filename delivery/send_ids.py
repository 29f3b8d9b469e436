"""A hundred new send ids a day for thousands of groups: one send id serves many variations.

Braze counts by (send id, variation). A dispatch takes the day's lowest send id under which its variation is still
free; the database refuses the same pair twice. A group on the default variation uses up one id each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from branding.scope import current_brand_id
from delivery.models import Dispatch, SendId

#: As long as a call may take, and some.
ASKING = timedelta(seconds=settings.BRAZE_TIMEOUT_SECONDS + 30)


def allot(dispatches: Sequence[Dispatch], *, campaign_id: str) -> None:
    """Give each the send id it counts under, or none when the day's are used up. Safe to ask twice.

    Allots one at a time within a brand: two at once would take the same pair, or waste one of the day's ids.
    """
    without = [each for each in dispatches if each.send_id_id is None and not each.goes_without_send_id]
    if not without:
        return
    _wait_for_our_turn()
    day = timezone.now().astimezone(UTC).date()
    known = list(SendId.objects.filter(campaign_id=campaign_id, day=day).order_by("number"))
    taken = _taken(without, known)
    chosen: dict[SendId | None, list[Dispatch]] = defaultdict(list)
    for dispatch in without:
        send_id = _free(dispatch.variation_id, known, taken) or _next(known, campaign_id, day)
        if send_id is not None:
            taken.add((send_id.pk, dispatch.variation_id))
        chosen[send_id].append(dispatch)
    for send_id, served in chosen.items():
        _write(send_id, served)


def _wait_for_our_turn() -> None:
    """Until the end of this transaction no other worker allots for this brand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, (current_brand_id() or 0) % 2**31])


_LOCK = 0x5E4D


def _taken(dispatches: Iterable[Dispatch], known: Iterable[SendId]) -> set[tuple[int, str]]:
    used = Dispatch.objects.filter(
        send_id__in=known, variation_id__in={each.variation_id for each in dispatches}
    )
    return {
        (send_id, variation) for send_id, variation in used.values_list("send_id", "variation_id") if send_id
    }


def _free(variation_id: str, known: Iterable[SendId], taken: set[tuple[int, str]]) -> SendId | None:
    return next((each for each in known if (each.pk, variation_id) not in taken), None)


def _next(known: list[SendId], campaign_id: str, day: date) -> SendId | None:
    number = len(known)
    if number >= settings.SEND_IDS_PER_DAY:
        return None
    value = f"smartersends-{day:%Y%m%d}-{number:02d}"
    known.append(SendId.objects.create(campaign_id=campaign_id, day=day, number=number, value=value))
    return known[-1]


def _write(send_id: SendId | None, served: list[Dispatch]) -> None:
    for dispatch in served:
        dispatch.send_id, dispatch.goes_without_send_id = send_id, send_id is None
    Dispatch.objects.filter(pk__in=[each.pk for each in served]).update(
        send_id=send_id, goes_without_send_id=send_id is None
    )


def is_mine_to_ask(send_id: SendId) -> bool:
    """Whether this run may ask Braze for it now: nobody else does, and it is not known yet."""
    now = timezone.now()
    free = Q(asked_until__isnull=True) | Q(asked_until__lt=now)
    rows = SendId.objects.filter(free, pk=send_id.pk, is_known_to_braze=False)
    return bool(rows.update(asked_until=now + ASKING))


def ended(send_id: SendId, **changes: bool) -> None:
    """The answer, or the lack of one, is written down."""
    SendId.objects.filter(pk=send_id.pk).update(asked_until=None, **changes)


def go_without(send_id: SendId, *, besides: QuerySet[Dispatch] | None = None) -> None:
    """Braze gives no such id: those who wait for it go without, and say so."""
    rows = Dispatch.objects.filter(send_id=send_id, state=Dispatch.State.PENDING)
    if besides is not None:
        rows = rows.exclude(pk__in=besides.values("pk"))
    rows.update(send_id=None, goes_without_send_id=True)
