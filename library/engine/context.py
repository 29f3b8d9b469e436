"""What a mail knows besides its values: the brand's looks and legal identity, and the group's profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from library.engine.inert import one_line
from library.engine.links import context_link

_Model = TypeVar("_Model", bound=BaseModel)


def _full_hex(value: object) -> object:
    """#abc and #AABBCC in the one form in which dark mode can find a colour again."""
    if not isinstance(value, str):
        return value
    short = re.fullmatch(r"#([0-9a-fA-F]{3})", value)
    return ("#" + "".join(digit * 2 for digit in short[1]) if short else value).lower()


def _single_quotes(value: object) -> object:
    return value.replace('"', "'") if isinstance(value, str) else value


Colour = Annotated[str, BeforeValidator(_full_hex), StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
#: Empty where the dark look is derived from the light one.
DarkColour = Annotated[str, BeforeValidator(_full_hex), StringConstraints(pattern=r"^$|^#[0-9a-f]{6}$")]
FontStack = Annotated[str, BeforeValidator(_single_quotes), StringConstraints(pattern=r"^[\w ,'\-]+$")]
Url = Annotated[str, AfterValidator(context_link)]
Line = Annotated[str, AfterValidator(one_line)]
#: Braces and percent signs are legal in a local part, and Liquid at Braze: they are refused.
Address = Annotated[
    str, StringConstraints(pattern=r"^$|^[A-Za-z0-9.!#$&'*+/=?^_`|~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
]
CountryCode = Annotated[str, StringConstraints(pattern=r"^$|^[A-Z]{2}$")]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Frozen(BaseModel):
    """A value object: hashable, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Theme(Frozen):
    """A brand's colours (hex), type (CSS stacks), corner radius (px) and logo (width in CSS px)."""

    primary: Colour
    on_primary: Colour
    accent: Colour
    on_accent: Colour
    background: Colour
    surface: Colour
    text: Colour
    muted: Colour
    line: Colour
    link: Colour
    heading_font: FontStack
    body_font: FontStack
    radius: int = Field(default=0, ge=0, le=60)
    dark_primary: DarkColour = ""
    dark_on_primary: DarkColour = ""
    dark_accent: DarkColour = ""
    dark_on_accent: DarkColour = ""
    dark_background: DarkColour = ""
    dark_surface: DarkColour = ""
    dark_text: DarkColour = ""
    dark_muted: DarkColour = ""
    dark_line: DarkColour = ""
    dark_link: DarkColour = ""
    logo_url: Url = ""
    logo_dark_url: Url = ""
    logo_alt: Line = ""
    logo_width: int = Field(default=160, ge=16, le=600)


class Identity(Frozen):
    """The legal person behind the brand, as 16 CFR 316 and its like want it named in every mail."""

    legal_name: Line
    street: Line = ""
    city: Line = ""
    region: Line = ""
    postcode: Line = ""
    country: CountryCode = ""
    country_name: Line = ""
    website: Url = ""
    privacy_url: Url = ""
    company_line: Line = ""


class Profile(Frozen):
    """The group that writes: store, chapter, branch."""

    name: Line
    code: Line = ""
    sender_name: Line = ""
    sender_address: Address = ""
    reply_to: Address = ""
    street: Line = ""
    city: Line = ""
    region: Line = ""
    postcode: Line = ""
    country: CountryCode = ""
    country_name: Line = ""
    phone: Line = ""
    phone_href: Url = ""
    website: Url = ""
    map_url: Url = ""
    opening_hours: tuple[Line, ...] = ()
    manager: Line = ""
    language: LanguageTag = "en"
    direction: Literal["ltr", "rtl"] = "ltr"


class Image(Frozen):
    """A picture of the gallery; width and height are its own, in pixels."""

    url: Url
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    alt: Line = ""
    decorative: bool = False


class RenderContext(Frozen):
    """Everything a mail needs that nobody types into a campaign; images by their slug."""

    theme: Theme
    identity: Identity
    profile: Profile
    images: Mapping[str, Image] = {}
