"""Modules and templates with something to show: for documentation, pictures and tests. Nothing of it is installed."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from library.engine import ModuleSpec, Profile, RenderContext, TemplateSpec, defaults
from library.engine.fields import DateField
from library.engine.template import ENVELOPE, Grant, Placement, Slot
from library.starter import catalogue

#: Where the pictures of a shown mail are said to be; nobody serves them there.
ADDRESS = "https://pictures.example.org"
_EVENING = "T18:30"

_PROFILE = Profile(
    name="Leith Walk",
    code="LEITH",
    sender_address="leith@mail.example.org",
    street="214 Leith Walk",
    city="Edinburgh",
    postcode="EH6 5EG",
    country="GB",
    country_name="United Kingdom",
    phone="0131 496 0214",
    phone_href="tel:+441314960214",
    website="https://www.example.org/leith-walk",
    map_url="https://maps.example.org/leith-walk",
    opening_hours=("Monday to Friday 7.00–18.30", "Saturday 8.00–18.00", "Sunday 9.00–17.00"),
    manager="Mia Keller",
)
_ELSEWHERE: dict[str, dict[str, Any]] = {
    "de": {
        "name": "Schwäbisch Gmünd, Königsturmstraße",
        "street": "Königsturmstraße 118",
        "city": "Schwäbisch Gmünd",
        "postcode": "73525",
        "country": "DE",
        "country_name": "Deutschland",
        "opening_hours": ("Montag bis Donnerstag 7:00–18:30", "Freitag 7:00–20:00", "Samstag 8:00–18:00"),
        "manager": "Friederike Lichtenberger-Rautenstrauch",
    },
    "ar": {
        "name": "شارع النيل",
        "street": "شارع النيل ٢١٤",
        "city": "القاهرة",
        "postcode": "11511",
        "country": "EG",
        "country_name": "مصر",
        "opening_hours": ("الأحد إلى الخميس ٧:٠٠–١٨:٣٠", "الجمعة ٩:٠٠–١٧:٠٠"),
        "manager": "ليلى حسن",
        "direction": "rtl",
    },
}


def context(brand: str, language: str = "en") -> RenderContext:
    """A group of the brand as it looks to a mail: English, German (de) or Arabic (ar)."""
    starter = catalogue.brands()[brand]
    files = {row.slug: row.file for row in catalogue.images(brand)}
    profile = _PROFILE.model_copy(update={"language": language, **_ELSEWHERE.get(language, {})})
    return RenderContext(
        theme=starter.themed(lambda slug: f"{ADDRESS}/{files[slug]}"),
        identity=starter.identity,
        profile=profile,
        images=catalogue.gallery(brand, lambda row: f"{ADDRESS}/{row.file}"),
    )


def one_module(slug: str, brand: str) -> TemplateSpec:
    """A template of this module alone, every field open, with the brand's sample in it."""
    return some_modules([slug], brand)


def some_modules(slugs: Sequence[str], brand: str) -> TemplateSpec:
    """The same with several of them, one below the other."""
    modules = {slug: catalogue.modules()[slug] for slug in slugs}
    first = modules[slugs[0]]
    return TemplateSpec(
        name=first.name,
        envelope={"values": {"subject": f"A look at {first.name}", "preheader": first.description[:110]}},
        placements=tuple(_placed(module, brand) for module in modules.values()),
        modules=modules,
    )


def place_of(slug: str) -> str:
    """The key of the module's placement in these templates."""
    return slug.replace("-", "_")


def _placed(module: ModuleSpec, brand: str) -> Placement:
    said = _samples()[module.slug]
    common = {key: value for key, value in said.items() if key not in catalogue.brands()}
    return Placement(
        key=place_of(module.slug),
        module=module.slug,
        values={**common, **said.get(brand, {})},
        open=tuple(Grant(field=field.key) for field in module.fields),
    )


def dated(spec: TemplateSpec, day: date, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The template's own values, or these, with this day wherever an open date is still empty."""
    filled: dict[str, Any] = copy.deepcopy(dict(defaults(spec) if values is None else values))
    for place in spec.slots:
        held = filled.get(place)
        if place != ENVELOPE and held:
            for item in held if isinstance(held, list) else [held]:
                _date(spec.slots_at(place, item), item, day)
    return filled


def _date(slots: Mapping[str, Slot], item: dict[str, Any], day: date) -> None:
    for key, slot in slots.items():
        field = slot.field
        if slot.open and isinstance(field, DateField) and not item.get(key):
            item[key] = day.isoformat() + (_EVENING if field.with_time else "")


def _samples() -> dict[str, dict[str, Any]]:
    return tomllib.loads((catalogue.HERE / "samples.toml").read_text(encoding="utf-8"))
