"""A hundred new send ids a day for thousands of groups: one send id serves many variations.

Braze counts by (send id, variation). A dispatch takes the day's lowest send id under which its variation is still
free; the database refuses the same pair twice. A group on the default variation uses up one id each time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from delivery.models import Dispatch, SendId

TRIES = 20


def allot(dispatch: Dispatch, *, campaign_id: str) -> SendId | None:
    """The send id this dispatch counts under, or None when the day's are used up. Safe to ask twice."""
    if dispatch.send_id or dispatch.goes_without_send_id:
        return dispatch.send_id
    today = datetime.now(UTC).date()
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _take(dispatch, campaign_id, today)
        except IntegrityError:
            continue  # another worker took this pair between our look and our write
    return None


def _take(dispatch: Dispatch, campaign_id: str, today: date) -> SendId | None:
    used = Dispatch.objects.filter(
        variation_id=dispatch.variation_id, send_id__day=today, send_id__campaign_id=campaign_id
    )
    taken = set(used.values_list("send_id", flat=True))
    # Read once: an id that another worker makes between two looks would be passed over, and one of the day's wasted.
    known = list(SendId.objects.filter(campaign_id=campaign_id, day=today).order_by("number"))
    free = next((send_id for send_id in known if send_id.pk not in taken), None)
    chosen = free or _next(len(known), campaign_id, today)
    Dispatch.objects.filter(pk=dispatch.pk).update(send_id=chosen, goes_without_send_id=chosen is None)
    dispatch.refresh_from_db()
    return chosen


def _next(number: int, campaign_id: str, today: date) -> SendId | None:
    if number >= settings.SEND_IDS_PER_DAY:
        return None
    return SendId.objects.create(
        campaign_id=campaign_id, day=today, number=number, value=f"smartersends-{today:%Y%m%d}-{number:02d}"
    )


def close_for_today(dispatch: Dispatch) -> None:
    """Braze gives no more today: this dispatch goes without, and says so."""
    Dispatch.objects.filter(pk=dispatch.pk).update(send_id=None, goes_without_send_id=True)
    dispatch.refresh_from_db()
