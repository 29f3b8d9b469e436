"""What is typed about pictures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library.gallery import shelves
from library.models import Image

_ALT: dict[str, forms.Widget] = {"alt": forms.Textarea(attrs={"rows": 2, "maxlength": 125})}


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's is not generic at run time
    """What a picture shows, or that it shows nothing anybody would miss: one of the two before it is used."""

    class Meta:
        model = Image
        fields = ["alt", "decorative"]
        labels = {
            "alt": _("In words, for people who cannot see it"),
            "decorative": _("It is decoration: nobody misses anything without it"),
        }
        help_texts = {"alt": _("What you would say about it on the telephone, in a sentence.")}
        widgets = _ALT

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["alt"] = " ".join((cleaned.get("alt") or "").split())
        if "alt" not in self.errors and not cleaned["alt"] and not cleaned.get("decorative"):
            self.add_error("alt", _("Say what it shows, or that it is decoration."))
        return cleaned


class PictureForm(WordsForm):
    """All that can be said of a picture. Its focus is typed in percent."""

    focus_x = forms.IntegerField(label=_("Across, in percent"), min_value=0, max_value=100)
    focus_y = forms.IntegerField(label=_("Down, in percent"), min_value=0, max_value=100)

    class Meta(WordsForm.Meta):
        fields = ["title", "alt", "decorative", "folder", "licensed_until", "licence_note"]
        labels = {
            **WordsForm.Meta.labels,
            "title": _("Name"),
            "folder": _("Folder"),
            "licensed_until": _("Licensed until"),
            "licence_note": _("Where the licence comes from"),
        }
        help_texts = {
            **WordsForm.Meta.help_texts,
            "title": _("For you and your colleagues. Its address stays, whatever you call it."),
            "licensed_until": _("The last day it may be used. Leave it empty if there is no end."),
        }
        widgets = {
            **_ALT,
            "licensed_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        folder = self.fields["folder"]
        assert isinstance(folder, forms.ModelChoiceField)  # noqa: S101 - the model's own field
        folder.queryset = shelves.folders_of(self.instance.group)
        folder.empty_label = _("No folder")
        for name in ("x", "y"):
            self.fields[f"focus_{name}"].initial = round(getattr(self.instance, f"focal_{name}") * 100)

    @property
    def told(self) -> dict[str, Any]:
        """For services.describe."""
        told = dict(self.cleaned_data)
        return {"focal_x": told.pop("focus_x") / 100, "focal_y": told.pop("focus_y") / 100, **told}
