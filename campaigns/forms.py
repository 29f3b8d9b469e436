"""What comes in from the pages around the composer's fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audiences.models import Segment
from campaigns import timing
from campaigns.models import Campaign
from groups.models import Group
from library.models import Template


class StartForm(forms.Form):
    """Which template, for which group; both only from what this person may use."""

    template = forms.ModelChoiceField(
        Template.objects.none(),
        error_messages={"invalid_choice": _("This template is not available any more. Choose another.")},
    )
    group = forms.ModelChoiceField(
        Group.objects.none(),
        error_messages={
            "required": _("Choose the group that sends."),
            "invalid_choice": _("Choose one of your groups."),
        },
    )

    def __init__(self, *args: Any, templates: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]


class AudienceForm(forms.Form):
    segment = forms.ModelChoiceField(
        Segment.objects.none(), required=False,
        error_messages={"invalid_choice": _("This audience is not offered to your group. Choose another.")},
    )  # fmt: skip

    def __init__(self, *args: Any, segments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"].queryset = segments  # type: ignore[attr-defined]


class WhenForm(forms.Form):
    """Now, or a time on the clock of the group's zone."""

    NOW, AT = "now", "at"

    mode = forms.ChoiceField(choices=[(NOW, _("Now")), (AT, _("At a time"))])
    day = forms.DateField(required=False, error_messages={"invalid": _("Write the day as YYYY-MM-DD.")})
    time = forms.TimeField(required=False, error_messages={"invalid": _("Write the time as HH:MM.")})
    second = forms.NullBooleanField(required=False)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.send_at: datetime | None = None
        self.twofold: timing.TwofoldTime | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("mode") == self.AT and not self.errors:
            self._clean_time(cleaned)
        return cleaned

    def _clean_time(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("day"):
            self.add_error("day", _("Choose a day."))
        if not cleaned.get("time"):
            self.add_error("time", _("Choose a time."))
        if self.errors:
            return
        if abs(cleaned["day"] - timezone.now().date()) > timing.HORIZON:
            self.add_error("day", _("Choose a day within the next twelve months."))
            return
        local = datetime.combine(cleaned["day"], cleaned["time"].replace(second=0, microsecond=0))
        try:
            self.send_at = timing.future_instant(local, self.zone, second=cleaned["second"])
        except timing.TwofoldTime as twofold:
            self.twofold = twofold
            self.add_error("second", str(twofold))
        except timing.ImpossibleTime as error:
            self.add_error("time", str(error))


class FilterForm(forms.Form):
    """The campaign list's filters; nonsense in the address is ignored, not an error page."""

    status = forms.ChoiceField(choices=[("", _("All")), *Campaign.Status.choices], required=False)
    group = forms.IntegerField(required=False, min_value=1)
    q = forms.CharField(required=False, max_length=80)

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class BypassForm(forms.Form):
    """Which finding, and why it may pass."""

    rule = forms.CharField(max_length=8)
    subject = forms.CharField(max_length=64)
    reason = forms.CharField(
        max_length=300,
        error_messages={"required": _("Say why it may pass: the reason is kept with the campaign.")},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=1000,
        error_messages={"required": _("Say what should change, so that your colleague knows.")},
    )
