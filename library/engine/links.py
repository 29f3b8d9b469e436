"""Links people type: only the schemes a mail may carry, and nothing in them that any language could evaluate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, quote, urlsplit

from library.engine.inert import FORBIDDEN

SCHEMES = ("https", "mailto", "tel")
MAX_LINK = 2_000
MAX_MAILBOX = 254

#: Kept as they are. Not among them: quotes, brackets, braces and parentheses, which end an attribute or a CSS url().
_SAFE = "/:?@!$&*+,;=-._~#"
_ESCAPED = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNFIT = re.compile(r"[\s\\]")
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_`|~-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_PHONE = re.compile(r"\+?[0-9*#.,;=-]{2,40}")


class BadLink(ValueError):
    """Why a link is refused; code is one of form, scheme, userinfo, host, domain."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def safe_link(link: str, domains: Sequence[str] = ()) -> str:
    """The link percent-encoded, if its scheme, host and domain are allowed (no domains: any); else BadLink."""
    link = link.strip()
    if _UNFIT.search(link) and not link.startswith("tel:"):  # people write telephone numbers with spaces
        raise BadLink("form")
    parts = _split(link)
    if parts.scheme == "https":
        return _web(parts, domains)
    if parts.scheme == "mailto":
        return _mailbox(parts, domains)
    if parts.scheme == "tel":
        return _phone(parts)
    raise BadLink("scheme")


def is_mailbox(text: str) -> bool:
    """One address as RFC 5321 limits it, in the characters that most mail servers take."""
    return len(text) <= MAX_MAILBOX and _MAILBOX.fullmatch(text) is not None


def context_link(link: str) -> str:
    """An address from settings or gallery, percent-encoded: also http and paths, which previews need."""
    link = FORBIDDEN.sub("", link).strip()
    if not link:
        return ""
    scheme = _split(link).scheme
    if scheme not in ("http", "https", "tel", "mailto") and not re.match(r"/(?!/)", link):
        raise ValueError("Give a full web address that starts with https://")
    return _encoded(link)


def _split(link: str) -> SplitResult:
    if len(link) > MAX_LINK or FORBIDDEN.search(link):
        raise BadLink("form")
    try:
        return urlsplit(link)
    except ValueError as error:
        raise BadLink("form") from error


def _encoded(text: str) -> str:
    return quote(_ESCAPED.sub("%25", text), safe=_SAFE + "%")


def _web(parts: SplitResult, domains: Sequence[str]) -> str:
    if "@" in parts.netloc:
        raise BadLink("userinfo")
    host, port = _host(parts)
    _require_domain(host, domains)
    return _encoded(parts._replace(netloc=host + port).geturl())


def _host(parts: SplitResult) -> tuple[str, str]:
    try:
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise BadLink("host") from error
    if not _HOST.fullmatch(host):
        raise BadLink("host")
    return host, port


def _require_domain(host: str, domains: Sequence[str]) -> None:
    if domains and not any(host == domain or host.endswith(f".{domain}") for domain in domains):
        raise BadLink("domain")


def _mailbox(parts: SplitResult, domains: Sequence[str]) -> str:
    mailbox = _MAILBOX.fullmatch(parts.path)
    if not mailbox:
        raise BadLink("form")
    _require_domain(mailbox[1].lower(), domains)
    return _encoded(parts.geturl())


def _phone(parts: SplitResult) -> str:
    digits = re.sub(r"[\s()]", "", parts.path)
    if parts.query or parts.fragment or not _PHONE.fullmatch(digits):
        raise BadLink("form")
    return f"tel:{digits}"
