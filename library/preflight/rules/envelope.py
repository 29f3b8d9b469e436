"""Subject, preview text and sender: what stands in the inbox."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from library.preflight.rules.addresses import within
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.registry import rule
from library.preflight.rules.subject import Subject

CHAPTER = "envelope"
SHORT, SHOWN, LONGEST, PREVIEW = 20, 60, 150, 110
_SUBJECT, _PREHEADER = "envelope.subject", "envelope.preheader"
_FAKE_ANSWER = re.compile(r"\s*(?:re|fwd?|aw|wg|antw)\s*:", re.IGNORECASE)
_LIQUID = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\U0001f1e6-\U0001f1ff]")
MOST_EMOJI = 2
_NO_REPLY = re.compile(r"(?:no|do-?not|dont|keine?)[._-]?(?:reply|respond|answer|antworten?)", re.IGNORECASE)
#: Words of names that do not tell one sender from another.
_COMMON = frozenset(
    {
        "the",
        "and",
        "und",
        "der",
        "die",
        "das",
        "ltd",
        "limited",
        "gmbh",
        "inc",
        "llc",
        "plc",
        "company",
        "team",
        "your",
        "of",
        "from",
    }
)
#: CAN-SPAM forbids a subject that pretends to something else.
_PRETENDS = re.compile(
    r"\b(?:invoice|receipt|order confirm\w*|payment (?:due|failed|received)|your account (?:is|was|has)|security alert|"
    r"password|delivery notice|final notice|rechnung|mahnung|bestellbestätigung|zahlungserinnerung)\b",
    re.IGNORECASE,
)


@rule(
    "PF48", Severity.BLOCK, _("Subject"),
    _("A subject is there, says what is inside, and is no pretended answer. Phones show about 60 characters of it."),
    chapter=CHAPTER,
)  # fmt: skip
def subject_line(subject: Subject) -> Iterator[Hit]:
    line = subject.email.subject
    shown = _LIQUID.sub("Alexander", line).strip()
    if not shown:
        yield Hit(
            Words(_("The mail has no subject."), _("Write one that says what is inside.")), path=_SUBJECT
        )
        return
    if _FAKE_ANSWER.match(shown):
        words = Words(
            _("The subject pretends to be an answer or to be passed on."), _("Take “%(found)s” away.")
        )
        yield Hit(words, {"found": shown.split(":")[0] + ":"}, _SUBJECT, subject=line)
    if _shouts(shown):
        yield Hit(
            Words(_("The subject is all capitals."), _("Write it as an ordinary sentence.")),
            {},
            _SUBJECT,
            subject=line,
        )
    if len(shown) > LONGEST:
        yield _length(line, len(shown), Severity.BLOCK)
    elif not SHORT <= len(shown) <= SHOWN:
        yield _length(line, len(shown), Severity.WARN)


def _shouts(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > SHORT // 2 and all(char.isupper() for char in letters if char.isupper() or char.islower()) and any(
        char.isupper() for char in letters
    )  # fmt: skip


def _length(line: str, count: int, severity: Severity) -> Hit:
    words = Words(_("The subject has %(count)d characters."), _("20 to 60 are seen whole and say enough."))
    return Hit(words, {"count": count}, _SUBJECT, subject=line, severity=severity)


@rule(
    "PF49", Severity.WARN, _("Preview text"),
    _("The words behind the subject in the inbox: something new, and not more than is shown."), chapter=CHAPTER,
)  # fmt: skip
def preview_text(subject: Subject) -> Iterator[Hit]:
    line, title = subject.email.preheader, subject.email.subject
    if not line:
        yield Hit(
            Words(
                _("The mail has no preview text."), _("Write a sentence that goes on where the subject ends.")
            ),
            path=_PREHEADER,
        )
    elif _plain(line) == _plain(title) or (_plain(title) and _plain(line).startswith(_plain(title))):
        words = Words(
            _("The preview text repeats the subject."), _("Say the next most important thing instead.")
        )
        yield Hit(words, {}, _PREHEADER, subject=line)
    elif len(line) > PREVIEW:
        words = Words(
            _("The preview text has %(count)d characters; inboxes show up to 110."), _("Shorten it.")
        )
        yield Hit(words, {"count": len(line)}, _PREHEADER, subject=line)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


@rule(
    "PF47", Severity.INFO, _("Emoji"),
    _("Screen readers read every emoji out. Two in a subject are enough, and none stands for a word."), chapter=CHAPTER,
)  # fmt: skip
def emoji(subject: Subject) -> Iterator[Hit]:
    count = len(_EMOJI.findall(subject.email.subject))
    if count > MOST_EMOJI:
        words = Words(_("The subject has %(count)d emoji, and each is read aloud."), _("Keep two at most."))
        yield Hit(words, {"count": count}, _SUBJECT, subject=subject.email.subject)
    for link in subject.page.links:
        if _EMOJI.search(link.words) and not re.search(r"\w", _EMOJI.sub("", link.words)):
            place = subject.places.of(link)
            words = Words(
                _("The link “%(found)s” consists of emoji alone."), _("Say in words where it leads.")
            )
            yield Hit(words, {"found": link.words}, place.path, place.part, link.words)


@rule(
    "PF50", Severity.BLOCK, _("Sender"),
    _("The address belongs to the domain that is verified for sending, and the name is one that customers know."),
    chapter=CHAPTER,
)  # fmt: skip
def sender(subject: Subject) -> Iterator[Hit]:
    email = subject.email
    if not email.from_address:
        words = Words(_("The group has no sender address."), _("Have it filled in in the group's profile."))
        yield Hit(words)
    elif subject.sending_domain and not within(
        email.from_address.split("@")[-1].lower(), [subject.sending_domain.lower()]
    ):
        words = Words(
            _("The sender %(address)s is not of %(domain)s, the domain that is verified for sending."),
            _("Have the sender address changed in the group's profile."),
        )
        yield Hit(
            words,
            {"address": email.from_address, "domain": subject.sending_domain},
            subject=email.from_address,
        )
    if not is_known(subject, email.from_name):
        words = Words(
            _("“%(name)s” names neither the group nor the brand."),
            _("Send under a name that customers know, with the brand or the place in it."),
        )
        yield Hit(
            words,
            {"name": email.from_name},
            "envelope.sender_name",
            subject=email.from_name,
            severity=Severity.WARN,
        )


def is_known(subject: Subject, name: str) -> bool:
    """Whether a sender's name shares a word of its own with the group's or the brand's."""
    context = subject.context
    known = f"{context.profile.name} {context.profile.sender_name} {context.identity.legal_name} {subject.brand_name}"
    return bool(_own_words(name) & _own_words(known))


def _own_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w{2,}", text.casefold()) if word not in _COMMON}


@rule(
    "PF51", Severity.WARN, _("Answers"),
    _("Customers answer mails; Microsoft asks for an address that takes answers."), chapter=CHAPTER,
)  # fmt: skip
def answers_are_read(subject: Subject) -> Iterator[Hit]:
    address = subject.email.reply_to
    if not address or _NO_REPLY.match(address):
        words = Words(
            _("Answers go to %(address)s, where nobody reads them."),
            _("Use an address that somebody looks after."),
        )
        if not address:
            words = Words(_("Answers go nowhere."), words.fix)
        yield Hit(words, {"address": address}, "envelope.reply_to", subject=address)


@rule(
    "PF71", Severity.WARN, _("Honest subject (United States)"),
    _("CAN-SPAM forbids subjects that pretend to be something else: an invoice, a receipt, a warning."), chapter="law",
)  # fmt: skip
def subject_is_honest(subject: Subject) -> Iterator[Hit]:
    found = _PRETENDS.search(subject.email.subject)
    if found and "us" in subject.packs:
        words = Words(
            _("The subject sounds like a message about business under way: “%(found)s”."),
            _("Say that it is news or an offer. If it really is such a message, tick this."),
        )
        yield Hit(words, {"found": found[0]}, _SUBJECT, subject=subject.email.subject)
