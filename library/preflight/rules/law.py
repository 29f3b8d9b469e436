"""Which law applies, and what of it can be seen in the mail."""

from __future__ import annotations

from library.engine.context import RenderContext

_EU = frozenset(
    (
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    )
)  # fmt: skip


def packs_of(context: RenderContext) -> tuple[str, ...]:
    """By where the group's customers are (its own country, else the brand's) and where the sender sits."""
    identity = context.identity.country
    return tuple(dict.fromkeys([*_pack(context.profile.country or identity), *_pack(identity)]))


def _pack(country: str) -> list[str]:
    own = {"US": "us", "CA": "ca", "GB": "uk", "DE": "de"}.get(country, "")
    return [each for each in (own, "eu" if country in _EU else "") if each]
