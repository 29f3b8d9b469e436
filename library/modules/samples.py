"""A module alone in a template of its own, filled so that there is something to see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from library import engine
from library.engine.fields import (
    ApprovedField,
    ButtonField,
    DateField,
    EmailField,
    FieldSpec,
    ImageField,
    LinkField,
    PriceField,
    RichTextField,
    TextField,
    start_value,
)
from library.engine.values import Item, filled

#: Where the module stands in its template.
PLACE = "module"
EXAMPLE_DOMAIN = "example.org"
EXAMPLE_ALT = "An example, until a picture is chosen"
WEEKS_AHEAD = timedelta(weeks=3)


def alone(module: engine.ModuleSpec, values: Mapping[str, Any] | None = None) -> engine.TemplateSpec:
    """A template of this module only, with every field open; without values, with the module's own defaults."""
    return engine.TemplateSpec.model_validate(
        {
            "name": module.name,
            "envelope": {"values": {"subject": module.name[:150]}},
            "placements": [
                {
                    "key": PLACE,
                    "module": module.slug,
                    "values": dict(values or {}),
                    "open": [{"field": field.key} for field in module.fields],
                }
            ],
            "modules": {module.slug: module},
        }
    )


def item_of(spec: engine.TemplateSpec, values: engine.Values) -> Item:
    """What stands in the module's fields."""
    items = filled(spec, values, PLACE)
    return items[0]


def samples(module: engine.ModuleSpec, *, picture: str, today: date) -> dict[str, Any]:
    """A value for each field: its default, or an example where it has none. `picture` is an address or gallery slug."""
    return {field.key: _sample(field, picture, today) for field in module.fields}


def _sample(field: FieldSpec, picture: str, today: date) -> Any:
    default = start_value(field)
    if default or isinstance(default, bool):
        return default if isinstance(default, str | bool) else default.model_dump()
    return _example(field, picture, today)


def _example(field: FieldSpec, picture: str, today: date) -> Any:
    if isinstance(field, TextField):
        return field.label[: field.max_length]
    if isinstance(field, RichTextField):
        return f"<p>{field.label[: field.max_length].translate(_NO_MARKUP)}</p>"
    if isinstance(field, ImageField):
        # A picture of the gallery brings its own description.
        return {"src": picture, "alt": EXAMPLE_ALT if "/" in picture else ""}
    if isinstance(field, ButtonField):
        return {"label": field.label[: field.max_length], "url": _address(field.allowed_domains)}
    return _short_example(field, today)


def _short_example(field: FieldSpec, today: date) -> Any:
    if isinstance(field, LinkField):
        return _address(field.allowed_domains)
    if isinstance(field, EmailField):
        return f"hello@{EXAMPLE_DOMAIN}"
    if isinstance(field, DateField):
        return (today + WEEKS_AHEAD).isoformat() + ("T19:30" if field.with_time else "")
    if isinstance(field, PriceField):
        return {"amount": "9.50", "before": "12.00"}
    if isinstance(field, ApprovedField):
        return field.options[0].value if field.options else ""
    return start_value(field)


_NO_MARKUP = str.maketrans("", "", "<>&")


def _address(domains: tuple[str, ...]) -> str:
    return f"https://{domains[0] if domains else EXAMPLE_DOMAIN}/"
