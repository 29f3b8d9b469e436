from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from branding.ops import EditOnlyAdmin
from workspace.models import Workspace


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The key goes in and never comes out."""

    new_api_key = forms.CharField(
        label=_("New REST API key"),
        required=False,
        strip=True,
        min_length=8,
        max_length=200,
        help_text=_("Leave empty to keep the key that is set. It is stored encrypted and never shown again."),
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Workspace
        fields = [
            "endpoint", "app_id", "campaign_id", "default_variation_id", "default_variation_name", "fence_attribute",
            "sending_domain",
        ]  # fmt: skip


@admin.register(Workspace)
class WorkspaceAdmin(EditOnlyAdmin):
    form = WorkspaceForm
    list_display = ["brand", "endpoint", "campaign_id", "key_state", "paused_until"]
    list_select_related = ["brand"]
    readonly_fields = ["brand", "key_state", "paused_until", "paused_because"]

    @admin.display(description=_("REST API key"))
    def key_state(self, workspace: Workspace) -> str:
        if not workspace.has_key:
            return str(_("not set"))
        return str(_("set on %(day)s") % {"day": f"{workspace.api_key_set_at:%Y-%m-%d %H:%M} UTC"})

    def save_model(self, request: HttpRequest, obj: Workspace, form: Any, change: bool) -> None:
        if key := form.cleaned_data["new_api_key"]:
            obj.set_api_key(key)
            obj.paused_until, obj.paused_because = None, ""
        super().save_model(request, obj, form, change)
