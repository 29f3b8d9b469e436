"""Segments: who they are made of, and how many. Braze has no endpoint to make one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..answers.segments import Segment, SegmentDetails, SegmentPage, SegmentSeries
from ..limits import SEGMENTS_PER_PAGE
from .base import Endpoints, SortDirection, known, page_of, period


class Segments(Endpoints):
    """https://www.braze.com/docs/api/endpoints/export/segments"""

    def list_segments(self, page: int = 0, *, sort_direction: SortDirection = "asc") -> SegmentPage:
        """A page of up to 100 segments, by creation time, from page 0. Permission segments.list."""
        # https://www.braze.com/docs/api/endpoints/export/segments/get_segment
        return self._get("/segments/list", SegmentPage, page_of(page, sort_direction))

    def iter_segments(self, *, sort_direction: SortDirection = "asc") -> Iterator[Segment]:
        """All segments, a call for each 100."""
        page = 0
        while True:
            segments = self.list_segments(page, sort_direction=sort_direction).segments
            yield from segments
            if len(segments) < SEGMENTS_PER_PAGE:
                return
            page += 1

    def segment_details(self, segment_id: str) -> SegmentDetails:
        """Name and description of a segment. Permission segments.details."""
        # https://www.braze.com/docs/api/endpoints/export/segments/get_segment_details
        return self._get("/segments/details", SegmentDetails, {"segment_id": known(segment_id)})

    def segment_series(
        self, segment_id: str, *, length: int = 1, ending_at: datetime | None = None
    ) -> SegmentSeries:
        """Estimated sizes of a segment for `length` days (1 to 100) back from `ending_at` (now).

        Permission segments.data_series.
        """
        # https://www.braze.com/docs/api/endpoints/export/segments/get_segment_analytics
        params = {"segment_id": known(segment_id), **period(length, ending_at)}
        return self._get("/segments/data_series", SegmentSeries, params)
