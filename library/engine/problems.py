"""What is wrong with what somebody typed, in words that say how to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _(text: str) -> str:
    """Marks a text for translation; who shows it looks it up."""
    return text


#: By code. Each is a key of the translation catalogue.
TEMPLATES: Mapping[str, str] = MappingProxyType(
    {
        "unknown": _("“%(path)s” is not a field of this template. Remove it."),
        "wrong_type": _("This is not what the field takes. Fill it in again."),
        "required": _("Fill this in."),
        "too_long": _("Shorten this to %(limit)d characters; it has %(length)d."),
        "markup": _("Write plain words: “%(found)s” looks like code and is shown as it is."),
        "mark": _("This text cannot hold “%(found)s”. Use the buttons above it."),
        "liquid": _("Remove “%(found)s”: doubled braces and braces with a percent sign are not allowed."),
        "control": _("Remove the hidden character %(found)s, or type the text again instead of pasting it."),
        "line_break": _("Keep this on one line."),
        "link_form": _("This is not a complete link. It looks like https://example.org/page."),
        "link_scheme": _("Start the link with https://, mailto: or tel:."),
        "link_userinfo": _("Remove what stands before the @ in the link: it hides where the link leads."),
        "link_host": _("This link has no valid web address after https://."),
        "link_domain": _("Links here may only lead to %(domains)s."),
        "option": _("Choose one of the options."),
        "option_early": _("“%(label)s” may be used from %(day)s on. Choose another one, or send later."),
        "option_expired": _("“%(label)s” could be used until %(day)s. Choose another one."),
        "locked_expired": _(
            "“%(label)s” is not for this day (%(day)s), and the brand has locked it here. "
            "Choose another day, or ask the brand for a newer template."
        ),
        "email_form": _("This is not a complete e-mail address. It looks like hello@example.org."),
        "date_form": _("Choose a day that exists, or write it like %(example)s."),
        "price_form": _("Write the price as a number such as 3.40, without the currency."),
        "price_missing": _("Say what it costs now, or leave both prices empty."),
        "price_before": _("The price before must be higher than %(amount)s. Correct one, or leave it empty."),
        "price_digits": _("Prices in %(currency)s have at most %(limit)d digits behind the point."),
        "price_most": _("Prices here go up to %(limit)s %(currency)s."),
        "locked_part": _("This part is locked by the template. Leave it as it is."),
        "alt": _("Describe the picture for people who cannot see it, or mark it as decoration."),
        "image": _("This picture is not in the gallery. Choose another one."),
        "label": _("Give the button a label."),
        "link_missing": _("Say where the button leads."),
        "too_few": _("Keep at least %(limit)d items; there are %(count)d."),
        "too_many": _("Keep at most %(limit)d items; there are %(count)d."),
        "too_many_kind": _("Keep at most %(limit)d of “%(title)s”; there are %(count)d."),
        "unknown_kind": _("This part is of no kind that belongs here. Choose one of: %(kinds)s."),
        "wrong_order": _("Move “%(title)s” above “%(other)s”: the brand keeps them in this order."),
    }
)


@dataclass(frozen=True)
class Problem:
    """One fault at one field; part names the piece of it, where it has pieces (alt, label, url, src)."""

    path: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    part: str = ""

    @property
    def template(self) -> str:
        return TEMPLATES[self.code]

    @property
    def message(self) -> str:
        return self.template % self.params
