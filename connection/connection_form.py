"""The form of the Braze connection: everything a brand copies out of Braze's dashboard."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from braze_client import ENDPOINTS
from workspace.endpoints import check_endpoint
from workspace.models import Workspace

OTHER = "other"
#: Braze's own keys are UUIDs; what a header can carry is taken.
_USABLE_KEY = re.compile(r"[\x21\x23-\x26\x28-\x5b\x5d-\x7e]{8,200}")
_HOST = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_TYPED: dict[str, str] = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class KeyField(forms.CharField):
    """Taken in and never given back. What people copy along with a key is left out."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(render_value=False, attrs={**_TYPED, "autocomplete": "new-password"})
        super().__init__(widget=widget, max_length=300, **kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value).strip().strip("\"'“”‘’").removeprefix("Bearer ").strip().strip("\"'")
        if text and not _USABLE_KEY.fullmatch(text):
            raise ValidationError(
                _(
                    "This is no REST API key: a key has 8 to 200 letters, digits and signs without blanks. Copy it again "
                    "in Braze under Settings > APIs and Identifiers > API Keys."
                )
            )
        return text


class ConnectionForm(forms.Form):
    """`workspace` is what is set already, or None for a brand that begins."""

    instance = forms.ChoiceField(
        label=_("Braze instance"),
        help_text=_(
            "In Braze under Settings > APIs and Identifiers, as “REST endpoint”. Your dashboard's address tells "
            "it too: dashboard-01.braze.eu belongs to EU-01."
        ),
        choices=[
            ("", _("Choose …")),
            *((f"https://{host}", f"{name} · {host}") for name, host in ENDPOINTS.items()),
            (OTHER, _("Other")),
        ],
        error_messages={"required": _("Choose the instance your Braze account lives on.")},
    )
    other_endpoint = forms.CharField(
        label=_("REST endpoint"),
        required=False,
        max_length=200,
        help_text=_("As Braze shows it, such as https://rest.iad-09.braze.com."),
        widget=forms.TextInput(attrs={**_TYPED, "inputmode": "url"}),
    )
    api_key = KeyField(
        label=_("REST API key"),
        required=False,
        help_text=_("Stored encrypted and never shown again, to nobody."),
    )
    app_id = forms.CharField(
        label=_("App ID"),
        max_length=64,
        help_text=_(
            "Settings > App Settings, of any app. Braze labels it “API Key” there; it is not the REST API key."
        ),
        widget=forms.TextInput(attrs=_TYPED),
    )
    campaign_id = forms.CharField(
        label=_("Campaign ID"),
        max_length=64,
        help_text=_("On the page of the API campaign that all mailings count under."),
        widget=forms.TextInput(attrs=_TYPED),
    )
    default_variation_id = forms.CharField(
        label=_("Default message variation ID"),
        required=False,
        max_length=64,
        help_text=_(
            "On the campaign's page, with its e-mail message. Serves groups without a variation of their own."
        ),
        widget=forms.TextInput(attrs=_TYPED),
    )
    default_variation_name = forms.CharField(
        label=_("Name of that variation"),
        required=False,
        max_length=120,
        help_text=_("As in Braze, so that its numbers are found where Braze gives only the name."),
    )
    fence_attribute = forms.CharField(
        label=_("Fence attribute"),
        max_length=255,
        help_text=_(
            "The custom attribute that says whose customer somebody is, such as store_id. A group reaches only people "
            "in whom it has the group's own value."
        ),
        widget=forms.TextInput(attrs={**_TYPED, "list": "fence-attributes"}),
    )
    sending_domain = forms.CharField(
        label=_("Sending domain"),
        max_length=253,
        help_text=_("Verified for sending in Braze, such as mail.example.com. Senders are addresses of it."),
        widget=forms.TextInput(attrs={**_TYPED, "inputmode": "url"}),
    )

    def __init__(self, data: Any = None, *, workspace: Workspace | None = None) -> None:
        self.workspace = workspace
        super().__init__(data, initial=_initial(workspace))
        if workspace is None or not workspace.has_key:
            self.fields["api_key"].required = True
            self.fields["api_key"].error_messages["required"] = _("Paste the REST API key.")
        else:
            self.fields["api_key"].help_text = _(
                "Leave it empty to keep the key that is set. It is stored encrypted and never shown again, to nobody."
            )

    def clean_other_endpoint(self) -> str:
        if self.cleaned_data.get("instance") != OTHER:
            return ""
        text = self.cleaned_data["other_endpoint"].rstrip("/")
        if not text:
            raise ValidationError(_("Write the REST endpoint that Braze shows you."))
        url = text if "://" in text else f"https://{text}"
        if (urlsplit(url).hostname or "").startswith(("dashboard", "sdk.")):
            raise ValidationError(
                _("This is the address of Braze's dashboard or SDK. The REST endpoint begins with “rest.”.")
            )
        check_endpoint(url)
        return url

    def clean_sending_domain(self) -> str:
        domain: str = self.cleaned_data["sending_domain"].strip().lower().rstrip(".").rpartition("@")[2]
        if not _HOST.fullmatch(domain):
            raise ValidationError(_("Write a domain name, such as mail.example.com."))
        return domain

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        key = cleaned.get("api_key")
        for name in (
            "app_id",
            "campaign_id",
            "default_variation_id",
            "default_variation_name",
            "fence_attribute",
        ):
            if key and cleaned.get(name) == key:
                self.add_error(name, _("This is the REST API key, which belongs into its own field only."))
        if not self.errors and not key and self._leads_elsewhere():
            self.add_error(
                "api_key",
                _(
                    "Paste the key for the new endpoint: a key that is set is never taken along to another address."
                ),
            )
        return cleaned

    @property
    def endpoint(self) -> str:
        """The chosen one's address, without a slash at its end."""
        chosen = self.cleaned_data["instance"]
        return str(self.cleaned_data["other_endpoint"] if chosen == OTHER else chosen)

    def _leads_elsewhere(self) -> bool:
        """Somebody who may set the endpoint must not be able to have the key sent to a host of their own."""
        return self.workspace is not None and self.endpoint != self.workspace.endpoint.rstrip("/")


def _initial(workspace: Workspace | None) -> dict[str, Any]:
    if workspace is None:
        return {}
    endpoint = workspace.endpoint.rstrip("/")
    is_known = endpoint.removeprefix("https://") in ENDPOINTS.values()
    names = (
        "app_id", "campaign_id", "default_variation_id", "default_variation_name", "fence_attribute", "sending_domain",
    )  # fmt: skip
    return {
        "instance": endpoint if is_known else OTHER,
        "other_endpoint": "" if is_known else endpoint,
        **{name: getattr(workspace, name) for name in names},
    }


class NextKeyForm(forms.Form):
    next_api_key = KeyField(
        label=_("New REST API key"),
        help_text=_("It waits beside the one in use and is checked at once."),
        error_messages={"required": _("Paste the new REST API key.")},
    )
