"""The segments of a workspace, brought to what Braze says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone

from audiences.models import Segment
from audiences.reading import Incomplete, Run
from branding.scope import brand_scope
from braze_client import AccessDenied, KeyRejected, Refused
from braze_client.answers.segments import Segment as Listed
from braze_client.answers.segments import SegmentDetails, SegmentSeries

#: Days of sizes that are asked for and kept.
DAYS = 30

Answer = TypeVar("Answer")


def read_segments(run: Run) -> None:
    """The list first, then description and sizes of each. What this reading has read before a break is not read again.

    Raises Incomplete where the key may list segments but not look into them.
    """
    listed = list(run.braze.iter_segments())
    started = run.reading.started_at or timezone.now()
    with brand_scope(run.brand_id):
        _take_in(listed, timezone.now())
        waiting = list(Segment.objects.filter(gone_at=None).exclude(read_at__gte=started).order_by("pk"))
        run.tell(len(listed) - len(waiting), len(listed))
    _look_into(run, waiting, already=len(listed) - len(waiting))


def _look_into(run: Run, waiting: list[Segment], *, already: int) -> None:
    denied: set[str] = set()
    for number, segment in enumerate(waiting, already + 1):
        read = _read(run, segment, denied)
        with brand_scope(run.brand_id):
            Segment.objects.filter(pk=segment.pk).update(**read, read_at=timezone.now())
            run.tell(number)
    if denied:
        raise Incomplete(", ".join(sorted(denied)))


def _read(run: Run, segment: Segment, denied: set[str]) -> dict[str, Any]:
    """Columns with what Braze says; a segment without analytics has no size, which is not a size of zero."""
    braze, key = run.braze, segment.segment_id
    details = _unless(denied, "segments.details", lambda: braze.segment_details(key))
    read = _described(details) if details else {}
    if segment.is_counted is False:
        return read | {"size": None, "size_at": None, "series": []}
    series = _unless(denied, "segments.data_series", lambda: braze.segment_series(key, length=DAYS))
    return read | (_sized(series, timezone.now()) if series else {})


def _unless(denied: set[str], permission: str, call: Callable[[], Answer]) -> Answer | None:
    """Nothing for what the key may not do, which is asked once; nothing for a segment that has just vanished."""
    if permission in denied:
        return None
    try:
        return call()
    except (KeyRejected, AccessDenied):
        denied.add(permission)
    except Refused:
        pass  # it has vanished since it was listed; the next reading will not find it
    return None


def _described(details: SegmentDetails) -> dict[str, Any]:
    words = details.text_description or details.description or ""
    return {"description": words[:500]}


def _sized(answer: SegmentSeries, now: datetime) -> dict[str, Any]:
    series = [[each.time[:10], each.size] for each in answer.data if each.size is not None]
    if not series:
        return {"size": None, "size_at": None, "series": [], "is_counted": False}
    return {"size": series[-1][1], "size_at": now, "series": series[-DAYS:], "is_counted": True}


# The list


def _take_in(listed: Iterable[Listed], now: datetime) -> None:
    """New ones in, known ones renamed, those that came back offered again, and the rest gone."""
    known = {segment.segment_id: segment for segment in Segment.objects.all()}
    rows = {each.id: each for each in listed}
    Segment.objects.bulk_create(
        [Segment(segment_id=each.id, name=each.name[:200] or each.id, is_counted=each.analytics_tracking_enabled)
         for each in rows.values() if each.id not in known]
    )  # fmt: skip
    seen = [_renewed(known[key], each) for key, each in rows.items() if key in known]
    Segment.objects.bulk_update(seen, ["name", "is_counted", "is_active", "gone_at"], batch_size=500)
    gone = Segment.objects.filter(gone_at=None).exclude(segment_id__in=rows)
    gone.update(gone_at=now, is_active=False)


def _renewed(segment: Segment, listed: Listed) -> Segment:
    segment.name = listed.name[:200] or segment.name
    segment.is_counted = listed.analytics_tracking_enabled
    if segment.gone_at is not None:
        segment.gone_at, segment.is_active = None, True
    return segment
