from __future__ import annotations

from django.contrib import admin

from branding.ops import ReadOnlyAdmin
from campaigns.models import Campaign


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    list_display = ["name", "brand", "group", "status", "created_by", "updated_at"]
    list_filter = ["brand", "status"]
    list_select_related = ["brand", "group", "created_by"]
    search_fields = ["name", "group__name"]
