"""An attribute as a person describes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connection import operators
from connection.attributes import STANDARD
from workspace.models import Attribute

DataType, Source = Attribute.DataType, Attribute.Source

MOST_VALUES = 200
LONGEST_VALUE = 255
#: Types whose values can be offered for choice.
CHOOSABLE = (DataType.STRING, DataType.NUMBER, DataType.ARRAY)
_LIQUID = ("{{", "}}", "{%", "%}")


class AttributeForm(forms.ModelForm):  # type: ignore[type-arg]  # stubs know no subscript at run time
    """Validates and converts; `operators` are asked for each type apart, and those of the chosen type count."""

    values_text = forms.CharField(
        label=gettext_lazy("Values to choose from"),
        required=False,
        max_length=MOST_VALUES * LONGEST_VALUE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line, as Braze holds them. Empty: people may type any."),
    )

    class Meta:
        model = Attribute
        fields = [
            "source",
            "name",
            "label",
            "data_type",
            "for_personalisation",
            "for_filter",
            "for_fence",
            "fallback",
        ]
        widgets = {"source": forms.RadioSelect, "data_type": forms.RadioSelect}
        labels = {
            "source": gettext_lazy("Kind"),
            "name": gettext_lazy("Name in Braze"),
            "label": gettext_lazy("Label"),
            "data_type": gettext_lazy("Type"),
            "for_personalisation": gettext_lazy("Personalisation"),
            "for_filter": gettext_lazy("Audience filters"),
            "for_fence": gettext_lazy("Fence"),
            "fallback": gettext_lazy("Text where a person has no value"),
        }
        help_texts = {
            "name": gettext_lazy("Exactly as Braze spells it, such as store_id."),
            "label": gettext_lazy("What people in the portal read."),
            "for_personalisation": gettext_lazy("Templates may write its value into a mail."),
            "for_filter": gettext_lazy("Local staff may narrow an audience by it."),
            "for_fence": gettext_lazy("It says whose customer somebody is."),
            "fallback": gettext_lazy("For instance “there” in “Hello there”. Empty: nothing is written."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["values_text"].initial = "\n".join(map(str, self.instance.values))
        for kind in DataType:
            self.fields[f"operators_{kind.value}"] = self._operators(kind)

    def _operators(self, kind: Attribute.DataType) -> forms.MultipleChoiceField:
        chosen = self.instance.operators if self.instance.data_type == kind else []
        return forms.MultipleChoiceField(
            label=_("Comparisons"),
            choices=operators.choices(kind),
            initial=chosen or operators.allowed(kind),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def operators_by_type(self) -> list[tuple[str, forms.BoundField]]:
        """For the page, which shows those of the chosen type."""
        return [(kind.value, self[f"operators_{kind.value}"]) for kind in DataType]

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).replace("\0", "").strip()

    def clean_fallback(self) -> str:
        text = str(self.cleaned_data["fallback"])
        if any(mark in text for mark in _LIQUID):
            raise forms.ValidationError(_("Write plain words: {{ }} and {% %} are commands to Braze."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("data_type")
        if cleaned.get("source") == Source.DEFAULT:
            self._check_default(cleaned)
        elif cleaned.get("for_fence") and kind != DataType.STRING:
            self.add_error("for_fence", _("The fence compares texts. Keep it in Braze as a text attribute."))
        cleaned["operators"] = self._chosen_operators(cleaned) if kind else []
        cleaned["values"] = self._values(cleaned, kind) if kind else []
        self._check_twice(cleaned)
        return cleaned

    def _check_default(self, cleaned: dict[str, Any]) -> None:
        why = _(
            "Braze cannot compare default attributes in an audience. Use a custom attribute, or a segment."
        )
        for use in ("for_filter", "for_fence"):
            if cleaned.get(use):
                self.add_error(use, why)
        names = [each.name for each in STANDARD]
        if cleaned.get("name") and cleaned["name"] not in names:
            said = _("Braze has no default attribute of this name. Those it has are: %(names)s.")
            self.add_error("name", said % {"names": ", ".join(names)})

    def _check_twice(self, cleaned: dict[str, Any]) -> None:
        same = Attribute.objects.filter(source=cleaned.get("source"), name=cleaned.get("name"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("This attribute is in the list already."))

    def _chosen_operators(self, cleaned: dict[str, Any]) -> list[str]:
        """Empty for all of them, so that one Braze adds later is offered as well."""
        kind = cleaned["data_type"]
        chosen: list[str] = cleaned.get(f"operators_{kind}") or []
        if cleaned.get("for_filter") and not chosen:
            self.add_error(
                f"operators_{kind}", _("Choose at least one comparison, or the filter can ask nothing.")
            )
        return [] if set(chosen) == set(operators.allowed(kind)) else chosen

    def _values(self, cleaned: dict[str, Any], kind: str) -> list[str | float]:
        lines = [line.strip() for line in str(cleaned.get("values_text", "")).replace("\0", "").splitlines()]
        values = list(dict.fromkeys(filter(None, lines)))
        if not values or kind not in CHOOSABLE:
            return []
        if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
            said = _("At most %(n)s values of %(length)s characters each.")
            self.add_error("values_text", said % {"n": MOST_VALUES, "length": LONGEST_VALUE})
        return self._numbers(values) if kind == DataType.NUMBER else list(values)

    def _numbers(self, values: list[str]) -> list[str | float]:
        try:
            return [int(value) if value.lstrip("-").isdecimal() else float(value) for value in values]
        except ValueError as error:
            self.add_error(
                "values_text", _("Not a number: %(error)s.") % {"error": str(error).rpartition(": ")[2]}
            )
            return []

    def described(self) -> Attribute:
        """The attribute with what was typed, not saved."""
        attribute: Attribute = self.save(commit=False)
        attribute.operators, attribute.values = self.cleaned_data["operators"], self.cleaned_data["values"]
        return attribute
