"""Two groups of each brand, one that tells much and one that tells nothing, and values at the edges of a template."""

from __future__ import annotations

from datetime import date
from typing import Any

from library.engine import Image, Profile, RenderContext, TemplateSpec, Values, defaults, extremes
from library.starter import catalogue, samples

#: Of everything that is dated in these tests.
DAY = date(2027, 3, 12)
#: For open pictures that the template leaves empty; both brands have it.
PICTURE = "long-table"
STATES = ("defaults", "empty", "longest", "most", "german", "arabic")
#: The language of the mail where the values are written in another one.
LANGUAGES = {"german": "de", "arabic": "ar"}

SMALL = Profile(name="Leith Walk", sender_address="leith@mail.example.org")
TEMPLATES = [(slug, brand) for slug, spec in catalogue.templates().items() for brand in spec.brands]
MODULES = [(slug, brand) for slug in catalogue.modules() for brand in catalogue.brands()]


def gallery(brand: str) -> dict[str, Image]:
    return dict(samples.context(brand).images)


def context(brand: str, state: str = "defaults") -> RenderContext:
    """The group that tells much, in the language of the state."""
    return samples.context(brand, LANGUAGES.get(state, "en"))


def bare(brand: str) -> RenderContext:
    return samples.context(brand).model_copy(update={"profile": SMALL})


def values(spec: TemplateSpec, state: str) -> Values:
    """The template's own copy or one of its extremes, dated where a date must be given."""
    held: dict[str, Any] = dict(
        defaults(spec) if state == "defaults" else extremes(spec, picture=PICTURE)[state]
    )
    return samples.dated(spec, DAY, held)
