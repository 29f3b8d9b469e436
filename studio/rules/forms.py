"""Domains and words as people type them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.models import MailRules, Restriction
from library.preflight.rules.addresses import host_of
from library.preflight.rules.patterns import BadPattern, compiled
from library.preflight.rules.registry import OFF, Rule
from library.preflight.rules.registry import rules as all_rules

MOST_DOMAINS, LONGEST = 100, 253
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+")
#: What an entry of the severities may be, and how people read it.
LEVELS = (
    ("block", gettext_lazy("Blocks")),
    ("warn", gettext_lazy("Warns")),
    ("info", gettext_lazy("Tells")),
    (OFF, gettext_lazy("Off")),
)


class DomainsField(forms.CharField):
    """One domain a line; whole addresses are cut down to their host."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "none"})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in re.split(r"[\s,;]+", super().clean(value)) if line.strip()]
        domains = list(dict.fromkeys(self._domain(line) for line in lines))
        if len(domains) > MOST_DOMAINS:
            raise ValidationError(_("Give at most %(count)d domains.") % {"count": MOST_DOMAINS})
        return domains

    def _domain(self, line: str) -> str:
        typed = host_of(line if "//" in line else f"https://{line}").removeprefix("*.")
        try:
            domain = typed.encode("idna").decode()
        except UnicodeError:
            domain = ""
        if not _DOMAIN.fullmatch(domain) or len(domain) > LONGEST:
            raise ValidationError(
                _("“%(line)s” is no domain. Write it as example.com, one a line."), params={"line": line[:80]}
            )
        return domain


class RulesForm(forms.Form):
    """What mails may link to and show, and how heavy each check is; checks of the law have no field."""

    link_domains = DomainsField(
        label=gettext_lazy("Links may lead to"),
        required=False,
        help_text=gettext_lazy("One domain a line; what lies below it is meant too. Empty: anywhere."),
    )
    image_domains = DomainsField(
        label=gettext_lazy("Pictures may come from"),
        required=False,
        help_text=gettext_lazy("Besides your gallery, which always may. Empty: any https address."),
    )

    def __init__(self, row: MailRules, data: QueryDict | None = None) -> None:
        initial = {
            "link_domains": "\n".join(row.link_domains),
            "image_domains": "\n".join(row.image_domains),
            **{f"level-{key}": value for key, value in row.severities.items()},
        }
        super().__init__(data, initial=initial)
        for rule in all_rules():
            if not rule.is_floor:
                self.fields[f"level-{rule.id}"] = forms.ChoiceField(
                    choices=LEVELS, label=_(rule.title), initial=row.severities.get(rule.id, rule.severity.value), required=False
                )  # fmt: skip

    @property
    def severities(self) -> dict[str, str]:
        prefix = "level-"
        return {
            name.removeprefix(prefix): value for name, value in self.cleaned_data.items() if name.startswith(prefix)
        }  # fmt: skip

    def level_of(self, rule: Rule) -> forms.BoundField | None:
        return None if rule.is_floor else self[f"level-{rule.id}"]


class RestrictionForm(forms.ModelForm):  # type: ignore[type-arg]  # stubs know no subscript at run time
    """A word, or a pattern that RE2 can match in linear time."""

    class Meta:
        model = Restriction
        fields = ["pattern", "is_regex", "severity", "alternative", "needs", "reason"]
        labels = {
            "pattern": gettext_lazy("Word or words"),
            "is_regex": gettext_lazy("This is a pattern (regular expression)"),
            "severity": gettext_lazy("A mail with it"),
            "alternative": gettext_lazy("Write instead"),
            "needs": gettext_lazy("All right if the mail also says"),
            "reason": gettext_lazy("Why"),
        }
        help_texts = {
            "pattern": gettext_lazy("Found as whole words; capitals do not matter."),
            "is_regex": gettext_lazy("RE2 syntax, such as \\bcheap(er|est)?\\b."),
            "alternative": gettext_lazy("Offered to whoever wrote it."),
            "needs": gettext_lazy(
                "A clause; several are parted by |. Leave it empty for words that are never right."
            ),
            "reason": gettext_lazy("Shown with the finding, so that people learn it."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pattern = cleaned.get("pattern", "").strip()
        if pattern:
            try:
                compiled(pattern, is_regex=bool(cleaned.get("is_regex")))
            except BadPattern as error:
                self.add_error("pattern", _("This pattern cannot be used: %(reason)s.") % {"reason": error})
        return cleaned
