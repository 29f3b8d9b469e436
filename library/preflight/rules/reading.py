"""Legible and within reach of a thumb: sizes of type, length of lines, targets, height of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from library.preflight.rules.accessibility import is_button
from library.preflight.rules.finding import Hit, Severity, Words, _
from library.preflight.rules.height import height
from library.preflight.rules.page import Element
from library.preflight.rules.registry import rule
from library.preflight.rules.structure import hit_at
from library.preflight.rules.styles import pixels, sides
from library.preflight.rules.subject import Subject

CHAPTER = "accessibility"
#: CSS px; the small print of the footer may be a little smaller.
BODY_TYPE, SMALL_PRINT = 14.0, 12.0
LINE_HEIGHT = 1.4
#: Characters from which a text is a paragraph and not a label.
PARAGRAPH, CENTRED = 80, 160
#: WCAG 2.2, 2.5.8, and what a thumb finds.
TARGET, THUMB = 24.0, 44.0
TALL, TOO_TALL = 5000, 7000
#: The height is reckoned, not measured; only what is surely too much blocks.
_SURELY = 1.15
_ASK = _("Ask whoever looks after the templates to change the part.")


@rule(
    "PF43", Severity.WARN, _("Size of type"),
    _("Running text has at least 14 px and lines 1.4 times as high, and longer paragraphs are not centred."), chapter=CHAPTER,
)  # fmt: skip
def type_is_legible(subject: Subject) -> Iterator[Hit]:
    for element in subject.page.texts:
        text, size = element.own_text, element.font_size
        if len(text) < PARAGRAPH:
            continue
        least = SMALL_PRINT if id(element) in subject.page.small_print else BODY_TYPE
        if size < least:
            words = Words(_("“%(excerpt)s” is written in %(size)d px, which is small."), _ASK)
            yield hit_at(subject, element, words, size=round(size))
        if _line_height(element) < LINE_HEIGHT * size - 0.5:
            yield hit_at(subject, element, Words(_("The lines of “%(excerpt)s” stand close together."), _ASK))
        if len(text) > CENTRED and _is_centred(element) and id(element) not in subject.page.small_print:
            yield hit_at(subject, element, Words(_("“%(excerpt)s” is a long text, and centred."), _ASK))


def _line_height(element: Element) -> float:
    """In CSS px; what is not said is what browsers do."""
    said = element.inherited("line-height").strip()
    if re.fullmatch(r"[\d.]+", said):
        return float(said) * element.font_size
    if said.endswith("%") and said[:-1].replace(".", "").isdigit():
        return float(said[:-1]) / 100 * element.font_size
    return pixels(said) or 1.2 * element.font_size


def _is_centred(element: Element) -> bool:
    said = element.inherited("text-align")
    return said == "center"


@rule(
    "PF44", Severity.BLOCK, _("Room for a finger"),
    _("What is tapped must be 24 px high at least (WCAG 2.2); buttons want 44."), chapter=CHAPTER,
)  # fmt: skip
def targets_are_large(subject: Subject) -> Iterator[Hit]:
    for link in subject.page.links:
        tall = _target(link)
        if tall is None:
            continue
        if tall < TARGET:
            words = Words(_("“%(excerpt)s” is %(tall)d px high, too little for a finger."), _ASK)
            yield hit_at(subject, link, words, tall=round(tall))
        elif tall < THUMB and is_button(link):
            words = Words(
                _("The button “%(excerpt)s” is %(tall)d px high; 44 px are found more easily."), _ASK
            )
            found = hit_at(subject, link, words, tall=round(tall))
            yield Hit(words, found.params, found.path, found.part, found.subject, Severity.WARN)


def _target(link: Element) -> float | None:
    """Height in CSS px; None for a link inside a sentence, which WCAG exempts, and where it cannot be known."""
    pictures = [each for each in link.descendants() if each.tag == "img"]
    if pictures:
        height = pictures[0].attrs.get("height", "")
        return float(height) if height.isdigit() else None
    block = next((each for each in link.ancestors() if each.tag in ("td", "th", "div", "p", "li")), None)
    if block is None or _in_a_sentence(block):
        return None
    above, _right, below, _left = sides(link.style.get("padding", ""))
    cell_above, _r, cell_below, _l = (
        sides(block.style.get("padding", "")) if is_button(link) else (0.0, 0.0, 0.0, 0.0)
    )
    return _line_height(link) + above + below + (cell_above + cell_below if not above + below else 0.0)


def _in_a_sentence(block: Element) -> bool:
    linked = sum(len(each.words) for each in block.descendants() if each.tag == "a")
    return len(block.words) - linked > len("· · · ") + 2 or "\n" in block.own_text


@rule(
    "PF22", Severity.BLOCK, _("Height of the mail"),
    _("Few people scroll beyond 5,000 px, and some programs cut off there; from 7,000 px much is lost. The height is an estimate."),
    chapter="size",
)  # fmt: skip
def not_too_tall(subject: Subject) -> Iterator[Hit]:
    about = height(subject.page)
    if about > TALL:
        words = Words(
            _("The mail is about %(height)d px tall."),
            _("Take parts out, or lead to a page with the rest: 5,000 px are plenty."),
        )
        severity = Severity.BLOCK if about > TOO_TALL * _SURELY else Severity.WARN
        yield Hit(words, {"height": round(about, -2)}, severity=severity)
