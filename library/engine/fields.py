"""The types of field a module can declare, and how a stored value of each is read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    StringConstraints,
    ValidationError,
    model_validator,
)

Mark = Literal["bold", "italic", "link", "bullet_list", "ordered_list"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Ratio = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3}:[1-9][0-9]{0,3}$")]
Domain = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", to_lower=True)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
OptionValue = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
#: Ground and ink that belong together in the brand's theme.
Pair = Literal["surface", "background", "primary", "accent"]
PAIRS: tuple[Pair, ...] = ("surface", "background", "primary", "accent")
#: What a group tells about itself and a mail may show; see context.Profile.
ProfileSource = Literal[
    "name", "address", "phone", "reply_to", "website", "map_url", "opening_hours", "manager"
]


class WrongType(ValueError):
    """A value of another shape than its field has."""


class Spec(BaseModel):
    """Part of a declaration: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ImageValue(Spec):
    """A picture by gallery slug or https address; no alt only if it is decoration."""

    src: StrictStr = ""
    alt: StrictStr = ""
    decorative: StrictBool = False

    def __bool__(self) -> bool:
        return bool(self.src.strip())


class ButtonValue(Spec):
    label: StrictStr = ""
    url: StrictStr = ""

    def __bool__(self) -> bool:
        return bool(self.label.strip() or self.url.strip())


def _amount(text: str) -> str:
    """A plain decimal such as 3.40, or nothing."""
    if not text:
        return text
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("this is not a number such as 3.40") from error
    if not amount.is_finite() or not 0 <= amount < 10**9 or -int(amount.as_tuple().exponent) > MINOR_DIGITS:
        raise ValueError("a price lies between 0 and 999999999, with three decimals at most")
    return text


#: No currency of ISO 4217 has more.
MINOR_DIGITS = 3
Amount = Annotated[StrictStr, AfterValidator(_amount)]


class PriceValue(Spec):
    """What it costs now and, where it is reduced, what it cost before; decimals with a point, the currency is the field's."""

    amount: Amount = ""
    before: Amount = ""

    def __bool__(self) -> bool:
        return bool(self.amount)


class _Dated(Spec):
    """Something that may be used from one day to another, both included."""

    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _is_a_span(self) -> _Dated:
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError("valid_from lies behind valid_until")
        return self

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_until or day)


class Option(_Dated):
    """One way to choose, known to the module's source by its value."""

    value: OptionValue
    label: str


class Approved(_Dated):
    """A piece of copy, an offer or a picture that the brand has approved; `label` is what the chooser reads."""

    value: OptionValue
    label: str
    text: str = ""
    detail: str = ""
    code: str = ""
    image: str = ""
    url: str = ""


Value = TypeVar("Value", bound=Spec)

Typed: TypeAlias = str | bool | ImageValue | ButtonValue | PriceValue


class _Field(Spec):
    #: Pieces of the value that a grant may open one by one; empty where it has none.
    PARTS: ClassVar[tuple[str, ...]] = ()

    key: Key
    label: str
    help: str = ""
    required: bool = False


class TextField(_Field):
    """One line of plain words; max_length counts characters."""

    type: Literal["text"]
    max_length: int = Field(default=150, ge=1, le=2_000)
    default: str = ""

    def read(self, raw: object) -> str:
        return _text(self.key, raw)


class RichTextField(_Field):
    """Paragraphs with exactly these marks; max_length counts the characters people see."""

    type: Literal["rich_text"]
    marks: tuple[Mark, ...] = ()
    max_length: int = Field(default=1_000, ge=1, le=5_000)
    allowed_domains: tuple[Domain, ...] = ()
    default: str = ""

    def read(self, raw: object) -> str:
        return _text(self.key, raw)


class ImageField(_Field):
    """A picture, shown display_width CSS pixels wide; ratio is what the gallery crops to."""

    PARTS = ("src", "alt")

    type: Literal["image"]
    ratio: Ratio | None = None
    display_width: int = Field(default=600, ge=16, le=1_200)
    allowed_domains: tuple[Domain, ...] = ()
    default: ImageValue = ImageValue()

    def read(self, raw: object) -> ImageValue:
        return ImageValue() if raw is None else _read(ImageValue, raw)


class ButtonField(_Field):
    """A label and where it leads; max_length is the label's."""

    PARTS = ("label", "url")

    type: Literal["button"]
    max_length: int = Field(default=40, ge=1, le=200)
    allowed_domains: tuple[Domain, ...] = ()
    default: ButtonValue = ButtonValue()

    def read(self, raw: object) -> ButtonValue:
        return ButtonValue() if raw is None else _read(ButtonValue, raw)


class ChoiceField(_Field):
    """One of approved options; without a default, the first."""

    type: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=1)
    default: str = ""

    def read(self, raw: object) -> str:
        """The value if it is an option's; anything else has no place in a mail, not even an escaped one."""
        if not isinstance(raw, str) or raw not in self.values:
            raise WrongType(self.key)
        return raw

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)

    @property
    def start(self) -> str:
        return self.default if self.default in self.values else self.options[0].value


class ToggleField(_Field):
    type: Literal["toggle"]
    default: bool = False

    def read(self, raw: object) -> bool:
        if not isinstance(raw, bool):
            raise WrongType(self.key)
        return raw


class LinkField(_Field):
    """An address alone: https, mailto or tel."""

    type: Literal["link"]
    allowed_domains: tuple[Domain, ...] = ()
    default: str = ""

    def read(self, raw: object) -> str:
        return _text(self.key, raw)


class EmailField(_Field):
    """A mailbox (RFC 5321), such as where answers go."""

    type: Literal["email"]
    default: str = ""

    def read(self, raw: object) -> str:
        return _text(self.key, raw)


class ColourField(_Field):
    """Ground and ink from the brand's palette, so that whatever is chosen can be read."""

    type: Literal["colour"]
    pairs: tuple[Pair, ...] = Field(default=PAIRS, min_length=1)
    default: Pair | None = None

    def read(self, raw: object) -> str:
        if raw not in self.pairs:
            raise WrongType(self.key)
        return str(raw)

    @property
    def start(self) -> str:
        return self.default if self.default in self.pairs and self.default else self.pairs[0]


class DateField(_Field):
    """A day, or a day and time on the group's clock, written out in the mail's language (CLDR lengths)."""

    type: Literal["date"]
    with_time: bool = False
    length: Literal["short", "medium", "long", "full"] = "full"
    #: Pre-flight blocks a campaign that would arrive after this day: an event, the end of an offer.
    after_send: bool = False
    default: str = ""

    def read(self, raw: object) -> str:
        """ISO 8601: 2026-12-05, or 2026-12-05T19:30 with a time; empty while nothing is chosen."""
        text = _text(self.key, raw)
        if text:
            self.moment(text)
        return text

    def moment(self, text: str) -> date | datetime:
        try:
            return datetime.strptime(text, "%Y-%m-%dT%H:%M") if self.with_time else date.fromisoformat(text)  # noqa: DTZ007 - a wall-clock time, its zone is the group's
        except ValueError as error:
            raise WrongType(self.key) from error


class PriceField(_Field):
    """What something costs, written as its currency is in the mail's language."""

    PARTS = ("amount", "before")

    type: Literal["price"]
    currency: Currency = "GBP"
    most: Annotated[str, AfterValidator(_amount)] = ""
    default: PriceValue = PriceValue()

    def read(self, raw: object) -> PriceValue:
        return PriceValue() if raw is None else _read(PriceValue, raw)


class ProfileField(_Field):
    """Something of the group's profile, filled in by itself; people decide at most whether it is shown."""

    type: Literal["profile"]
    source: ProfileSource
    default: bool = True

    def read(self, raw: object) -> bool:
        if not isinstance(raw, bool):
            raise WrongType(self.key)
        return raw


class ApprovedField(_Field):
    """One of the brand's approved pieces. A template may bring its own list in place of the module's."""

    type: Literal["approved"]
    kind: Literal["copy", "offer", "image"] = "copy"
    ratio: Ratio | None = None
    display_width: int = Field(default=600, ge=16, le=1_200)
    options: tuple[Approved, ...] = ()
    default: str = ""

    def read(self, raw: object) -> str:
        """The value of an option, or nothing."""
        if not isinstance(raw, str) or (raw and raw not in self.values):
            raise WrongType(self.key)
        return raw

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)

    @property
    def start(self) -> str:
        if self.default in self.values or not self.options:
            return self.default if self.options else ""
        return self.options[0].value if self.required else ""

    def option(self, value: str) -> Approved | None:
        return next((option for option in self.options if option.value == value), None)


FieldSpec: TypeAlias = Annotated[
    TextField
    | RichTextField
    | ImageField
    | ButtonField
    | LinkField
    | EmailField
    | ChoiceField
    | ApprovedField
    | ColourField
    | DateField
    | PriceField
    | ProfileField
    | ToggleField,
    Field(discriminator="type"),
]


def start_value(field: FieldSpec) -> Typed:
    """What the field holds when nobody says otherwise."""
    return field.start if isinstance(field, ChoiceField | ApprovedField | ColourField) else field.default


def _text(key: str, raw: object) -> str:
    if not isinstance(raw, str):
        raise WrongType(key)
    return raw


def _read(model: type[Value], raw: object) -> Value:
    if isinstance(raw, model):
        return raw
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise WrongType(str(raw)[:40]) from error
