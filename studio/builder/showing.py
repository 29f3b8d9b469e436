"""A field of a draft in words, to be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from library import drafting
from library.drafting import Spot
from library.engine import TemplateSpec


def as_words(spec: TemplateSpec, spot: Spot, key: str) -> str:
    """What it says, and whether local people may change it."""
    held = drafting.filled(spec, spot)
    modes = {"locked": _("locked"), "open": _("open"), "hidden": _("hidden")}
    said = _words(held.values.get(key)) or _("as the module says")
    return f"{said} ({modes[drafting.mode_of(held, key)]})"


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(str(each) for each in value.values() if isinstance(each, str) and each)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return strip_tags(str(value)).strip() if value is not None else ""
