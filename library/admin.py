from __future__ import annotations

from django.contrib import admin

from branding.ops import ReadOnlyAdmin
from library.models import Image, Module, Template, TemplateVersion


@admin.register(Template)
class TemplateAdmin(ReadOnlyAdmin):
    list_display = ["name", "category", "brand"]
    list_filter = ["brand", "category"]
    list_select_related = ["brand"]
    search_fields = ["name"]


@admin.register(TemplateVersion)
class TemplateVersionAdmin(ReadOnlyAdmin):
    list_display = ["template", "number", "state", "published_at", "brand"]
    list_filter = ["brand", "state"]
    list_select_related = ["template", "brand"]


@admin.register(Module)
class ModuleAdmin(ReadOnlyAdmin):
    list_display = ["name", "slug", "brand"]
    list_filter = ["brand"]
    list_select_related = ["brand"]


@admin.register(Image)
class ImageAdmin(ReadOnlyAdmin):
    list_display = ["slug", "alt", "width", "height", "weight", "brand"]
    list_filter = ["brand"]
    list_select_related = ["brand"]
