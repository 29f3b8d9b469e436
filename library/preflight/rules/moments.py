"""Dates and prices that cannot both be true (PF55). Careful: what is not certain warns, and what is history is left alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from library.engine.fields import ButtonValue, DateField, PriceValue, WrongType
from library.engine.rich import words as plain
from library.preflight.rules.calendar import Day, days_in, weekday_name
from library.preflight.rules.figures import amounts, reductions
from library.preflight.rules.finding import Hit, Params, Severity, Words, _
from library.preflight.rules.registry import rule
from library.preflight.rules.subject import FieldAt, Subject

CHAPTER = "dates"
#: Days in the past within which a day without further words is an oversight, not history.
RECENT, RECENT_WITH_YEAR = 45, 120
#: Percent points by which a rounded reduction may be off.
ROUNDING = Decimal("1.0")
_PUT_RIGHT = _("Put right whichever is wrong.")


@rule(
    "PF55", Severity.BLOCK, _("Dates and prices"),
    _("Weekdays fit their dates, events and offers end after the mail arrives, prices and percentages agree."), chapter=CHAPTER,
)  # fmt: skip
def it_adds_up(subject: Subject) -> Iterator[Hit]:
    for each in subject.fields:
        if isinstance(each.field, DateField):
            yield from _chosen_day(subject, each, each.field)
        elif isinstance(each.value, PriceValue):
            yield from _price(each, each.value)
        else:
            for part, text in spoken(each):
                yield from _written_days(subject, each, part, text)
                yield from _written_prices(each, part, text)
    yield from _reductions(subject)


def spoken(each: FieldAt) -> Iterator[tuple[str, str]]:
    """The words of a field that readers see, by part."""
    if isinstance(each.value, ButtonValue):
        yield "label", each.value.label
    elif isinstance(each.value, str) and each.field.type in ("text", "rich_text"):
        yield (
            "",
            re.sub(
                r"\s+",
                " ",
                plain(each.value.replace("<", " <")) if each.field.type == "rich_text" else each.value,
            ),
        )


def _chosen_day(subject: Subject, each: FieldAt, field: DateField) -> Iterator[Hit]:
    if not isinstance(each.value, str) or not each.value:
        return
    try:
        chosen = field.moment(each.value)
    except WrongType:
        return
    sent = subject.sent
    is_past = chosen < sent.replace(tzinfo=None) if isinstance(chosen, datetime) else chosen < sent.date()
    if field.after_send and is_past:
        words = Words(
            _("“%(label)s” is over when the mail arrives (%(sent)s)."),
            _("Choose a later day, or send the mail earlier."),
        )
        stale = subject.about == "template" and each.slot.open
        params = {"label": field.label, "sent": sent.date().isoformat()}
        yield Hit(words, params, each.path, subject=each.value, severity=Severity.WARN if stale else None)


def _written_days(subject: Subject, each: FieldAt, part: str, text: str) -> Iterator[Hit]:
    sent = subject.sent.date()
    for found in days_in(text):
        day = found.nearest(sent)
        if day is None:
            words = Words(_("There is no “%(found)s”."), _("Look into a calendar."))
            yield Hit(words, {"found": found.text}, each.path, part, found.text, Severity.WARN)
        elif found.weekday is not None and not _weekday_fits(found, day, sent):
            yield _wrong_weekday(each, part, found, day)
        elif _is_over(found, day, sent):
            words = Words(
                _("“%(found)s” is over when the mail arrives (%(sent)s)."),
                _("Write a later day. If it is meant to be past, tick this."),
            )
            certain = found.is_end and found.year is not None and subject.about == "campaign"
            params = {"found": found.text, "sent": sent.isoformat()}
            yield Hit(words, params, each.path, part, found.text, None if certain else Severity.WARN)


def _weekday_fits(found: Day, day: date, sent: date) -> bool:
    """Without a year, the coming one may be meant too."""
    if day.weekday() == found.weekday:
        return True
    following = found.in_year(sent.year + 1) if found.year is None else None
    return following is not None and day < sent and following.weekday() == found.weekday


def _wrong_weekday(each: FieldAt, part: str, found: Day, day: date) -> Hit:
    words = Words(_("“%(found)s”: that day of %(year)d is a %(weekday)s."), _PUT_RIGHT)
    params: Params = {"found": found.text, "year": day.year, "weekday": weekday_name(day.weekday())}
    return Hit(words, params, each.path, part, found.text, None if found.year is not None else Severity.WARN)


def _is_over(found: Day, day: date, sent: date) -> bool:
    ago = (sent - day).days
    return 0 < ago <= (RECENT_WITH_YEAR if found.year is not None or found.is_end else RECENT)


def _price(each: FieldAt, value: PriceValue) -> Iterator[Hit]:
    if value.amount and value.before and Decimal(value.before) <= Decimal(value.amount):
        words = Words(
            _("The price before (%(before)s) is not higher than the price now (%(now)s)."),
            _("Put it right, or leave the price before empty."),
        )
        params = {"before": value.before, "now": value.amount}
        yield Hit(words, params, each.path, "before", f"{value.amount}/{value.before}")


_INSTEAD = re.compile(r"\b(?:instead of|statt|was|reduced from|bisher|before)\b", re.IGNORECASE)


def _written_prices(each: FieldAt, part: str, text: str) -> Iterator[Hit]:
    """“£3.40 instead of £3.80”: the first is the lower one."""
    for found in _INSTEAD.finditer(text):
        before, after = amounts(text[: found.start()][-24:]), amounts(text[found.end() :][:16])
        if before and after and before[-1] >= after[0]:
            words = Words(_("“%(found)s”: what it costs now is not less than before."), _PUT_RIGHT)
            said = text[max(found.start() - 24, 0) : found.end() + 16].strip()
            yield Hit(words, {"found": said}, each.path, part, said, Severity.WARN)


def _reductions(subject: Subject) -> Iterator[Hit]:
    """“20% off” beside two amounts in the same part of the mail."""
    parts: dict[str, list[FieldAt]] = defaultdict(list)
    for each in subject.fields:
        parts[each.path.rsplit(".", 1)[0]].append(each)
    for fields in parts.values():
        prices = [
            each.value
            for each in fields
            if isinstance(each.value, PriceValue) and each.value.before and each.value.amount
        ]
        said = [
            (each, part, share)
            for each in fields
            for part, text in spoken(each)
            for share in reductions(text)
        ]
        if len(prices) == 1 and len(said) == 1:
            yield from _reduction(prices[0], *said[0])


def _reduction(price: PriceValue, each: FieldAt, part: str, share: int) -> Iterator[Hit]:
    before, now = Decimal(price.before), Decimal(price.amount)
    real = (before - now) / before * 100 if before else Decimal(0)
    if abs(real - share) > ROUNDING:
        words = Words(
            _("It says %(share)d%% off, and the price falls by %(real)d%% (from %(before)s to %(now)s)."),
            _PUT_RIGHT,
        )
        params: Params = {"share": share, "real": round(real), "before": price.before, "now": price.amount}
        yield Hit(words, params, each.path, part, f"{share}/{before}/{now}")
