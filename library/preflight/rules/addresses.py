"""What an address tells by itself: its host, and whether that is a sample, a shortener or a site under construction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

#: RFC 2606 and RFC 6761: never registered, so no customer ever gets there.
_RESERVED = ("example", "invalid", "test", "example.com", "example.org", "example.net")
#: Hide where a link leads, and are abused so much that mailbox providers count them against the sender.
SHORTENERS = frozenset(
    (
        "bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly",
        "rb.gy", "shorturl.at", "t.ly", "tiny.cc", "lnkd.in", "s.id", "v.gd", "bl.ink", "short.io", "dub.sh",
        "shorte.st", "adf.ly", "trib.al", "soo.gd", "qr.ae", "amzn.to", "fb.me",
    )
)  # fmt: skip
_STAGING = re.compile(
    r"(?:^|[.-])(?:staging|stage|stg|preprod|preview|uat|qa|sandbox|dev|test|testing|localhost)(?:[.-]|\d*\.)"
    r"|\.(?:local|internal|lan|ngrok\.io|ngrok-free\.app|trycloudflare\.com|vercel\.app|netlify\.app|herokuapp\.com)$"
    r"|^localhost$"
)
#: Troubles that say nothing about an address: a sample's, or this machine had no way out.
NOT_TRIED = frozenset({"sample", "offline"})


def host_of(address: str) -> str:
    """In lower case; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def within(host: str, domains: Iterable[str]) -> bool:
    """Whether the host is one of the domains or lies below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def is_reserved(host: str) -> bool:
    return within(host.lower(), _RESERVED)


def is_shortener(host: str) -> bool:
    return host.removeprefix("www.") in SHORTENERS


def is_staging(host: str) -> bool:
    return bool(_STAGING.search(host))
