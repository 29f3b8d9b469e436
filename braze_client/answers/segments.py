"""Answers of the segment endpoints."""

from __future__ import annotations

from .base import Answer, Listing, Part


class Segment(Part):
    """A segment of the list."""

    id: str
    name: str = ""
    analytics_tracking_enabled: bool | None = None
    tags: Listing[str] = []


class SegmentPage(Answer):
    """A page of segments; one with fewer than 100 is the last."""

    segments: list[Segment]


class SegmentDetails(Answer):
    """`description` is Braze's rendering of the filters, `text_description` what the author wrote."""

    name: str | None = None
    description: str | None = None
    text_description: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    tags: Listing[str] = []
    teams: Listing[str] = []


class SegmentSize(Part):
    """The estimated number of members on a day (YYYY-MM-DD), unreachable ones included."""

    time: str
    size: int | None = None


class SegmentSeries(Answer):
    """Sizes by day; empty for a segment whose analytics are off."""

    data: Listing[SegmentSize] = []
