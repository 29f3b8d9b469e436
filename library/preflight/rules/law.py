"""What the law of the sender's and of the recipients' country asks to stand in the mail, and what all providers ask.

Rule packs: us (CAN-SPAM, 16 CFR 316), ca (CASL), uk and eu (GDPR, ePrivacy), de (UWG, DDG). What cannot be seen in a
mail, such as consent, is decided elsewhere: docs/preflight.md says where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from library.engine.context import Identity, Profile, RenderContext
from library.engine.footer import HEADERS
from library.preflight.rules.envelope import is_known
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.page import clean
from library.preflight.rules.registry import rule
from library.preflight.rules.styles import pixels
from library.preflight.rules.subject import Subject

CHAPTER = "law"
_KIT = _("Have it filled in in the brand's legal identity.")
_FOOTER = _("Ask whoever looks after the templates: the footer has to show it.")
_EU = frozenset(
    (
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    )
)  # fmt: skip
_OWN = {"US": "us", "CA": "ca", "GB": "uk", "DE": "de"}
_OPT_OUT = re.compile(
    r"unsubscribe|opt.?out|stop|abmelden|abbestellen|austragen|widersprechen|désabonner|cancellati|darse de baja",
    re.IGNORECASE,
)
_READABLE = 9.0


def packs_of(context: RenderContext) -> tuple[str, ...]:
    """By where the group's customers are (its own country, else the brand's) and where the sender sits."""
    identity = context.identity.country
    return tuple(dict.fromkeys([*_pack(context.profile.country or identity), *_pack(identity)]))


def _pack(country: str) -> list[str]:
    return [each for each in (_OWN.get(country, ""), "eu" if country in _EU else "") if each]


@rule(
    "PF57", Severity.BLOCK, _("Unsubscribe button of the mail program"),
    _("Gmail and Yahoo ask for the headers of RFC 8058: one https address, and one click."), chapter=CHAPTER, floor=True,
)  # fmt: skip
def one_click(subject: Subject) -> Iterator[Hit]:
    headers = subject.email.headers
    one = re.fullmatch(r"\s*<(https://[^<>,\s]+|\{\{[^<>]+\}\})>\s*", headers.get("List-Unsubscribe", ""))
    if not one or headers.get("List-Unsubscribe-Post") != HEADERS["List-Unsubscribe-Post"]:
        words = Words(
            _("The mail lacks the headers by which mail programs unsubscribe with one click."),
            _("Tell the people who run this portal: every mail has to carry them."),
        )
        yield Hit(words)


@rule(
    "PF60", Severity.BLOCK, _("Visible way out"),
    _("A link to unsubscribe stands in the mail, where everybody sees it."), chapter=CHAPTER, floor=True,
)  # fmt: skip
def visible_opt_out(subject: Subject) -> Iterator[Hit]:
    link = subject.page.opt_out
    if link is None or not link.words or (pixels(link.inherited("font-size")) or _READABLE) < _READABLE:
        yield Hit(Words(_("The mail has no link to unsubscribe that can be seen."), _FOOTER))


@rule(
    "PF68", Severity.BLOCK, _("Postal address (United States)"),
    _("CAN-SPAM: every mail shows a valid postal address of the sender."), chapter=CHAPTER, floor=True,
)  # fmt: skip
def postal_address(subject: Subject) -> Iterator[Hit]:
    if "us" in subject.packs and not _shown_addresses(subject):
        yield _no_address()


def _no_address() -> Hit:
    words = Words(
        _("The mail shows no complete postal address."),
        _("Have street, town and postcode filled in in the group's profile or the brand's legal identity."),
    )
    return Hit(words)


def _shown_addresses(subject: Subject) -> list[Profile | Identity]:
    """Who of group and brand has a whole address, and shows it."""
    context, shown = subject.context, subject.page.words.casefold()
    return [
        each for each in (context.profile, context.identity)
        if each.street and each.city and (each.postcode or each.country in ("IE", "HK", "AE"))
        and all(clean(part).casefold() in shown for part in (each.street, each.city))
    ]  # fmt: skip


def _shows(subject: Subject, text: str) -> bool:
    return bool(text) and clean(text).casefold() in subject.page.words.casefold()


@rule(
    "PF69", Severity.BLOCK, _("One way out for all (United States)"),
    _("CAN-SPAM: one page, no log-in, no fee, and it stops everything. The link is the one that Braze keeps for each recipient."),
    chapter=CHAPTER, floor=True,
)  # fmt: skip
def the_way_out_is_brazes(subject: Subject) -> Iterator[Hit]:
    if "us" not in subject.packs:
        return
    for link in subject.page.links:
        address = link.attrs["href"]
        if (
            _OPT_OUT.search(link.words)
            and not address.startswith("{{")
            and "unsubscribe" in f"{link.words} {address}".lower()
        ):
            words = Words(
                _("“%(excerpt)s” is a way to unsubscribe of your own, which Braze does not know."),
                _("Take it out; the footer has the one that works."),
            )
            place = subject.places.of(link)
            yield Hit(words, {"excerpt": link.words[:60]}, place.path, place.part, address)


@rule(
    "PF70", Severity.BLOCK, _("One sender (United States)"),
    _("16 CFR 316: of several who advertise in a mail, the one named in From is the sender, and its address and way out stand in it."),
    chapter=CHAPTER, floor=True,
)  # fmt: skip
def designated_sender(subject: Subject) -> Iterator[Hit]:
    if "us" in subject.packs and not is_known(subject, subject.email.from_name):
        words = Words(
            _("“%(name)s” is the sender, and neither the group's nor the brand's name."),
            _("Send under the name whose address stands in the footer."),
        )
        yield Hit(
            words, {"name": subject.email.from_name}, "envelope.sender_name", subject=subject.email.from_name
        )


@rule(
    "PF72", Severity.BLOCK, _("Sender and contact (Canada)"),
    _("CASL: the mail names who sends it and on whose behalf, with a postal address and a telephone number, e-mail or web address."),
    chapter=CHAPTER, floor=True,
)  # fmt: skip
def canadian_sender(subject: Subject) -> Iterator[Hit]:
    if "ca" not in subject.packs:
        return
    context = subject.context
    for name in (context.profile.name, context.identity.legal_name):
        if not _shows(subject, name):
            yield Hit(
                Words(_("The mail does not name “%(name)s”."), _FOOTER), {"name": name or "?"}, subject=name
            )
    if not _shown_addresses(subject):
        yield _no_address()
    links = " ".join(link.attrs["href"] for link in subject.page.links)
    told = [
        context.profile.phone,
        context.profile.reply_to,
        context.profile.website,
        context.identity.website,
    ]
    if not any(_shows(subject, each) or (each and each in links) for each in told) and "tel:" not in links:
        words = Words(
            _("The mail shows neither a telephone number nor an e-mail or web address."),
            _("Have one of them filled in in the group's profile."),
        )
        yield Hit(words)


@rule(
    "PF74", Severity.BLOCK, _("Privacy notice (EU and UK)"),
    _("GDPR, articles 13 and 21: the mail leads to the notice on what happens with the reader's data, and to the way out."),
    chapter=CHAPTER, floor=True,
)  # fmt: skip
def privacy_notice(subject: Subject) -> Iterator[Hit]:
    if not {"eu", "uk"} & set(subject.packs):
        return
    address = subject.context.identity.privacy_url
    if not address:
        yield Hit(Words(_("The brand has no privacy notice to link to."), _KIT))
    elif not any(link.attrs["href"] == address for link in subject.page.links):
        yield Hit(Words(_("The mail has no link to the privacy notice."), _FOOTER))


@rule(
    "PF75", Severity.WARN, _("Who answers for the data (EU and UK)"),
    _("GDPR, article 26: the mail names the brand and the group, so that readers know whom they can turn to."), chapter=CHAPTER,
)  # fmt: skip
def controllers_are_named(subject: Subject) -> Iterator[Hit]:
    if not {"eu", "uk"} & set(subject.packs):
        return
    for name in (subject.context.identity.legal_name, subject.context.profile.name):
        if not _shows(subject, name):
            yield Hit(
                Words(_("The mail does not name “%(name)s”."), _FOOTER), {"name": name or "?"}, subject=name
            )


@rule(
    "PF76", Severity.BLOCK, _("Right to object (Germany)"),
    _("UWG § 7: every mail says in plain words that one can object at any time. The link to unsubscribe says so itself."),
    chapter=CHAPTER, floor=True,
)  # fmt: skip
def right_to_object(subject: Subject) -> Iterator[Hit]:
    link = subject.page.opt_out
    if "de" not in subject.packs or (link is not None and _OPT_OUT.search(link.words)):
        return
    yield Hit(Words(_("The link to unsubscribe does not say what it does."), _FOOTER))


@rule(
    "PF78", Severity.WARN, _("Imprint (Germany)"),
    _("DDG § 5: name, legal form, address, register and number of the sender stand in the mail, or one link away."), chapter=CHAPTER,
)  # fmt: skip
def imprint(subject: Subject) -> Iterator[Hit]:
    if "de" not in subject.packs or any(
        re.search(r"impressum|imprint", link.words, re.IGNORECASE) for link in subject.page.links
    ):
        return
    identity = subject.context.identity
    missing = [
        each
        for each in (identity.legal_name, identity.street, identity.company_line)
        if not _shows(subject, each)
    ]
    if missing:
        yield Hit(Words(_("The mail has neither a whole imprint nor a link to it."), _KIT))


@rule(
    "PF91", Severity.WARN, _("Company details (United Kingdom)"),
    _("Companies (Trading Disclosures) Regulations: business mails show registered name, number, part of the country and address."), chapter=CHAPTER,
)  # fmt: skip
def company_details(subject: Subject) -> Iterator[Hit]:
    identity = subject.context.identity
    if identity.country != "GB" or "uk" not in subject.packs:
        return
    if not _shows(subject, identity.company_line):
        yield Hit(Words(_("The mail does not show the company's or charity's registration."), _KIT))
