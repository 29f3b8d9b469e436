from __future__ import annotations

from django.contrib import admin

from audiences.models import Segment
from branding.ops import ReadOnlyAdmin


@admin.register(Segment)
class SegmentAdmin(ReadOnlyAdmin):
    list_display = ["name", "segment_id", "size", "size_at", "is_active", "brand"]
    list_filter = ["brand", "is_active"]
    list_select_related = ["brand"]
