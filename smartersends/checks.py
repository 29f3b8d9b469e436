"""A wrong deployment is a message of `manage.py check`, not a traceback at night."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004 - Django's own name


@register(Tags.security, deploy=True)
def production(app_configs: Any, **kwargs: Any) -> list[Error | Warning]:  # noqa: ARG001 - Django's signature
    found: list[Error | Warning] = []
    if not settings.HTTPS:
        found.append(
            Error("The portal would run without TLS.", hint="Set HTTPS=yes.", id="smartersends.E001")
        )
    if settings.BRAZE_ALLOW_LOOPBACK:
        found.append(
            Error(
                "Braze endpoints may point at this machine.",
                hint="Unset BRAZE_ALLOW_LOOPBACK.",
                id="smartersends.E002",
            )
        )
    if not settings.EMAIL_HOST:
        found.append(
            Warning(
                "Mails of the portal go to files.",
                hint="Set EMAIL_HOST to an SMTP server.",
                id="smartersends.W003",
            )
        )
    if settings.ENCRYPTION_KEYS == [settings.SECRET_KEY]:
        found.append(
            Warning(
                "Secrets are encrypted under SECRET_KEY.", hint="Set ENCRYPTION_KEYS.", id="smartersends.W004"
            )
        )
    return found


@register(Tags.security)
def demo_stays_here(app_configs: Any, **kwargs: Any) -> list[Error]:  # noqa: ARG001 - Django's signature
    if settings.DEMO and settings.HTTPS:
        return [Error("DEMO signs people in without a password.", hint="Unset DEMO.", id="smartersends.E005")]
    return []
