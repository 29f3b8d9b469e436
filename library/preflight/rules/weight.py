"""Weight of the HTML, and what must come before the point where Gmail cuts it off."""

from __future__ import annotations

from collections.abc import Iterator

from library.engine.footer import UNSUBSCRIBE
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.registry import rule
from library.preflight.rules.subject import Subject

#: Gmail clips at about this size (spamresource.com, "What is Gmail clipping"); the rest is not shown.
CLIPPED, HEAVY = 102 * 1024, 80 * 1024
CHAPTER = "size"


@rule(
    "PF01", Severity.BLOCK, _("Weight of the mail"),
    _("Gmail shows the first 102 KB of a mail and hides the rest. Links grow once clicks are counted, so there is a warning from 80 KB."),
    chapter=CHAPTER,
)  # fmt: skip
def weight(subject: Subject) -> Iterator[Hit]:
    size = len(subject.email.html.encode())
    if size > HEAVY:
        words = Words(
            _("The mail weighs %(size)d KB; Gmail cuts mails off at 102 KB."),
            _("Take parts out, or say it in fewer words. Pictures do not count."),
        )
        yield Hit(words, {"size": size // 1024}, severity=Severity.BLOCK if size > CLIPPED else Severity.WARN)


@rule(
    "PF02", Severity.BLOCK, _("Opt-out before the cut"),
    _("What Gmail hides is not read: the way out and the postal address must come before it."),
    chapter=CHAPTER, floor=True,
)  # fmt: skip
def opt_out_is_seen(subject: Subject) -> Iterator[Hit]:
    at = subject.email.html.rfind(UNSUBSCRIBE)
    if at >= 0 and len(subject.email.html[:at].encode()) > CLIPPED:
        yield Hit(
            Words(
                _("The way to unsubscribe lies behind the point where Gmail cuts the mail off."),
                _("Take parts out until the mail weighs less than 102 KB."),
            )
        )
