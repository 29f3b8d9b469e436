"""What the settings of a field are called on the page; a test asks for words for each of them."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    label: str | Promise
    help: str | Promise = ""


TYPES: dict[str, Words] = {
    "text": Words(_("Text"), _("One line of plain words.")),
    "rich_text": Words(_("Rich text"), _("Paragraphs with the marks that you allow.")),
    "image": Words(_("Picture"), _("From the gallery, cropped to a ratio.")),
    "button": Words(_("Button"), _("A label and where it leads.")),
    "link": Words(_("Link"), _("An address alone.")),
    "email": Words(_("E-mail address"), _("A mailbox, such as where answers go.")),
    "choice": Words(_("Choice"), _("One of several variants of the module.")),
    "approved": Words(_("Approved piece"), _("Copy, an offer or a picture that the brand has approved.")),
    "colour": Words(_("Colour"), _("Ground and ink from the brand's palette.")),
    "date": Words(_("Date"), _("A day, with or without a time, written in the mail's language.")),
    "price": Words(_("Price"), _("What it costs now and, where it is reduced, before.")),
    "profile": Words(
        _("From the group's profile"), _("Filled in by itself: address, phone, opening hours …")
    ),
    "toggle": Words(_("Switch"), _("On or off.")),
}

_ANY: dict[str, Words] = {
    "key": Words(
        _("Name in the source"),
        _("Small letters, digits and underscores, such as headline. Say [[ headline ]]."),
    ),
    "label": Words(_("Label"), _("What people read above the field.")),
    "help": Words(_("Help"), _("A sentence below the label, if the label is not enough.")),
    "required": Words(_("Must be filled in")),
    "default": Words(_("Default")),
    "max_length": Words(_("Longest, in characters")),
    "marks": Words(_("Allowed marks")),
    "allowed_domains": Words(
        _("Allowed domains"), _("One on each line, such as example.org. Empty: any that the brand allows.")
    ),
    "ratio": Words(_("Ratio"), _("Width to height, such as 3:2. Empty: as the picture is.")),
    "display_width": Words(_("Width in the mail, in pixels")),
    "options": Words(_("Options")),
    "value": Words(_("Name in the source")),
    "pairs": Words(_("Colours to choose from")),
    "with_time": Words(_("With a time")),
    "length": Words(_("How it is written out")),
    "after_send": Words(
        _("Must lie after the mail arrives"),
        _("A campaign that would arrive after this day is stopped: for events and ends of offers."),
    ),
    "currency": Words(_("Currency"), _("Three letters (ISO 4217), such as GBP.")),
    "most": Words(_("Highest price"), _("Such as 99.90. Empty: no limit.")),
    "source": Words(_("What it shows")),
    "kind": Words(_("What kind of piece")),
    "src": Words(_("Picture"), _("Its name in the gallery, or an https address.")),
    "alt": Words(_("Description for people who cannot see it")),
    "decorative": Words(_("Only decoration: nothing to describe")),
    "url": Words(_("Where it leads")),
    "amount": Words(_("Price now"), _("Such as 9.50.")),
    "before": Words(_("Price before"), _("Empty where it is not reduced.")),
    "valid_from": Words(_("From")),
    "valid_until": Words(_("Until, that day included")),
    "text": Words(_("Words")),
    "detail": Words(_("Small print")),
    "code": Words(_("Code")),
    "image": Words(_("Picture"), _("Its name in the gallery.")),
}

_OF_TYPE: dict[tuple[str, str], Words] = {
    ("choice", "default"): Words(_("Default"), _("The option's name in the source. Empty: the first.")),
    ("approved", "default"): Words(_("Default"), _("The piece's name in the source. Empty: none.")),
    ("approved", "options"): Words(_("Pieces"), _("A template may bring its own list instead.")),
    ("date", "default"): Words(_("Default"), _("Such as 2026-12-05, with a time 2026-12-05T19:30.")),
    ("colour", "default"): Words(_("Default"), _("Empty: the first of those to choose from.")),
    ("toggle", "default"): Words(_("On from the start")),
    ("profile", "default"): Words(_("Shown from the start")),
}

CHOICES: dict[str, str | Promise] = {
    "bold": _("Bold"),
    "italic": _("Italic"),
    "link": _("Link"),
    "bullet_list": _("Bullet list"),
    "ordered_list": _("Numbered list"),
    "surface": _("Surface"),
    "background": _("Background"),
    "primary": _("Primary"),
    "accent": _("Accent"),
    "name": _("Name"),
    "address": _("Address"),
    "phone": _("Phone"),
    "reply_to": _("Address for answers"),
    "website": _("Website"),
    "map_url": _("Link to a map"),
    "opening_hours": _("Opening hours"),
    "manager": _("Manager"),
    "short": _("Short"),
    "medium": _("Medium"),
    "long": _("Long"),
    "full": _("In full"),
    "copy": _("Copy"),
    "offer": _("Offer"),
    "image": _("Picture"),
}


def words(type_: str, name: str) -> Words:
    """The words of a setting; its bare name where nobody has found any yet."""
    return _OF_TYPE.get((type_, name)) or _ANY.get(name) or Words(name)


def choice(value: str) -> str | Promise:
    return CHOICES.get(value, value)
