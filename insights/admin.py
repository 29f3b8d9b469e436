from __future__ import annotations

from django.contrib import admin

from branding.ops import ReadOnlyAdmin
from insights.models import Numbers, Poll


@admin.register(Numbers)
class NumbersAdmin(ReadOnlyAdmin):
    list_display = ["dispatch", "brand", "sent", "delivered", "unique_opens", "unique_clicks", "fetched_at"]
    list_filter = ["brand"]
    list_select_related = ["dispatch", "brand"]


@admin.register(Poll)
class PollAdmin(ReadOnlyAdmin):
    list_display = ["send_id", "brand", "due_at", "fetched_at", "trouble"]
    list_filter = ["brand"]
    list_select_related = ["send_id", "brand"]
