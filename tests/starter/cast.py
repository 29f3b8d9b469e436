"""Two groups, and values at the edges of what a template allows."""

from __future__ import annotations

from typing import Any

from library.engine import Image, Profile, RenderContext, TemplateSpec
from library.engine.template import ENVELOPE, Slot
from library.starter import catalogue

PICTURES = "https://images.example.org"

SMALL = Profile(name="Leith Walk", sender_address="leith@mail.example.org")
FULL = Profile(
    name="Upper Kent and the Lakes of Furness",
    sender_name="Brightwater Upper Kent and Furness",
    sender_address="upper.kent@mail.example.org",
    reply_to="upper.kent@example.org",
    street="The Boathouse, 17 Staveley Mill Yard",
    city="Kendal",
    region="Cumbria",
    postcode="LA8 9LR",
    country="GB",
    country_name="United Kingdom",
    phone="01539 555 0142",
    phone_href="tel:+4415395550142",
    website="https://www.example.org/upper-kent",
    map_url="https://maps.example.org/upper-kent",
    opening_hours=("Tuesday to Thursday 10.00–16.00", "Saturday 9.30–12.30", "Sunday 10.00–12.00"),
    manager="Hannah Braithwaite-Postlethwaite",
)


def gallery(brand: str) -> dict[str, Image]:
    return catalogue.gallery(brand, lambda image: f"{PICTURES}/{image.file}")


def context(brand: str, profile: Profile = FULL) -> RenderContext:
    starter = catalogue.brands()[brand]
    return RenderContext(
        theme=starter.themed(f"{PICTURES}/{starter.logo}.png"),
        identity=starter.identity,
        profile=profile,
        images=gallery(brand),
    )


def emptied(spec: TemplateSpec) -> dict[str, Any]:
    """Nothing said that need not be said: optional parts off, as few items as allowed."""
    return _filled(spec, _least, shown=False, fewest=True)


def longest(spec: TemplateSpec) -> dict[str, Any]:
    """Every field filled to its limit, every part on, as many items as allowed."""
    return _filled(spec, _most, shown=True, fewest=False)


def _filled(spec: TemplateSpec, fill: Any, *, shown: bool, fewest: bool) -> dict[str, Any]:
    values: dict[str, Any] = {ENVELOPE: _item(spec, ENVELOPE, fill)}
    for placement in spec.placements:
        item = _item(spec, placement.key, fill)
        if placement.repeat:
            values[placement.key] = [item] * (placement.repeat.min if fewest else placement.repeat.max)
        elif placement.optional:
            values[placement.key] = {**item, "shown": shown}
        elif item:
            values[placement.key] = item
    return values


def _item(spec: TemplateSpec, place: str, fill: Any) -> dict[str, Any]:
    return {key: fill(slot) for key, slot in spec.slots[place].items() if slot.open}


def _least(slot: Slot) -> Any:
    field = slot.field
    if field.type == "choice":
        return field.values[0]
    if field.type == "toggle":
        return False
    if field.required:
        return "<p>A</p>" if field.type == "rich_text" else "7"
    return None if field.type in ("image", "button") else ""


def _most(slot: Slot) -> Any:
    field = slot.field
    if field.type == "choice":
        return field.values[-1]
    if field.type == "toggle":
        return True
    if field.type == "image":
        return {"src": "long-table", "alt": "A long table under bunting, seen across the grass"}
    if field.type == "button":
        return {
            "label": _words(field.max_length),
            "url": "https://www.example.org/a/rather/long/address?with=one",
        }
    return f"<p>{_words(field.max_length)}</p>" if field.type == "rich_text" else _words(field.max_length)


def _words(length: int) -> str:
    """So many characters of long English words."""
    text = "Wednesday neighbourhood breakfasts & thoroughly extraordinary conversations, "
    return (text * (length // len(text) + 1))[: length - 1] + "s"
