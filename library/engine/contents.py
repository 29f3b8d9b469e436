"""What is wrong with one value: the rules of each type of field, whoever filled it in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from babel.core import UnknownLocaleError
from babel.numbers import get_currency_precision

from library.engine import rich
from library.engine.context import Image
from library.engine.fields import (
    Approved,
    ApprovedField,
    ButtonField,
    ButtonValue,
    ChoiceField,
    ColourField,
    DateField,
    EmailField,
    FieldSpec,
    ImageField,
    ImageValue,
    LinkField,
    Option,
    PriceField,
    PriceValue,
    ProfileField,
    RichTextField,
    TextField,
    ToggleField,
    WrongType,
)
from library.engine.inert import FORBIDDEN, LINE_BREAKS, LIQUID
from library.engine.links import BadLink, is_mailbox, safe_link
from library.engine.problems import Problem

#: The gallery by slug; None where it is not at hand, and a picture's slug is taken on trust.
Images: TypeAlias = Mapping[str, Image] | None

MAX_ALT = 250
_MARKUP = re.compile(r"</?[A-Za-z!][^<>]{0,20}")
#: Gallery slugs are told from addresses by what they cannot contain.
_ADDRESS = re.compile(r"[:/]")
#: What a value of another shape than its field's is called, where there is more to say than "wrong type".
_SHAPES: Mapping[type, str] = {
    ChoiceField: "option",
    ApprovedField: "option",
    ColourField: "option",
    DateField: "date_form",
    PriceField: "price_form",
}


class Surroundings(NamedTuple):
    """What a check may look at besides the value: the gallery, and the day on which the mail goes out."""

    images: Images = None
    today: date | None = None


def faults(field: FieldSpec, path: str, raw: Any, around: Surroundings) -> Iterator[Problem]:
    """Every problem of the value at the path."""
    try:
        value = field.read(raw)
    except WrongType:
        yield _wrong(field, path, raw)
        return
    if not is_empty(field, value):
        yield from _contents(field, path, value, around)
    elif field.required:
        yield Problem(path, "required")


def is_empty(field: FieldSpec, value: Any) -> bool:
    if isinstance(field, RichTextField):
        return not rich.read(value, field.marks, field.allowed_domains)
    if isinstance(field, ToggleField | ProfileField):
        return False
    if isinstance(value, PriceValue):
        return not (value.amount or value.before)
    return not value.strip() if isinstance(value, str) else not value


def overdue(field: FieldSpec, path: str, value: Any, today: date | None, code: str = "") -> Iterator[Problem]:
    """A dated option chosen before or after its time; `code` names it otherwise."""
    option = chosen(field, value)
    if option is None or today is None or option.holds_on(today):
        return
    early = option.valid_from is not None and today < option.valid_from
    day = option.valid_from if early else option.valid_until
    params = {"label": option.label, "day": str(day)}
    yield Problem(path, code or ("option_early" if early else "option_expired"), params)


def chosen(field: FieldSpec, value: Any) -> Option | Approved | None:
    """What the value chooses, in a field that offers a choice."""
    if not isinstance(field, ChoiceField | ApprovedField):
        return None
    return next((option for option in field.options if option.value == value), None)


def is_address(source: str) -> bool:
    """Whether a picture is named by its address, not by a slug of the gallery."""
    return bool(_ADDRESS.search(source))


def _wrong(field: FieldSpec, path: str, raw: Any) -> Problem:
    """Somebody who typed words gets more to hold on to than somebody whose program sends another shape."""
    said = isinstance(raw, str) or (isinstance(field, PriceField) and _is_price_in_words(raw))
    code = _SHAPES.get(type(field), "wrong_type") if said else "wrong_type"
    example = "2026-12-05T19:30" if isinstance(field, DateField) and field.with_time else "2026-12-05"
    return Problem(path, code, {"example": example} if code == "date_form" else {})


def _is_price_in_words(raw: Any) -> bool:
    known = set(PriceValue.model_fields)
    return (
        isinstance(raw, Mapping) and set(raw) <= known and all(isinstance(each, str) for each in raw.values())
    )


def _contents(field: FieldSpec, path: str, value: Any, around: Surroundings) -> Iterator[Problem]:
    if rule := _RULES.get(type(field)):
        yield from rule(field, path, value, around)


def _text(field: TextField, path: str, value: str, _around: Surroundings) -> Iterator[Problem]:
    yield from _line(path, value, field.max_length)


def _rich(field: RichTextField, path: str, source: str, _around: Surroundings) -> Iterator[Problem]:
    if strange := sorted(rich.tags_in(source) - rich.allowed_tags(field.marks)):
        yield Problem(path, "mark", {"found": f"<{strange[0]}>"})
    blocks = rich.read(source, field.marks, field.allowed_domains)
    yield from _characters(path, rich.words(source))
    if len(source) > rich.MAX_SOURCE or rich.length(blocks) > field.max_length:
        yield Problem(path, "too_long", {"limit": field.max_length, "length": rich.length(blocks)})
    for link in rich.links_in(source):
        yield from _address(path, link, field.allowed_domains, part="")


def _button(field: ButtonField, path: str, value: ButtonValue, _around: Surroundings) -> Iterator[Problem]:
    yield from _line(path, value.label, field.max_length, part="label")
    if not value.label.strip():
        yield Problem(path, "label", part="label")
    if value.url.strip():
        yield from _address(path, value.url, field.allowed_domains, part="url")
    else:
        yield Problem(path, "link_missing", part="url")


def _link(field: LinkField, path: str, value: str, _around: Surroundings) -> Iterator[Problem]:
    yield from _address(path, value, field.allowed_domains, part="")


def _email(_field: EmailField, path: str, value: str, _around: Surroundings) -> Iterator[Problem]:
    yield from _characters(path, value)
    if not is_mailbox(value.strip()):
        yield Problem(path, "email_form")


def _image(field: ImageField, path: str, value: ImageValue, around: Surroundings) -> Iterator[Problem]:
    yield from _line(path, value.alt, MAX_ALT, part="alt")
    known = around.images.get(value.src) if around.images is not None else None
    if is_address(value.src) and known is None:
        yield from _address(path, value.src, field.allowed_domains, part="src")
    elif around.images is not None and known is None:
        yield Problem(path, "image", part="src")
    # A picture of the gallery brings its own description; what is not at hand is taken on trust.
    described = known.alt or known.decorative if known else not is_address(value.src)
    if not (value.decorative or value.alt.strip() or described):
        yield Problem(path, "alt", part="alt")


def _price(field: PriceField, path: str, value: PriceValue, _around: Surroundings) -> Iterator[Problem]:
    if not value.amount:
        yield Problem(path, "price_missing", part="amount")
        return
    for part in ("amount", "before"):
        yield from _figure(field, path, getattr(value, part), part)
    if value.before and Decimal(value.before) <= Decimal(value.amount):
        yield Problem(path, "price_before", {"amount": value.amount}, part="before")


def _figure(field: PriceField, path: str, figure: str, part: str) -> Iterator[Problem]:
    if not figure:
        return
    digits = minor_digits(field.currency)
    if -int(Decimal(figure).normalize().as_tuple().exponent) > digits:
        yield Problem(path, "price_digits", {"limit": digits, "currency": field.currency}, part=part)
    if field.most and Decimal(figure) > Decimal(field.most):
        yield Problem(path, "price_most", {"limit": field.most, "currency": field.currency}, part=part)


def minor_digits(currency: str) -> int:
    """Decimals of the currency (CLDR): 2 for GBP, 0 for JPY."""
    try:
        return get_currency_precision(currency)
    except UnknownLocaleError:
        return 2


def _dated(field: FieldSpec, path: str, value: str, around: Surroundings) -> Iterator[Problem]:
    yield from overdue(field, path, value, around.today)


def _approved(field: ApprovedField, path: str, value: str, around: Surroundings) -> Iterator[Problem]:
    yield from overdue(field, path, value, around.today)
    option = field.option(value)
    if option and option.image and around.images is not None and not is_address(option.image):
        known = around.images.get(option.image)
        if known is None:
            yield Problem(path, "image", part="src")


def _line(path: str, text: str, limit: int, *, part: str = "") -> Iterator[Problem]:
    if LINE_BREAKS.search(text.strip()):
        yield Problem(path, "line_break", part=part)
    if found := _MARKUP.search(text):
        yield Problem(path, "markup", {"found": found[0]}, part=part)
    yield from _characters(path, text, part)
    if len(text.strip()) > limit:
        yield Problem(path, "too_long", {"limit": limit, "length": len(text.strip())}, part=part)


def _characters(path: str, text: str, part: str = "") -> Iterator[Problem]:
    if found := LIQUID.search(text):
        yield Problem(path, "liquid", {"found": found[0]}, part=part)
    if found := FORBIDDEN.search(text):
        yield Problem(path, "control", {"found": f"U+{ord(found[0]):04X}"}, part=part)


def _address(path: str, link: str, domains: Sequence[str], *, part: str) -> Iterator[Problem]:
    yield from _characters(path, link, part)
    try:
        safe_link(link, domains)
    except BadLink as error:
        params = {"domains": ", ".join(domains)} if error.code == "domain" else {}
        yield Problem(path, f"link_{error.code}", params, part=part)


_Rule: TypeAlias = Callable[[Any, str, Any, Surroundings], Iterator[Problem]]
#: By type of field. What has no entry (toggle, colour, date, profile) cannot be wrong once it can be read.
_RULES: Mapping[type, _Rule] = {
    TextField: _text,
    RichTextField: _rich,
    ButtonField: _button,
    LinkField: _link,
    EmailField: _email,
    ImageField: _image,
    PriceField: _price,
    ChoiceField: _dated,
    ApprovedField: _approved,
}
