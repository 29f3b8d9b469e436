from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from branding.ops import EditOnlyAdmin, OpsAdmin
from groups.models import Group, Membership


@admin.register(Group)
class GroupAdmin(EditOnlyAdmin):
    list_display = [
        "name",
        "code",
        "brand",
        "kind",
        "city",
        "country",
        "fence_value",
        "message_variation_id",
        "is_active",
    ]
    list_filter = ["brand", "kind", "is_active"]
    list_select_related = ["brand"]
    search_fields = ["name", "code", "city", "message_variation_id"]
    readonly_fields = ["brand", "parent", "path"]


@admin.register(Membership)
class MembershipAdmin(OpsAdmin):
    list_display = ["person", "role", "group", "brand"]
    list_filter = ["brand", "role"]
    list_select_related = ["person", "role", "group", "brand"]
    search_fields = ["person__email", "group__name"]
    autocomplete_fields = ["person", "group"]
    readonly_fields = ["brand"]

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """A membership is of its person's brand; PostgreSQL refuses a group or role of another."""
        obj.brand_id = obj.person.brand_id
        super().save_model(request, obj, form, change)
