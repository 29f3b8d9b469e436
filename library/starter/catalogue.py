"""Reads what a new brand starts with: looks, pictures, modules and templates."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from library.engine import Identity, Image, ModuleSpec, TemplateSpec, Theme, read_module, read_template

HERE = Path(__file__).parent


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GroupWord(_Row):
    """How a brand calls its groups: store, stores."""

    one: str
    many: str


class StarterBrand(_Row):
    """A demo brand; logos and favicon are slugs of pictures, the theme's addresses of logos are still empty."""

    slug: str
    name: str
    language: str
    group: GroupWord
    logo: str
    logo_dark: str
    logo_on_light: str
    logo_on_dark: str
    favicon: str
    theme: Theme
    identity: Identity

    def themed(self, address: Callable[[str], str]) -> Theme:
        """The theme with its logos; `address` says where the picture of that slug is served."""
        logos = {"logo_url": address(self.logo), "logo_dark_url": address(self.logo_dark)}
        return Theme.model_validate({**self.theme.model_dump(), **logos})


class StarterImage(_Row):
    """A picture that lies in images/; width and height in pixels. Marks are logos and favicons, not for the gallery."""

    slug: str
    file: str
    alt: str
    width: int
    height: int
    brands: tuple[str, ...]
    use: Literal["picture", "mark"] = "picture"

    @property
    def path(self) -> Path:
        return HERE / "images" / self.file

    def at(self, url: str) -> Image:
        """As the engine wants it, once it has an address."""
        return Image(url=url, width=self.width, height=self.height, alt=self.alt)


def brands() -> dict[str, StarterBrand]:
    return {
        slug: StarterBrand.model_validate({"slug": slug, **row}) for slug, row in _toml("brands.toml").items()
    }


def images(brand: str) -> tuple[StarterImage, ...]:
    """The brand's pictures and marks, in the order in which a gallery shows them."""
    rows = (StarterImage.model_validate(row) for row in _toml("images.toml")["images"])
    return tuple(row for row in rows if brand in row.brands)


def gallery(brand: str, address: Callable[[StarterImage], str]) -> dict[str, Image]:
    """The brand's pictures by slug, for a RenderContext; `address` says where each is served."""
    return {row.slug: row.at(address(row)) for row in images(brand) if row.use == "picture"}


@cache
def modules() -> Mapping[str, ModuleSpec]:
    folders = sorted(path.parent for path in (HERE / "modules").glob("*/module.toml"))
    return {folder.name: read_module(folder) for folder in folders}


@cache
def templates() -> Mapping[str, TemplateSpec]:
    """By slug, which is the file's name."""
    return {file.stem: read_template(file, modules()) for file in sorted((HERE / "templates").glob("*.toml"))}


def templates_of(brand: str) -> dict[str, TemplateSpec]:
    return {slug: spec for slug, spec in templates().items() if brand in spec.brands}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
