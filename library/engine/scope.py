"""What a module's source can name: fields and surroundings, each already inert, so that no filter can undo it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, make_dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

from markupsafe import Markup

from library.engine import rich
from library.engine.context import Frozen, Identity, Image, Profile, RenderContext, Theme
from library.engine.fields import (
    ButtonField,
    ButtonValue,
    FieldSpec,
    ImageField,
    ImageValue,
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

#: Frozen objects, not dicts: a module could empty a dict that the next mail shares.
Named: TypeAlias = object

#: Values of a closed syntax, which a module may compare and reckon with; all other strings are text.
_CLOSED = frozenset(
    {"primary", "on_primary", "accent", "on_accent", "background", "surface", "text", "muted", "line", "link"}
    | {name for name in Theme.model_fields if name.startswith("dark_")}
    | {"heading_font", "body_font", "country", "language", "direction"}
)
_LINKS = frozenset({"logo_url", "logo_dark_url", "website", "privacy_url", "phone_href", "map_url"})


@dataclass(frozen=True, slots=True)
class _Button:
    label: Markup
    url: Markup


@dataclass(frozen=True, slots=True)
class _Picture:
    url: Markup
    alt: Markup
    width: int
    height: int | None


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

    def _field(self, slot: Slot, value: Typed) -> object:
        field = slot.field
        if isinstance(value, ImageValue) and isinstance(field, ImageField):
            return self._picture(field, value, is_open=slot.open)
        if isinstance(value, ButtonValue) and isinstance(field, ButtonField):
            return self._button(field, value, is_open=slot.open)
        if isinstance(field, RichTextField) and isinstance(value, str):
            return self._rich(field, value, is_open=slot.open)
        if isinstance(field, TextField) and isinstance(value, str):
            return self._words(value, is_open=slot.open)
        return value

    def _words(self, text: str, *, is_open: bool) -> Markup:
        return _words(text[:MAX_TEXT], html=self.html, is_open=is_open)

    def _link(self, link: str, domains: tuple[str, ...], *, is_open: bool) -> Markup:
        return _link(link[: MAX_LINK + 1], domains, html=self.html, is_open=is_open)

    def _rich(self, field: RichTextField, source: str, *, is_open: bool) -> Markup:
        blocks = rich.read(source[: rich.MAX_SOURCE], field.marks, field.allowed_domains)
        look = (self.context.theme.link, self.context.profile.direction) if self.html else None
        return _rich(blocks, look, is_open=is_open)

    def _button(self, field: ButtonField, value: ButtonValue, *, is_open: bool) -> _Button | None:
        label = self._words(value.label, is_open=is_open)
        link = self._link(value.url, field.allowed_domains, is_open=is_open)
        return _Button(label, link) if label and link else None

    def _picture(self, field: ImageField, value: ImageValue, *, is_open: bool) -> _Picture | None:
        known = self.context.images.get(value.src)
        if known:
            link = _marked_link(known.url, html=self.html, is_open=is_open)
        else:
            link = self._link(value.src, field.allowed_domains, is_open=is_open)
        if not link:
            return None
        alt = "" if value.decorative else one_line(value.alt) or (known.alt if known else "")
        return _Picture(link, self._words(alt, is_open=is_open), field.display_width, _height(field, known))


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


def _marked(content: str, *, is_open: bool) -> Markup:
    return marked(content, *((FIELD_OPEN, FIELD_CLOSE) if is_open else (HELD_OPEN, HELD_CLOSE)))


def _marked_link(link: str, *, html: bool, is_open: bool) -> Markup:
    shown = _inert(link, html=html)
    return marked(shown, LINK_OPEN, LINK_CLOSE) if is_open else as_markup(shown)


def _height(field: FieldSpec, known: Image | None) -> int | None:
    """As shown, in CSS px; None for a picture we have not measured."""
    if known is None or not isinstance(field, ImageField):
        return None
    return round(field.display_width * known.height / known.width)


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


@lru_cache(maxsize=8)
def _shape(model: type[Frozen]) -> type:
    return make_dataclass(model.__name__, tuple(model.model_fields), frozen=True, slots=True)
