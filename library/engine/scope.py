"""What a module's source can name: fields and surroundings, each already inert, so that no filter can undo it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, make_dataclass
from functools import lru_cache
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
    Typed,
)
from library.engine.inert import (
    FIELD_CLOSE,
    FIELD_OPEN,
    HELD_CLOSE,
    HELD_OPEN,
    LINK_CLOSE,
    LINK_OPEN,
    as_markup,
    html_text,
    marked,
    one_line,
    part_pairs,
)
from library.engine.links import BadLink, safe_link
from library.engine.template import Slot
from library.engine.values import Item

#: Frozen objects, not dicts: a module could empty a dict that the next mail shares.
Named: TypeAlias = object

#: Values of a closed syntax, which a module may compare and reckon with; all other strings are text.
_CLOSED = frozenset(
    {"primary", "on_primary", "accent", "on_accent", "background", "surface", "text", "muted", "line", "link"}
    | {"heading_font", "body_font", "country", "language", "direction"}
)
_LINKS = frozenset({"logo_url", "website", "privacy_url", "phone_href", "map_url"})


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

    @property
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
            return self._marked(self._rich(field, value), is_open=slot.open)
        if field.type == "text" and isinstance(value, str):
            return self._words(value, is_open=slot.open)
        return value

    def _words(self, text: str, *, is_open: bool) -> Markup:
        return self._marked(_inert(one_line(text), html=self.html), is_open=is_open)

    def _marked(self, content: str, *, is_open: bool) -> Markup:
        return marked(content, *((FIELD_OPEN, FIELD_CLOSE) if is_open else (HELD_OPEN, HELD_CLOSE)))

    def _link(self, link: str, *, is_open: bool) -> Markup:
        shown = _inert(link, html=self.html)
        return marked(shown, LINK_OPEN, LINK_CLOSE) if is_open else as_markup(shown)

    def _rich(self, field: RichTextField, source: str) -> str:
        blocks = rich.read(source, field.marks, field.allowed_domains)
        if not self.html:
            return rich.as_text(blocks)
        return rich.as_html(
            blocks, link_colour=self.context.theme.link, direction=self.context.profile.direction
        )

    def _button(self, field: ButtonField, value: ButtonValue, *, is_open: bool) -> _Button | None:
        label, link = one_line(value.label), fit_link(value.url, field.allowed_domains)
        if not label or not link:
            return None
        return _Button(self._words(label, is_open=is_open), self._link(link, is_open=is_open))

    def _picture(self, field: ImageField, value: ImageValue, *, is_open: bool) -> _Picture | None:
        known = self.context.images.get(value.src)
        link = known.url if known else fit_link(value.src, field.allowed_domains)
        if not link:
            return None
        alt = "" if value.decorative else value.alt or (known.alt if known else "")
        width = field.display_width
        return _Picture(
            self._link(link, is_open=is_open), self._words(alt, is_open=is_open), width, _height(field, known)
        )


def fit_link(link: str, domains: tuple[str, ...]) -> str:
    """The link, or nothing where it may not stand in a mail."""
    try:
        return safe_link(link, domains)
    except BadLink:
        return ""


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
