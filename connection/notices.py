"""Tells a brand's admins of what turned in the connection: once a turn, in their language, with what to do."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from accounts.permissions import Permission
from branding.models import Brand
from branding.scope import across_brands, brand_scope
from branding.urls import base_url
from groups.models import Membership
from workspace.models import ConnectionEvent
from workspace.permissions import EXTRA, NEEDED

logger = logging.getLogger("smartersends.connection")

Kind = ConnectionEvent.Kind
_PERMISSIONS = {each.name: each for each in (*NEEDED, *EXTRA)}


def untold() -> list[int]:
    """Brands whose admins do not know yet of something. Asked across brands."""
    with across_brands("turns of connections that nobody was told of"):
        rows = ConnectionEvent.objects.filter(told_at__isnull=True)
        return sorted(set(rows.values_list("brand_id", flat=True)))


def tell(brand_id: int) -> None:
    """Mail each admin what happened since the last mail. A mail server that is away leaves it for the next run.

    The rows stay locked until the mails are out: a run that dies in between may tell somebody twice, never not at all.
    """
    with brand_scope(brand_id):
        rows = ConnectionEvent.objects.select_for_update(skip_locked=True).filter(told_at__isnull=True)
        events = list(rows.select_related("workspace"))
        if not events:
            return
        with get_connection() as outbox:
            _mail_all(Brand.objects.get(pk=brand_id), events, outbox)
        for event in events:
            if event.kind == Kind.KEY_PROMOTED:
                words = "Braze refused the key in use"
                audit.record(Action.KEY_PROMOTED, by=None, target=event.workspace.endpoint, note=words)
        ConnectionEvent.objects.filter(pk__in=[each.pk for each in events]).update(told_at=timezone.now())


def _mail_all(brand: Brand, events: Sequence[ConnectionEvent], outbox: BaseEmailBackend) -> None:
    for person, language in admins():
        try:
            _mail(person, language, brand, events, outbox)
        except smtplib.SMTPResponseException as error:
            logger.warning("a notice to an admin of %s was refused: %s", brand.slug, error.smtp_code)
        except smtplib.SMTPRecipientsRefused:
            logger.warning("a notice to an admin of %s was refused: no such recipient", brand.slug)


def admins() -> list[tuple[User, str]]:
    """Active people who may manage the brand, with the language of the brand's own node."""
    rows = Membership.objects.filter(
        role__permissions__contains=[Permission.MANAGE_BRAND], person__is_active=True, group__parent=None
    ).select_related("person", "group")
    found: dict[int, tuple[User, str]] = {}
    for row in rows.order_by("group__path", "pk"):
        if row.person_id not in found:
            spoken = next((group.language for group in row.group.chain() if group.language), "")
            found[row.person_id] = (row.person, _offered(spoken))
    return list(found.values())


def _offered(language: str) -> str:
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE


def _mail(
    person: User, language: str, brand: Brand, events: Sequence[ConnectionEvent], outbox: BaseEmailBackend
) -> None:
    with translation.override(language):
        context = {
            "person": person,
            "brand": brand,
            "turns": [(event, *_words(event)) for event in events],
            "url": base_url(brand) + reverse("connection:connection"),
        }
        subject = _("%(brand)s: %(what)s") % {"brand": brand.name, "what": _words(events[-1])[0]}
        body = render_to_string("connection/notice.txt", context)
    message = EmailMessage(" ".join(subject.split()), body, to=[person.email], connection=outbox)
    message.send()


def _words(event: ConnectionEvent) -> tuple[str, str]:
    """What happened, and what follows from it."""
    permission = _PERMISSIONS.get(event.permission)
    match event.kind:
        case Kind.KEY_REFUSED:
            return _("Braze refuses the key"), _(
                "Nothing can be sent. Scheduled campaigns wait here, and go out late or not at all if it stays so. "
                "Make a new key in Braze and set it on the page below."
            )
        case Kind.KEY_ACCEPTED:
            return _("Braze accepts the key again"), _("Campaigns that waited go on by themselves.")
        case Kind.KEY_PROMOTED:
            return _("The waiting Braze key was put to use"), _(
                "Braze refused the key in use, and the one that waited can send. Nothing else needs to be done."
            )
        case Kind.PERMISSION_LOST:
            without_it = permission.without_it if permission else ""
            return _("The Braze key lacks %(name)s") % {"name": event.permission}, str(without_it)
        case _:
            return _("The Braze key holds %(name)s again") % {"name": event.permission}, ""
