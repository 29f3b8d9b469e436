"""Connections as ops see and mend them: by the same rules as the brand's own page, and audited in the brand."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from branding.ops import EditOnlyAdmin, ReadOnlyAdmin
from branding.scope import brand_scope
from connection import setting_up
from connection.connection_form import KeyField
from workspace.models import BrazeAnswer, ConnectionEvent, PermissionVerdict, Workspace


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The key goes in and never comes out."""

    new_api_key = KeyField(
        label=_("New REST API key"),
        required=False,
        help_text=_("Leave empty to keep the key that is set. It is stored encrypted and never shown again."),
    )

    class Meta:
        model = Workspace
        fields = list(setting_up.DETAILS)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "endpoint" in self.changed_data and self.instance.has_key and not cleaned.get("new_api_key"):
            words = _(
                "Paste the key for the new endpoint: a key that is set is never taken along to another address."
            )
            raise ValidationError({"new_api_key": words})
        return cleaned


@admin.register(Workspace)
class WorkspaceAdmin(EditOnlyAdmin):
    form = WorkspaceForm
    list_display = ["brand", "endpoint", "campaign_id", "key_state", "checked_at", "paused_until"]
    list_select_related = ["brand"]
    readonly_fields = [
        "brand", "key_state", "waiting_key_state", "checked_at", "check_trouble", "paused_until", "paused_because",
    ]  # fmt: skip

    @admin.display(description=_("REST API key"))
    def key_state(self, workspace: Workspace) -> str:
        if not workspace.has_key:
            return str(_("not set"))
        words = _("refused by Braze") if workspace.key_refused_since else _("set")
        return f"{words}, {workspace.api_key_set_at:%Y-%m-%d %H:%M} UTC {workspace.api_key_set_by}".strip()

    @admin.display(description=_("Waiting key"))
    def waiting_key_state(self, workspace: Workspace) -> str:
        if not workspace.has_next_key:
            return str(_("none"))
        words = _("refused by Braze") if workspace.next_key_refused_since else _("set")
        return f"{words}, {workspace.next_api_key_set_at:%Y-%m-%d %H:%M} UTC {workspace.next_api_key_set_by}".strip()

    def save_model(self, request: HttpRequest, obj: Workspace, form: Any, change: bool) -> None:  # noqa: ARG002 - Django's signature
        details = {name: form.cleaned_data[name] for name in setting_up.DETAILS}
        by = cast("User", request.user)  # nobody else gets into the ops admin
        with brand_scope(obj.brand.pk):
            setting_up.save(details, new_key=form.cleaned_data["new_api_key"], by=by)


class Found(ReadOnlyAdmin):
    """What the product found out about connections."""

    list_filter = ["brand"]
    list_select_related = ["brand"]


@admin.register(PermissionVerdict)
class VerdictAdmin(Found):
    list_display = ["permission", "brand", "of_next_key", "verdict", "since", "checked_at", "words"]
    list_filter = ["brand", "verdict", "of_next_key"]


@admin.register(ConnectionEvent)
class EventAdmin(Found):
    list_display = ["at", "brand", "kind", "permission", "told_at"]
    list_filter = ["brand", "kind"]


@admin.register(BrazeAnswer)
class AnswerAdmin(Found):
    list_display = ["question", "brand", "answer", "evidence", "asked_at"]
