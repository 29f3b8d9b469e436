"""Legal identities: who stands for which countries, and what the law there wants said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import AuditEntry, User
from branding.models import LegalIdentity
from library.errors import LibraryError

Why = str | Promise
_ADDRESS = gettext_lazy("Every mail shows a postal address.")
_PRIVACY = gettext_lazy("GDPR, article 13: people can read what you do with their data.")

_ALWAYS: dict[str, Why] = {
    "legal_name": gettext_lazy("Every mail names who sends it."),
    "street": _ADDRESS,
    "city": _ADDRESS,
}
_EUROPE = frozenset(
    (
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT",
        "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    )
)  # fmt: skip
_WITHOUT_POSTCODE = frozenset({"IE", "HK", "AE"})
_OWN: dict[str, dict[str, Why]] = {
    "DE": {
        "company_line": gettext_lazy("DDG, section 5: register and number, or the VAT number."),
        "website": gettext_lazy("DDG, section 5: an imprint that can be reached."),
    },
    "GB": {
        "company_line": gettext_lazy(
            "Companies Act 2006, section 82: the registered number, or the charity's."
        )
    },
    "CA": {"website": gettext_lazy("CASL: a website, telephone number or mailbox beside the address.")},
}


def required(country: str) -> dict[str, Why]:
    """By field, why the law of the country wants it. CAN-SPAM, CASL, GDPR and their like."""
    code = country.upper()
    wanted = dict(_ALWAYS)
    if code not in _WITHOUT_POSTCODE:
        wanted["postcode"] = _ADDRESS
    if code in _EUROPE:
        wanted["privacy_url"] = _PRIVACY
    return wanted | _OWN.get(code, {})


def missing_parts(country: str, values: Mapping[str, Any]) -> list[tuple[str, Why]]:
    return [(name, why) for name, why in required(country).items() if not values.get(name)]


def lacking(identity: LegalIdentity) -> list[tuple[str, Why]]:
    values = {name: getattr(identity, name) for name in required(identity.country)}
    return missing_parts(identity.country, values)


@transaction.atomic
def save(identity: LegalIdentity, countries: list[str], *, by: User) -> None:
    is_new = identity.pk is None
    old = None if is_new else LegalIdentity.objects.get(pk=identity.pk)
    identity.countries = countries
    identity.save()
    fields = (
        *required(""),
        "postcode",
        "region",
        "country",
        "company_line",
        "website",
        "privacy_url",
        "countries",
    )
    changed = [
        f"{name}: {_shown(getattr(old, name)) if old else '–'} → {_shown(getattr(identity, name))}"
        for name in dict.fromkeys(fields)
        if old is None or getattr(old, name) != getattr(identity, name)
    ]
    if changed:
        audit.record(
            AuditEntry.Action.IDENTITY_CHANGED, by=by, target=identity.legal_name, note="; ".join(changed)
        )


@transaction.atomic
def remove(identity: LegalIdentity, *, by: User) -> None:
    """LibraryError for the one that stands where no other does: every mail must name somebody."""
    if not identity.countries:
        raise LibraryError(
            _("This identity stands wherever no other does, so it cannot go. Change it instead.")
        )
    LegalIdentity.objects.filter(pk=identity.pk).delete()
    note = _("Removed; it stood for %(codes)s.") % {"codes": ", ".join(identity.countries)}
    audit.record(AuditEntry.Action.IDENTITY_CHANGED, by=by, target=identity.legal_name, note=note)


def _shown(value: Any) -> str:
    return (", ".join(value) if isinstance(value, list) else str(value)) or "–"
