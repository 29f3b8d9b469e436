"""What comes in around the builder."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from library.models import Template


class NewForm(forms.Form):
    """A new template: empty, or from another one."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Local people choose by it, such as “Spring offer”."),
        error_messages={"required": _("Give the template a name.")},
    )  # fmt: skip
    category = forms.CharField(
        label=_("Category"),
        max_length=40,
        required=False,
        help_text=_("Templates of one category stand together."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    source = forms.ModelChoiceField(
        Template.objects.none(), label=_("Start from"), required=False, empty_label=_("An empty template"),
        error_messages={"invalid_choice": _("This template is not there any more. Choose another.")},
    )  # fmt: skip

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]  # a ModelChoiceField, above


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write the day and time as 2026-12-05T09:00.")},
    )  # fmt: skip


class SeasonForm(forms.Form):
    """From when until when it may be used, on the brand's clock, which must be the current time zone."""

    valid_from = _moment(_("From"))
    valid_until = _moment(_("Until"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first: datetime | None = cleaned.get("valid_from")
        last: datetime | None = cleaned.get("valid_until")
        if first and last and first >= last:
            self.add_error("valid_until", _("It would end before it begins. Choose a later end."))
        return cleaned


class TagForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the tag"), max_length=40, error_messages={"required": _("Give the tag a name.")}
    )
