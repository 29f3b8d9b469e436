"""Which addresses a Braze key may ever be sent to."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_endpoint(url: str) -> None:
    """https to a public host, without path, user or query; loopback only where the setting allows it."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if settings.BRAZE_ALLOW_LOOPBACK and host in {"127.0.0.1", "localhost", "::1"}:
        return
    if parts.scheme != "https" or parts.username or parts.query or parts.path.rstrip("/") or not host:
        raise ValidationError(
            _("Give the REST endpoint as https:// and a host name, with nothing behind it.")
        )
    if _is_address(host) or "." not in host or host.endswith((".local", ".internal", ".localhost")):
        raise ValidationError(_("Give the endpoint by its public host name, such as rest.iad-01.braze.com."))


def check_resolved(url: str) -> None:
    """Asked right before calling: the name must lead to public addresses only (no rebinding into our network)."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    check_endpoint(url)
    if settings.BRAZE_ALLOW_LOOPBACK and host in {"127.0.0.1", "localhost", "::1"}:
        return
    for *_family, address in socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP):
        if not ipaddress.ip_address(address[0]).is_global:
            raise ValidationError(_("%(host)s leads to a private address."), params={"host": host})


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # Decimal and octal spellings of an IPv4 address, which resolvers accept as well.
        return host.replace(".", "").replace("x", "").isalnum() and not any(
            char.isalpha() for char in host.replace("x", "")
        )
    return True
