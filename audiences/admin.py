from __future__ import annotations

from django.contrib import admin

from audiences.models import Reading, Segment
from branding.ops import ReadOnlyAdmin


@admin.register(Segment)
class SegmentAdmin(ReadOnlyAdmin):
    list_display = ["name", "segment_id", "size", "size_at", "is_active", "brand"]
    list_filter = ["brand", "is_active"]
    list_select_related = ["brand"]


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ["what", "state", "done", "total", "trouble", "detail", "asked_at", "ended_at", "brand"]
    list_filter = ["brand", "what", "state"]
    list_select_related = ["brand"]
    exclude = ["found", "sample"]
