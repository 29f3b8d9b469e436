"""What people wrote: left-overs, personal data, personalisation without a default, and what the brand avoids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from library.engine.fields import ImageValue
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.moments import spoken
from library.preflight.rules.patterns import contains, find
from library.preflight.rules.registry import rule
from library.preflight.rules.subject import FieldAt, Subject

CHAPTER = "words"
_LEFT_OVER = re.compile(
    r"lorem ipsum|dolor sit amet|\*\|\w+\|\*|%%\w+%%|\[\[|\]\]|\[%|%\]|<<\s*\w+\s*>>|\{\s*(?:first|last|full)?_?name\s*\}"
    r"|\[(?:first |last )?(?:name|date|time|place|address|city|store|link|url|text|insert[^\]]*|vorname|datum|ort)\]",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?<![\w-])(?:TEST|TBD|TBC|TODO|FIXME|XXX+|undefined|NaN|\[object Object\])(?![\w-])"
)
_OUTPUT = re.compile(r"\{\{-?(.*?)-?\}\}(?!\})", re.DOTALL)
#: Filled by Braze for everybody.
_ALWAYS = re.compile(
    r"\$\{(?:set_user_to_\w+|email_footer|unsubscribe_url|preference_center\w*|email_address|user_id|braze_id|dispatch_id)\}"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<![\d+])[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?!\d)")
_SOCIAL = re.compile(r"(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
_EXCERPT = 60


def _said(each: FieldAt) -> Iterator[tuple[str, str]]:
    yield from spoken(each)
    if isinstance(each.value, ImageValue):
        yield "alt", each.value.alt


def _texts(subject: Subject) -> list[tuple[FieldAt, str, str]]:
    return [(each, part, text) for each in subject.fields for part, text in _said(each) if text]


@rule(
    "PF23", Severity.BLOCK, _("Left-overs"),
    _("Sample text, placeholders and code that was never filled in."), chapter=CHAPTER,
)  # fmt: skip
def nothing_left_over(subject: Subject) -> Iterator[Hit]:
    words = Words(
        _("“%(found)s” looks like a placeholder."), _("Put the real words in its place, or take it out.")
    )
    for each, part, text in _texts(subject):
        if found := _LEFT_OVER.search(text):
            yield Hit(words, {"found": found[0]}, each.path, part, found[0])
        elif found := _UNFINISHED.search(text):
            yield Hit(words, {"found": found[0]}, each.path, part, found[0], Severity.WARN)
    for found in re.finditer(r"\[\[|\[%|lorem ipsum", subject.page.words, re.IGNORECASE):
        if not any(found[0].lower() in text.lower() for _each, _part, text in _texts(subject)):
            yield Hit(words, {"found": found[0]}, subject=found[0])
            return


@rule(
    "PF24", Severity.BLOCK, _("Personal words have a default"),
    _("Who has told no first name would read “Hello ,”. Each personal word says what stands there then."), chapter=CHAPTER,
)  # fmt: skip
def personal_words_have_a_default(subject: Subject) -> Iterator[Hit]:
    sources = (subject.email.subject, subject.email.preheader, subject.page.source, subject.email.text)
    for written in dict.fromkeys(match[1] for source in sources for match in _OUTPUT.finditer(source)):
        if "${" in written and not _ALWAYS.search(written) and not re.search(r"\|\s*default\s*:", written):
            words = Words(
                _("“%(found)s” is empty for people who have not told it."),
                _("Ask whoever looks after the templates to give it a default, such as “there”."),
            )
            yield Hit(words, {"found": re.sub(r"\|.*|[${}\s]", "", written)}, subject=written.strip())


@rule(
    "PF56", Severity.BLOCK, _("Restricted words and personal data"),
    _("Words and patterns your brand avoids, each as heavy as its own entry says; account and card numbers always block."),
    chapter=CHAPTER,
)  # fmt: skip
def restricted(subject: Subject) -> Iterator[Hit]:
    texts = _texts(subject)
    yield from _personal_data(texts)
    whole = "\n".join(text for _each, _part, text in texts)
    for restriction in subject.brand.restrictions:
        if restriction.needs or not find(restriction, whole):
            continue
        words = Words(_("Your brand does not write “%(found)s”.%(reason)s"), _("Take it out."))
        if restriction.alternative:
            words = words._replace(fix=_("Write “%(alternative)s” instead."))
        for each, part, text in texts:
            if found := find(restriction, text):
                params = {
                    "found": found,
                    "alternative": restriction.alternative,
                    "reason": _because(restriction.reason),
                }
                yield Hit(words, params, each.path, part, found, restriction.severity)


def _because(reason: str) -> str:
    return f" {reason}" if reason else ""


def _personal_data(texts: list[tuple[FieldAt, str, str]]) -> Iterator[Hit]:
    words = Words(
        _("“%(found)s” looks like an account, card or social-security number."),
        _("Take it out: a mail is no safe place for it."),
    )
    for each, part, text in texts:
        found = [match[0] for match in _IBAN.finditer(text) if _is_iban(match[0])]
        found += [match[0] for match in _CARD.finditer(text) if _is_card(match[0])]
        found += [match[0] for match in _SOCIAL.finditer(text)]
        for number in found:
            hidden = number[:4] + "…"
            yield Hit(words, {"found": hidden}, each.path, part, number)


def _is_iban(text: str) -> bool:
    """ISO 13616: remainder 1 modulo 97."""
    plain = text.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def _is_card(text: str) -> bool:
    """Luhn's sum."""
    digits = [int(char) for char in reversed(text) if char.isdigit()]
    doubled = [digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(digits)]
    return len(set(digits)) > 1 and sum(doubled) % 10 == 0


@rule(
    "PF81", Severity.BLOCK, _("Words that need a clause"),
    _("Credit, alcohol, prizes and health ask for certain sentences beside them. Each is as heavy as its own entry says."), chapter="law",
)  # fmt: skip
def clauses(subject: Subject) -> Iterator[Hit]:
    texts = _texts(subject)
    for restriction in subject.brand.restrictions:
        if not restriction.needs or contains(subject.page.words, restriction.needs):
            continue
        for each, part, text in texts:
            if found := find(restriction, text):
                words = Words(
                    _("“%(found)s” needs a clause that the mail does not have.%(reason)s"),
                    _("Add: %(needs)s"),
                )
                params = {
                    "found": found,
                    "needs": restriction.needs.split("|")[0],
                    "reason": _because(restriction.reason),
                }
                yield Hit(words, params, each.path, part, found, restriction.severity)
