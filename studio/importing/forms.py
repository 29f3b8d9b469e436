"""What is pasted or uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from library.importing.newsletter import MAX_SOURCE

#: Four bytes a character at most.
MAX_BYTES = 4 * MAX_SOURCE


class SourceForm(forms.Form):
    """A name, and the source by one of two ways; a file goes before what stands in the box."""

    name = forms.CharField(
        label=_("Name of the template"),
        max_length=60,
        help_text=_("For you and your colleagues; recipients never see it."),
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("MJML or HTML, as it was exported or sent.")
    )
    source = forms.CharField(
        label=_("Or paste its source"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "input import__source"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        typed = self._read(file) if file else cleaned.get("source", "")
        # Browsers send a box's lines with a carriage return, at which the compiler stumbles.
        cleaned["source"] = typed.replace("\r\n", "\n").replace("\r", "\n")
        if file:
            return cleaned
        if not cleaned.get("source", "").strip() and not self.errors:
            self.add_error("source", _("Paste the newsletter's source here, or choose its file above."))
        return cleaned

    def _read(self, file: UploadedFile[Any]) -> str:
        if (file.size or 0) > MAX_BYTES:
            self.add_error("file", _("This file is larger than any newsletter. Leave embedded pictures out."))
            return ""
        content = file.read()
        if b"\0" in content:
            self.add_error("file", _("This is not a text file. Choose the .mjml or .html file itself."))
            return ""
        return decoded(content)


def decoded(content: bytes) -> str:
    """UTF-8, with or without its mark; else what Windows wrote."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
