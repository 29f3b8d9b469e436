"""The six types of field a module can declare, and how a stored value of each is read."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, StringConstraints, ValidationError

Mark = Literal["bold", "italic", "link", "bullet_list", "ordered_list"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Ratio = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3}:[1-9][0-9]{0,3}$")]
Domain = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", to_lower=True)]


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


class Option(Spec):
    value: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
    label: str


Value = TypeVar("Value", bound=Spec)

Typed: TypeAlias = str | bool | ImageValue | ButtonValue


class _Field(Spec):
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
        if not isinstance(raw, str):
            raise WrongType(self.key)
        return raw


class RichTextField(_Field):
    """Paragraphs with exactly these marks; max_length counts the characters people see."""

    type: Literal["rich_text"]
    marks: tuple[Mark, ...] = ()
    max_length: int = Field(default=1_000, ge=1, le=5_000)
    allowed_domains: tuple[Domain, ...] = ()
    default: str = ""

    def read(self, raw: object) -> str:
        if not isinstance(raw, str):
            raise WrongType(self.key)
        return raw


class ImageField(_Field):
    """A picture, shown display_width CSS pixels wide; ratio is what the gallery crops to."""

    type: Literal["image"]
    ratio: Ratio | None = None
    display_width: int = Field(default=600, ge=16, le=1_200)
    allowed_domains: tuple[Domain, ...] = ()
    default: ImageValue = ImageValue()

    def read(self, raw: object) -> ImageValue:
        return ImageValue() if raw is None else _read(ImageValue, raw)


class ButtonField(_Field):
    """A label and where it leads; max_length is the label's."""

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


FieldSpec: TypeAlias = Annotated[
    TextField | RichTextField | ImageField | ButtonField | ChoiceField | ToggleField,
    Field(discriminator="type"),
]


def start_value(field: FieldSpec) -> Typed:
    """What the field holds when nobody says otherwise."""
    return field.start if isinstance(field, ChoiceField) else field.default


def _read(model: type[Value], raw: object) -> Value:
    if isinstance(raw, model):
        return raw
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise WrongType(str(raw)[:40]) from error
