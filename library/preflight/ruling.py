"""A brand's own rules of its mails: each change in one transaction, with its trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from library.errors import LibraryError
from library.models import MailRules, Restriction
from library.preflight.rules.registry import OFF, rules
from library.preflight.rules.starter import STARTER

CHOICES = ("block", "warn", "info", OFF)


@transaction.atomic
def save(
    *, link_domains: Sequence[str], image_domains: Sequence[str], severities: Mapping[str, str], by: User
) -> None:
    """Keep what differs from the standard; floors of the law stay what they are."""
    MailRules.objects.get_or_create()
    row = MailRules.objects.select_for_update().get()
    before = (list(row.link_domains), list(row.image_domains), dict(row.severities))
    row.link_domains, row.image_domains = list(link_domains), list(image_domains)
    row.severities = _own(severities)
    row.save()
    note = _changes(before, (row.link_domains, row.image_domains, row.severities))
    if note:
        audit.record(audit.Action.RULES_CHANGED, by=by, target=_("Checks and domains"), note=note)


def _own(severities: Mapping[str, str]) -> dict[str, str]:
    return {
        rule.id: severities[rule.id]
        for rule in rules()
        if severities.get(rule.id) in CHOICES and not rule.is_floor and severities[rule.id] != rule.severity
    }


def _changes(
    before: tuple[list[str], list[str], dict[str, str]], after: tuple[list[str], list[str], dict[str, str]]
) -> str:
    """What went and came, in a line."""
    said = [
        f"{name}: {', '.join(old) or '–'} → {', '.join(new) or '–'}"
        for name, old, new in zip(("links", "pictures"), before[:2], after[:2], strict=True)
        if old != new
    ]
    ids = sorted({*before[2], *after[2]})
    said += [
        f"{rule}: {before[2].get(rule, '–')} → {after[2].get(rule, '–')}"
        for rule in ids
        if before[2].get(rule) != after[2].get(rule)
    ]
    return "; ".join(said)


@transaction.atomic
def restrict(restriction: Restriction, *, by: User) -> None:
    """Keep a new or changed entry; LibraryError where the brand has one with the same words."""
    try:
        with transaction.atomic():
            restriction.save()
    except IntegrityError as error:
        raise LibraryError(
            _("“%(pattern)s” is in the list already.") % {"pattern": restriction.pattern}
        ) from error
    kind = "regex" if restriction.is_regex else "words"
    audit.record(
        audit.Action.RULES_CHANGED, by=by, target=restriction.pattern, note=f"{kind}, {restriction.severity}"
    )


@transaction.atomic
def allow_again(restriction: Restriction, *, by: User) -> None:
    audit.record(audit.Action.RULES_CHANGED, by=by, target=restriction.pattern, note=_("Removed"))
    restriction.delete()


@transaction.atomic
def add_starter(*, by: User) -> int:
    """Put the ready-made words that need a clause into the list. Returns how many were new."""
    known = set(Restriction.objects.values_list("pattern", flat=True))
    fresh = [each for each in STARTER if each.pattern not in known]
    for each in fresh:
        Restriction.objects.create(
            pattern=each.pattern, is_regex=each.is_regex, severity=each.severity, reason=each.reason, needs=each.needs
        )  # fmt: skip
    if fresh:
        audit.record(
            audit.Action.RULES_CHANGED, by=by, target=_("Ready-made words"), note=", ".join(each.reason for each in fresh)
        )  # fmt: skip
    return len(fresh)


def starter_is_complete() -> bool:
    return set(Restriction.objects.values_list("pattern", flat=True)) >= {each.pattern for each in STARTER}
