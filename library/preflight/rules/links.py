"""Where links lead, and what they carry along."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from library.engine.footer import UNSUBSCRIBE
from library.preflight.rules.addresses import (
    NOT_TRIED,
    host_of,
    is_reserved,
    is_shortener,
    is_staging,
    within,
)
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.page import Element
from library.preflight.rules.registry import rule
from library.preflight.rules.subject import Followed, Subject

CHAPTER = "links"
#: RFC 9110: from here on an answer is an error. Some sites turn machines away whom they would let in as people.
ERROR, TURNED_AWAY, SERVER = 400, frozenset({401, 403, 405, 406, 408, 425, 429}), 500
_CHECK = _("Open it yourself; then correct it or take it out.")
_TROUBLE = {
    "private": Words(_("The link to %(host)s leads into a private network, where no customer gets."), _CHECK),
    "dns": Words(_("The link leads to %(host)s, and there is no such place."), _CHECK),
    "tls": Words(_("%(host)s cannot prove who it is: browsers warn of it."), _CHECK),
    "redirects": Words(_("The link to %(host)s is passed on without end."), _CHECK),
    "insecure": Words(
        _("The link to %(host)s ends at an address without https."),
        _("Link the page that starts with https://."),
    ),
    "form": Words(_("The link to %(host)s cannot be opened."), _CHECK),
}
_SLOW = Words(
    _("%(host)s did not answer when the link was tried."), _("Open it yourself: if it works, tick this.")
)


def _hit(
    subject: Subject, link: Element, words: Words, severity: Severity | None = None, **params: str | int
) -> Hit:
    address = link.attrs["href"]
    place = subject.places.of_text(address)
    if not place.path:
        place = subject.places.of(link)
    return Hit(words, {"host": host_of(address), **params}, place.path, place.part, address, severity)


def _web(subject: Subject) -> Iterator[Element]:
    """Web links of the mail, each address once."""
    seen = set()
    for link in subject.page.links:
        address = link.attrs["href"]
        if address.startswith(("http://", "https://")) and "{{" not in address and address not in seen:
            seen.add(address)
            yield link


@rule(
    "PF52", Severity.BLOCK, _("Where links lead"),
    _("Every link answers, over https, without a shortener, and ends on a domain your brand allows."), chapter=CHAPTER,
)  # fmt: skip
def links_lead_somewhere(subject: Subject) -> Iterator[Hit]:
    unknown = 0
    for link in _web(subject):
        address = link.attrs["href"]
        yield from _by_itself(subject, link, address)
        if is_reserved(host_of(address)):
            continue
        followed = subject.links.get(address)
        unknown += followed is None
        yield from _as_followed(subject, link, followed) if followed else ()
    if unknown:
        words = Words(
            _("%(count)d links have not been tried yet."),
            _("They are tried in the background; look again in a minute."),
        )
        yield Hit(words, {"count": unknown}, severity=Severity.INFO)


def _by_itself(subject: Subject, link: Element, address: str) -> Iterator[Hit]:
    host, allowed = host_of(address), subject.brand.link_domains
    if address.startswith("http://") and not address.startswith(f"{subject.gallery}/"):
        yield _hit(
            subject, link, Words(_("The link to %(host)s is not encrypted."), _("Start it with https://."))
        )
    if is_shortener(host):
        words = Words(
            _("%(host)s hides where the link leads, and spam filters count it against you."),
            _("Link the page itself."),
        )
        yield _hit(subject, link, words)
    elif is_reserved(host):
        if not _is_brands_own(subject, host):
            words = Words(
                _("%(host)s is a sample address, where nobody ever is."),
                _("Put the right address in its place."),
            )
            yield _hit(subject, link, words, Severity.WARN)
    elif is_staging(host):
        words = Words(
            _("%(host)s looks like a site under construction."), _("Link the page that customers may see.")
        )
        yield _hit(subject, link, words)
    if allowed and not within(host, allowed):
        words = Words(
            _("Links to %(host)s are not allowed by your brand."), _("Link to one of: %(allowed)s.")
        )
        yield _hit(subject, link, words, allowed=", ".join(allowed))


def _is_brands_own(subject: Subject, host: str) -> bool:
    context = subject.context
    own = (
        context.identity.website,
        context.profile.website,
        context.identity.privacy_url,
        context.profile.map_url,
    )
    hosts = {host_of(each) for each in own if each} | {each.lower() for each in subject.brand.link_domains}
    return within(host, hosts - {""})


def _as_followed(subject: Subject, link: Element, followed: Followed) -> Iterator[Hit]:
    if followed.trouble in _TROUBLE:
        yield _hit(subject, link, _TROUBLE[followed.trouble])
    elif followed.trouble and followed.trouble not in NOT_TRIED:
        yield _hit(subject, link, _SLOW, Severity.WARN)
    elif followed.status is not None and followed.status >= ERROR:
        words = Words(_("The link to %(host)s does not work (answer %(status)d)."), _CHECK)
        mild = followed.status in TURNED_AWAY or followed.status >= SERVER
        yield _hit(subject, link, words, Severity.WARN if mild else None, status=followed.status)
    allowed, final = subject.brand.link_domains, host_of(followed.final_url)
    if allowed and final and not within(final, allowed) and final != host_of(link.attrs["href"]):
        words = Words(
            _("The link to %(host)s is passed on to %(final)s, which your brand does not allow."),
            _("Link a page of your own."),
        )
        yield _hit(subject, link, words, final=final)


@rule(
    "PF53", Severity.WARN, _("Tracking parameters"),
    _("The template puts its parameters on every link once; twice, or another campaign's, spoil the numbers."), chapter=CHAPTER,
)  # fmt: skip
def tracked_once(subject: Subject) -> Iterator[Hit]:
    for link in _web(subject):
        address = link.attrs["href"]
        names = Counter(
            name.lower() for name, _value in parse_qsl(urlsplit(address).query, keep_blank_values=True)
        )
        twice = sorted(
            name
            for name, count in names.items()
            if count > 1 and (name.startswith("utm_") or name in subject.spec.tracking)
        )
        if twice:
            words = Words(
                _("The link to %(host)s carries %(names)s more than once."),
                _("Take it out of what you typed."),
            )
            yield _hit(subject, link, words, names=", ".join(twice))


@rule(
    "PF54", Severity.WARN, _("Telephone numbers"),
    _("A number in the mail is the group's own: the number of another place sends customers to the wrong door."), chapter=CHAPTER,
)  # fmt: skip
def numbers_are_the_groups(subject: Subject) -> Iterator[Hit]:
    own = _digits(subject.context.profile.phone or subject.context.profile.phone_href)
    for link in subject.page.links:
        said = (
            _digits(link.attrs["href"].removeprefix("tel:")) if link.attrs["href"].startswith("tel:") else ""
        )
        if own and said and said != own:
            yield _hit(
                subject,
                link,
                Words(_("%(number)s is not the telephone number of your group."), _OWN),
                number=said,
            )
    for each in subject.open_fields:
        if own and isinstance(each.value, str) and each.field.type in ("text", "rich_text"):
            for found in _PHONE.findall(re.sub(r"<[^>]*>", " ", each.value)):
                if _digits(found) != own and len(_digits(found)) >= len("0123456"):
                    words = Words(_("%(number)s is not the telephone number of your group."), _OWN)
                    yield Hit(words, {"number": found.strip()}, each.path, subject=found.strip())


_OWN = _("If it is not meant to be another's, use the one of your group's profile.")
_PHONE = re.compile(r"(?:\+\d{1,3}[\s./-]?\(?|\(0|\b0(?=\d{2}))[\d\s()./-]{7,16}\d")


def _digits(number: str) -> str:
    """The last nine, which are the same with and without a country's prefix."""
    return re.sub(r"\D", "", number)[-9:]


@rule(
    "PF21", Severity.BLOCK, _("Plain text"),
    _("Watches, screen readers and spam filters read the text part: it is there, with the same links and the same way out."),
    chapter=CHAPTER,
)  # fmt: skip
def text_says_the_same(subject: Subject) -> Iterator[Hit]:
    text = subject.email.text
    ask = _("Ask whoever looks after the templates to complete the part's plain text.")
    if not text.strip() or UNSUBSCRIBE not in text:
        yield Hit(Words(_("The plain text lacks the way to unsubscribe."), ask))
    for link in _web(subject):
        if _bare(link.attrs["href"]) not in text and not _is_surrounding(subject, link.attrs["href"]):
            words = Words(_("The plain text lacks the link to %(host)s."), ask)
            yield _hit(subject, link, words, Severity.WARN)


def _bare(address: str) -> str:
    """Without query and fragment, which the text part may leave out."""
    return re.split(r"[?#]", address, maxsplit=1)[0]


def _is_surrounding(subject: Subject, address: str) -> bool:
    """The brand's own site behind its logo stands in the footer."""
    identity, profile = subject.context.identity, subject.context.profile
    return host_of(address) in {host_of(each) for each in (identity.website, profile.website) if each}
