from __future__ import annotations

from django.contrib import admin
from unfold.admin import TabularInline

from branding.models import Brand, Domain, LegalIdentity, Theme
from branding.ops import EditOnlyAdmin


class DomainInline(TabularInline):  # type: ignore[misc]  # unfold ships no types
    model = Domain
    extra = 0


@admin.register(Brand)
class BrandAdmin(EditOnlyAdmin):
    list_display = ["name", "slug", "is_active", "is_default"]
    search_fields = ["name", "slug"]
    inlines = [DomainInline]


class BrandedAdmin(EditOnlyAdmin):
    list_select_related = ["brand"]
    list_filter = ["brand"]


@admin.register(Theme)
class ThemeAdmin(BrandedAdmin):
    list_display = ["brand", "primary", "accent", "updated_at"]


@admin.register(LegalIdentity)
class LegalIdentityAdmin(BrandedAdmin):
    list_display = ["legal_name", "brand", "city", "country"]
