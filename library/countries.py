from __future__ import annotations

from babel import Locale
from django.utils.translation import get_language


def name(code: str, language: str | None = None) -> str:
    """A country's name from the Unicode CLDR, in `language` or the active one; the code itself if it has none."""
    locale = Locale.parse(language or get_language() or "en", sep="-")
    return locale.territories.get(code.upper(), code) if code else ""
