"""Which addresses a Braze key may ever be sent to."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Carries an IPv4 address in its last 32 bits (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class LeadsInside(Exception):
    """A name that leads to this machine, to a private network, or to no single machine at all."""


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
    try:
        public_addresses(host, 443)
    except LeadsInside as error:
        raise ValidationError(_("%(host)s leads to a private address."), params={"host": host}) from error


def public_addresses(host: str, port: int) -> list[str]:
    """Where the name leads now. LeadsInside if any of it is not public; OSError if it leads nowhere."""
    found = [
        str(address[0]) for *_family, address in socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
    ]
    if not found or not all(_is_public(ipaddress.ip_address(each.split("%")[0])) for each in found):
        raise LeadsInside(host)
    return found


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    carried = _carried(address) if isinstance(address, ipaddress.IPv6Address) else None
    return _is_public(carried) if carried else address.is_global and not address.is_multicast


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a gateway behind this one goes to."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # Decimal and octal spellings of an IPv4 address, which resolvers accept as well.
        return host.replace(".", "").replace("x", "").isalnum() and not any(
            char.isalpha() for char in host.replace("x", "")
        )
    return True
