"""Shared pieces of the ops admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin


class OpsAdmin(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """Lists that stay quick at a million rows: no total is counted, and few filters."""

    show_full_result_count = False
    list_per_page = 50
    compressed_fields = True


class EditOnlyAdmin(OpsAdmin):
    """For rows that are made with their brand, by a command, and corrected here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        return False


class ReadOnlyAdmin(EditOnlyAdmin):
    """For what the product writes and nobody edits."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        return False
