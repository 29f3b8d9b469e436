"""What a module's source can name: fields and surroundings, each already inert, so that no filter can undo it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, make_dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias, cast

from babel import Locale
from markupsafe import Markup

from library.engine import named, rich, written
from library.engine.context import Frozen, Identity, Image, Profile, RenderContext, Theme
from library.engine.fields import (
    Approved,
    ApprovedField,
    ButtonField,
    ButtonValue,
    ColourField,
    DateField,
    EmailField,
    ImageField,
    ImageValue,
    LinkField,
    Pair,
    PriceField,
    PriceValue,
    ProfileField,
    RichTextField,
    TextField,
    Typed,
)
from library.engine.inert import (
    FIELD_CLOSE,
    FIELD_OPEN,
    HELD_CLOSE,
    HELD_OPEN,
    LINK_CLOSE,
    LINK_OPEN,
    MAX_TEXT,
    as_markup,
    html_text,
    marked,
    one_line,
    part_pairs,
)
from library.engine.links import MAX_LINK, BadLink, safe_link
from library.engine.template import Slot
from library.engine.values import Item

Named: TypeAlias = object

#: Values of a closed syntax, which a module may compare and reckon with; all other strings are text.
_CLOSED = frozenset(
    {"primary", "on_primary", "accent", "on_accent", "background", "surface", "text", "muted", "line", "link"}
    | {name for name in Theme.model_fields if name.startswith("dark_")}
    | {"heading_font", "body_font", "country", "language", "direction"}
)
_LINKS = frozenset({"logo_url", "logo_dark_url", "website", "privacy_url", "phone_href", "map_url"})


@dataclass(frozen=True)
class Scope:
    """Builds the names for one part of the mail: HTML, or plain text."""

    context: RenderContext
    html: bool

    def names(self, slots: Mapping[str, Slot], item: Item) -> dict[str, object]:
        fields = {key: self._field(slot, item[key]) for key, slot in slots.items()}
        return {**fields, **self.surroundings}

    @cached_property
    def surroundings(self) -> dict[str, Named]:
        return {
            "theme": surrounding(self.context.theme, html=self.html),
            "profile": surrounding(self.context.profile, html=self.html),
            "identity": surrounding(self.context.identity, html=self.html),
        }

    @cached_property
    def locale(self) -> Locale:
        profile = self.context.profile
        return written.locale_for(profile.language, profile.country)

    def _field(self, slot: Slot, value: Typed) -> object:
        """A choice and a toggle are what they are: a value of a closed set, to be compared."""
        field = slot.field
        if isinstance(value, str):
            return self._of_string(slot, value)
        if isinstance(value, ImageValue) and isinstance(field, ImageField):
            return self._picture(field, value, slot)
        if isinstance(value, ButtonValue) and isinstance(field, ButtonField):
            return self._button(field, value, slot)
        if isinstance(value, PriceValue) and isinstance(field, PriceField):
            return self._price(field, value, slot)
        if isinstance(field, ProfileField):
            return self._told(field) if value else None
        return value

    def _of_string(self, slot: Slot, value: str) -> object:
        field = slot.field
        if isinstance(field, TextField | EmailField):
            return self._words(value, is_open=slot.open)
        if isinstance(field, RichTextField):
            return self._rich(field, value, is_open=slot.open)
        if isinstance(field, LinkField):
            return self._link(value, field.allowed_domains, is_open=slot.open)
        if isinstance(field, DateField):
            return self._day(field, value, is_open=slot.open)
        if isinstance(field, ApprovedField):
            return self._approved(field, field.option(value), is_open=slot.open)
        return (
            named.colours(self.context.theme, cast("Pair", value))
            if isinstance(field, ColourField)
            else value
        )

    def _words(self, text: str, *, is_open: bool) -> Markup:
        return _words(text[:MAX_TEXT], html=self.html, is_open=is_open)

    def _link(self, link: str, domains: tuple[str, ...], *, is_open: bool) -> Markup:
        return _link(link[: MAX_LINK + 1], domains, html=self.html, is_open=is_open)

    def _rich(self, field: RichTextField, source: str, *, is_open: bool) -> Markup:
        blocks = rich.read(source[: rich.MAX_SOURCE], field.marks, field.allowed_domains)
        look = (self.context.theme.link, self.context.profile.direction) if self.html else None
        return _rich(blocks, look, is_open=is_open)

    def _day(self, field: DateField, value: str, *, is_open: bool) -> Markup:
        words = written.day(field.moment(value), field.length, self.locale) if value else ""
        return self._words(words, is_open=is_open)

    def _button(self, field: ButtonField, value: ButtonValue, slot: Slot) -> named.Button | None:
        label = self._words(value.label, is_open=slot.opens("label"))
        link = self._link(value.url, field.allowed_domains, is_open=slot.opens("url"))
        return named.Button(label, link) if label and link else None

    def _price(self, field: PriceField, value: PriceValue, slot: Slot) -> named.Price | None:
        if not value:
            return None
        now, before = (
            written.price(each, field.currency, self.locale) for each in (value.amount, value.before)
        )
        return named.Price(
            self._words(now, is_open=slot.opens("amount")),
            self._words(before, is_open=slot.opens("before")),
        )

    def _told(self, field: ProfileField) -> named.Told | None:
        lines, url = named.told(self.context.profile, field.source)
        if not lines:
            return None
        shown = tuple(self._words(line, is_open=False) for line in lines)
        together = self._words(", ".join(lines), is_open=False)
        return named.Told(together, shown, _marked_link(url, html=self.html, is_open=False))

    def _approved(
        self, field: ApprovedField, option: Approved | None, *, is_open: bool
    ) -> named.Approved | None:
        if option is None:
            return None
        return named.Approved(
            value=option.value,
            text=self._words(option.text, is_open=is_open),
            detail=self._words(option.detail, is_open=is_open),
            code=self._words(option.code, is_open=is_open),
            url=self._link(option.url, (), is_open=is_open),
            image=self._shown(ImageValue(src=option.image), field.display_width, (), (is_open, is_open)),
        )

    def _picture(self, field: ImageField, value: ImageValue, slot: Slot) -> named.Picture | None:
        opened = slot.opens("src"), slot.opens("alt")
        return self._shown(value, field.display_width, field.allowed_domains, opened)

    def _shown(
        self, value: ImageValue, width: int, domains: tuple[str, ...], opened: tuple[bool, bool]
    ) -> named.Picture | None:
        return _picture(value, self.context.images.get(value.src), width, domains, opened, html=self.html)


# While somebody types, all fields but one are as they were a moment ago: what was made of them is kept.


@lru_cache(maxsize=2048)
def _words(text: str, *, html: bool, is_open: bool) -> Markup:
    return _marked(_inert(one_line(text), html=html), is_open=is_open)


@lru_cache(maxsize=2048)
def _link(link: str, domains: tuple[str, ...], *, html: bool, is_open: bool) -> Markup:
    """Nothing where the link may not stand in a mail."""
    try:
        return _marked_link(safe_link(link, domains), html=html, is_open=is_open)
    except BadLink:
        return as_markup("")


@lru_cache(maxsize=256)
def _rich(
    blocks: tuple[rich.Block, ...], look: tuple[str, rich.Direction] | None, *, is_open: bool
) -> Markup:
    """HTML in a look (link colour, direction), or plain text without one."""
    text = rich.as_html(blocks, link_colour=look[0], direction=look[1]) if look else rich.as_text(blocks)
    return _marked(text, is_open=is_open)


@lru_cache(maxsize=1024)
def _picture(
    value: ImageValue,
    known: Image | None,
    width: int,
    domains: tuple[str, ...],
    opened: tuple[bool, bool],
    *,
    html: bool,
) -> named.Picture | None:
    """As wide as asked for, and never wider than it is. `opened`: whether its address and its words are."""
    if known:
        link = _marked_link(known.url, html=html, is_open=opened[0])
    else:
        link = _link(value.src[: MAX_LINK + 1], domains, html=html, is_open=opened[0])
    if not link:
        return None
    said = "" if value.decorative else one_line(value.alt) or (known.alt if known else "")
    wide = min(width, known.width) if known else width
    return named.Picture(link, _words(said, html=html, is_open=opened[1]), wide, _height(wide, known))


def _marked(content: str, *, is_open: bool) -> Markup:
    return marked(content, *((FIELD_OPEN, FIELD_CLOSE) if is_open else (HELD_OPEN, HELD_CLOSE)))


def _marked_link(link: str, *, html: bool, is_open: bool) -> Markup:
    shown = _inert(link, html=html)
    return marked(shown, LINK_OPEN, LINK_CLOSE) if is_open else as_markup(shown)


def _height(width: int, known: Image | None) -> int | None:
    return round(width * known.height / known.width) if known else None


def _inert(text: str, *, html: bool) -> str:
    return html_text(text) if html else part_pairs(text)


@lru_cache(maxsize=256)
def surrounding(model: Theme | Profile | Identity, *, html: bool) -> Named:
    """The model as a frozen object of inert values."""
    values = {name: _held(name, getattr(model, name), html=html) for name in type(model).model_fields}
    return _shape(type(model))(**values)


def _held(name: str, value: object, *, html: bool) -> object:
    if isinstance(value, tuple):
        return tuple(_held(name, line, html=html) for line in value)
    if name in _CLOSED or not isinstance(value, str):
        return value
    text = _inert(value, html=html)
    return as_markup(text) if name in _LINKS else marked(text, HELD_OPEN, HELD_CLOSE)


def is_plain(model: type[Frozen], name: str) -> bool:
    """Whether a module may compare it: it stands unmarked, or is no text."""
    return name in _CLOSED | _LINKS or model.model_fields[name].annotation is not str


@lru_cache(maxsize=8)
def _shape(model: type[Frozen]) -> type:
    """Frozen objects, not dicts: a module could empty a dict that the next mail shares."""
    return make_dataclass(model.__name__, tuple(model.model_fields), frozen=True, slots=True)
