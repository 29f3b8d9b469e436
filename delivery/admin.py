"""Dispatches with every attempt: what ops reads when somebody asks why a campaign did not go."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import TabularInline

from branding.ops import ReadOnlyAdmin
from delivery.models import Attempt, Dispatch, SendId


class AttemptInline(TabularInline):  # type: ignore[misc]  # unfold ships no types
    model = Attempt
    extra = 0
    can_delete = False
    fields = readonly_fields = ["started_at", "ended_at", "path", "outcome", "status", "request_id", "words"]

    def has_add_permission(self, request: HttpRequest, obj: Dispatch | None = None) -> bool:  # noqa: ARG002 - Django's signature
        return False


@admin.register(Dispatch)
class DispatchAdmin(ReadOnlyAdmin):
    list_display = [
        "label",
        "brand",
        "group",
        "state",
        "planned_at",
        "not_before",
        "waits_because",
        "send_id",
    ]
    list_filter = ["brand", "state"]
    list_select_related = ["brand", "group", "send_id"]
    search_fields = ["label", "schedule_id", "braze_dispatch_id", "variation_id"]
    date_hierarchy = "planned_at"
    inlines = [AttemptInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispatch]:
        rows: QuerySet[Dispatch] = super().get_queryset(request)
        return rows.select_related("brand", "group", "send_id")


@admin.register(SendId)
class SendIdAdmin(ReadOnlyAdmin):
    list_display = ["value", "day", "number", "is_known_to_braze", "brand"]
    list_filter = ["brand"]
    list_select_related = ["brand"]
    date_hierarchy = "day"
