"""The few words the engine writes into a mail by itself, in the mail's own language."""

from __future__ import annotations

from typing import NamedTuple


class Phrases(NamedTuple):
    """`because` names the group and the brand."""

    because: str
    unsubscribe: str
    privacy: str
    website: str


_ENGLISH = Phrases(
    because="You receive this email because you asked to hear from {group}, part of {brand}.",
    unsubscribe="Unsubscribe",
    privacy="Privacy notice",
    website="Website",
)
_GERMAN = Phrases(
    because="Sie erhalten diese E-Mail, weil Sie Nachrichten von {group} ({brand}) bestellt haben.",
    unsubscribe="Abmelden",
    privacy="Datenschutz",
    website="Website",
)
_LANGUAGES = {"en": _ENGLISH, "de": _GERMAN}


def phrases(language: str) -> Phrases:
    return _LANGUAGES.get(language.split("-", maxsplit=1)[0].lower(), _ENGLISH)
