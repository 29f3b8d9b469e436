"""What is typed about a brand: its look, and who it legally is."""

from __future__ import annotations

import re
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branding.models import LegalIdentity, Theme
from library.errors import LibraryError
from studio.kit import look
from studio.kit.identities import missing_parts

#: What every mail program has, or something like it.
STACKS = (
    ("Helvetica, Arial, sans-serif", "Helvetica / Arial"),
    ("Arial, Helvetica, sans-serif", "Arial"),
    ("Verdana, Geneva, sans-serif", "Verdana"),
    ("Tahoma, Geneva, sans-serif", "Tahoma"),
    ("'Trebuchet MS', Tahoma, sans-serif", "Trebuchet"),
    ("Georgia, 'Times New Roman', serif", "Georgia"),
    ("'Times New Roman', Times, serif", "Times New Roman"),
    ("'Palatino Linotype', Palatino, Georgia, serif", "Palatino"),
    ("'Courier New', Courier, monospace", "Courier New"),
)
GENERIC = ("serif", "sans-serif", "monospace")
OWN = "own"
FONTS = ("heading_font", "body_font")

COLOUR_LABELS = {
    "primary": (_("Main colour"), _("Buttons, in mails and in the portal")),
    "on_primary": (_("On the main colour"), _("Words on buttons")),
    "accent": (_("Accent"), _("Offers and highlights")),
    "on_accent": (_("On the accent"), _("Words on highlights")),
    "background": (_("Page"), _("Behind everything")),
    "surface": (_("Card"), _("Behind the text")),
    "text": (_("Text"), _("Headings and paragraphs")),
    "muted": (_("Small print"), _("Captions and the footer")),
    "line": (_("Lines"), _("Rules and borders")),
    "link": (_("Links"), _("Links in texts")),
}


_OTHER_LABELS = {
    "heading_font": _("Headings"),
    "body_font": _("Texts"),
    "radius": _("Corner radius"),
    "logo_alt": _("Logo in words"),
    "logo_width": _("Logo width in mails"),
    "logo": _("Logo"),
    "logo_dark": _("Logo for dark mails"),
    "portal_logo": _("Logo in the portal"),
    "favicon": _("Icon"),
}


def label_of(name: str) -> str:
    """What the page calls this field of the theme."""
    if name in _OTHER_LABELS:
        return str(_OTHER_LABELS[name])
    label = str(COLOUR_LABELS[name.removeprefix("dark_")][0])
    return f"{label} ({gettext('dark')})" if name.startswith("dark_") else label


class LookForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's is not generic at run time
    """Everything of a theme. Colours of the dark look may stay empty: they are derived then."""

    class Meta:
        model = Theme
        fields = (*Theme.COLOURS, *Theme.DARK_COLOURS, "radius", "logo_alt", "logo_width")
        labels = {name: _OTHER_LABELS[name] for name in ("radius", "logo_alt", "logo_width")}
        help_texts = {"logo_alt": _("Read out, and shown while pictures are off. Usually the brand's name.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stored: dict[str, str] = {}
        for name in (*Theme.COLOURS, *Theme.DARK_COLOURS):
            self.fields[name].widget.attrs.update(
                {
                    "class": "input kit-colour__hex",
                    "spellcheck": "false",
                    "autocomplete": "off",
                    "data-hex": "",
                }
            )
        self.fields["radius"].widget.attrs.update({"max": 40})
        self.fields["logo_width"].widget.attrs.update({"min": 40, "max": 600})
        for name in FONTS:
            self._add_font(name)
        for name in look.FILES:
            self.fields[name] = forms.FileField(required=False)
            self.fields[f"{name}_gone"] = forms.BooleanField(required=False, label=_("Take it away"))

    def _add_font(self, name: str) -> None:
        stack = getattr(self.instance, name)
        is_known = stack in dict(STACKS)
        label = _("Headings") if name == "heading_font" else _("Texts")
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[*STACKS, (OWN, _("Other fonts …"))], initial=stack if is_known else OWN
        )
        self.fields[f"{name}_own"] = forms.CharField(
            label=_("Other fonts, best first"), required=False, max_length=200, initial="" if is_known else stack,
            help_text=_("End with serif, sans-serif or monospace, for whoever has none of them."),
        )  # fmt: skip
        self.initial.pop(name, None)

    def clean_radius(self) -> int:
        radius: int = self.cleaned_data["radius"]
        if radius > 40:  # noqa: PLR2004 - rounder than any button is high
            raise forms.ValidationError(_("Choose at most 40 pixels."))
        return radius

    def clean_logo_width(self) -> int:
        width: int = self.cleaned_data["logo_width"]
        if not 40 <= width <= 600:  # noqa: PLR2004 - a mail is 600 wide
            raise forms.ValidationError(_("Choose 40 to 600 pixels: a mail is 600 wide."))
        return width

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in FONTS:
            if cleaned.get(name) == OWN:
                cleaned[name] = self._own_font(name, cleaned.get(f"{name}_own", ""))
        return cleaned

    def _own_font(self, name: str, typed: str) -> str:
        families = [each.strip() for each in typed.replace('"', "'").split(",") if each.strip()]
        stack = ", ".join(families)
        if not families or families[-1] not in GENERIC:
            self.add_error(
                f"{name}_own",
                _("End with serif, sans-serif or monospace, such as: Futura, Arial, sans-serif"),
            )
        elif not re.fullmatch(r"[\w ,'\-]+", stack):
            self.add_error(f"{name}_own", _("Write names of fonts with commas between them, nothing else."))
        return stack

    def values(self) -> dict[str, Any]:
        """Of valid data, what the draft would hold. Pictures are stored before, by store_pictures."""
        kept = {name: self.cleaned_data[name] for name in look.FIELDS if name not in look.FILES}
        kept |= {name: kept[name].lower() for name in (*Theme.COLOURS, *Theme.DARK_COLOURS)}
        return kept | self._stored

    def _picture(self, name: str) -> str:
        if self.cleaned_data[f"{name}_gone"]:
            return ""
        if not self.cleaned_data[name]:
            return str(look.plain(self.shown, name))
        return look.kept_picture(self.cleaned_data[name], name, brand_slug=self.shown.brand.slug)

    def store_pictures(self) -> None:
        """Check and keep each uploaded picture by itself, so that a fault stands beside its field."""
        for name in look.FILES:
            try:
                self._stored[name] = self._picture(name)
            except LibraryError as error:
                self.add_error(name, str(error))

    @property
    def shown(self) -> Theme:
        """The look that the form was filled from."""
        return self._shown

    def filled_from(self, theme: Theme) -> LookForm:
        self._shown = theme
        return self

    def colours(self) -> list[dict[str, Any]]:
        """Rows of the table of colours."""
        return [
            {"label": label, "help": hint, "light": self[name], "dark": self[f"dark_{name}"]}
            for name, (label, hint) in COLOUR_LABELS.items()
        ]

    def valid_theme(self) -> Theme:
        """As typed, with what is no colour left as it was."""
        theme = look.tried(self.shown)
        for name in (*Theme.COLOURS, *Theme.DARK_COLOURS):
            typed = str(self.data.get(name, "")).strip().lower()
            if re.fullmatch(r"#[0-9a-f]{6}", typed) or (not typed and name in Theme.DARK_COLOURS):
                setattr(theme, name, typed)
        return theme


class IdentityForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's is not generic at run time
    """Who sends, by law; `countries` are typed as codes with commas."""

    countries_text = forms.CharField(
        label=_("For groups in"), required=False,
        help_text=_("Countries as two letters, such as IE, NL. The identity without any stands for all others."),
    )  # fmt: skip

    class Meta:
        model = LegalIdentity
        fields = (
            "legal_name", "street", "postcode", "city", "region", "country", "company_line", "website", "privacy_url",
        )  # fmt: skip
        labels = {
            "legal_name": _("Legal name"), "street": _("Street and number"), "postcode": _("Postcode"), "city": _("Town"),
            "region": _("County, state or province"), "country": _("Country"), "company_line": _("Registration"),
            "website": _("Website"), "privacy_url": _("Privacy notice"),
        }  # fmt: skip
        help_texts = {
            "country": _("Two letters, such as GB."),
            "company_line": _("Register and number, charity number, VAT number: as the country asks for it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["countries_text"].initial = ", ".join(self.instance.countries)
        self.order_fields(["countries_text"])

    def clean_country(self) -> str:
        return _known_country(self.cleaned_data["country"])

    def clean_countries_text(self) -> list[str]:
        codes = [
            _known_country(each) for each in re.split(r"[\s,;]+", self.cleaned_data["countries_text"]) if each
        ]
        others = LegalIdentity.objects.exclude(pk=self.instance.pk)
        if self._is_default() and codes:
            raise forms.ValidationError(
                _("This is the identity for all other countries. Add a further one for these.")
            )
        if not self._is_default() and not codes:
            raise forms.ValidationError(_("Name the countries whose groups it stands for."))
        for other in others:
            if twice := set(codes) & set(other.countries):
                raise forms.ValidationError(
                    _("%(codes)s: “%(name)s” stands there already.")
                    % {"codes": ", ".join(sorted(twice)), "name": other.legal_name}
                )
        return list(dict.fromkeys(codes))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, why in missing_parts(cleaned.get("country", ""), cleaned):
            if name not in self.errors:
                self.add_error(name, str(why))
        return cleaned

    def _is_default(self) -> bool:
        if self.instance.pk:
            return not self.instance.countries
        return not LegalIdentity.objects.filter(countries=[]).exists()


def _known_country(typed: str) -> str:
    code = typed.strip().upper()
    if len(code) != 2 or not code.isalpha() or code not in Locale("en").territories:  # noqa: PLR2004 - ISO 3166-1
        raise forms.ValidationError(
            _("“%(code)s” is no country of ISO 3166. Write two letters, such as GB or DE.") % {"code": typed}
        )
    return code
