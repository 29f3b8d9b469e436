from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from connection import showing


def connection_trouble(request: HttpRequest) -> dict[str, Any]:
    """`connection_trouble`: a sentence, asked for only by pages of people who manage the brand."""
    return (
        {}
        if getattr(request, "brand", None) is None
        else {"connection_trouble": SimpleLazyObject(showing.trouble)}
    )
