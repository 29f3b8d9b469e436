"""Parts of a template: which modules, in which order, how often."""

from __future__ import annotations

from django.utils.translation import gettext as _

from library.drafting.base import (
    MOST_ITEMS,
    MOST_PARTS,
    DraftError,
    Spot,
    filled,
    fresh_key,
    having,
    part,
    put,
    tidy,
)
from library.engine.template import ModuleSpec, Placement, Repeat, TemplateSpec


def add(spec: TemplateSpec, module: ModuleSpec, *, at: int | None = None) -> TemplateSpec:
    """One more part with the module's own words, all of them locked; at the end unless said otherwise."""
    if len(spec.placements) >= MOST_PARTS:
        raise DraftError(_("A template holds %(most)d parts at most.") % {"most": MOST_PARTS})
    placement = Placement(key=fresh_key(spec, module.slug), module=module.slug)
    parts = list(spec.placements)
    parts.insert(len(parts) if at is None else max(at, 0), placement)
    return having(spec, placements=parts, modules={module.slug: module, **spec.modules})


def remove(spec: TemplateSpec, place: str) -> TemplateSpec:
    part(spec, place)
    return tidy(having(spec, placements=[each for each in spec.placements if each.key != place]))


def move(spec: TemplateSpec, place: str, to: int) -> TemplateSpec:
    """To the position counted from 0; beyond the ends, to the end."""
    moved = part(spec, place)
    parts = [each for each in spec.placements if each.key != place]
    parts.insert(max(to, 0), moved)
    return having(spec, placements=parts)


def duplicate(spec: TemplateSpec, place: str) -> TemplateSpec:
    """The same once more, right behind it."""
    if len(spec.placements) >= MOST_PARTS:
        raise DraftError(_("A template holds %(most)d parts at most.") % {"most": MOST_PARTS})
    first = part(spec, place)
    parts = list(spec.placements)
    parts.insert(parts.index(first) + 1, having(first, key=fresh_key(spec, place)))
    return having(spec, placements=parts)


def rename(spec: TemplateSpec, spot: Spot, title: str) -> TemplateSpec:
    """The heading that local people read; empty for the module's own name."""
    return put(spec, spot, having(filled(spec, spot), title=title[:80]))


def show_always(spec: TemplateSpec, place: str) -> TemplateSpec:
    return put(spec, Spot(place), _single(part(spec, place)))


def show_optionally(spec: TemplateSpec, place: str, *, shown: bool) -> TemplateSpec:
    """Local people switch it on and off; `shown` is how it starts."""
    return put(spec, Spot(place), having(_single(part(spec, place)), optional=True, shown=shown))


def repeat(spec: TemplateSpec, place: str, least: int, most: int) -> TemplateSpec:
    """`least` to `most` items. First items beyond the new limit go."""
    held = part(spec, place)
    if not 0 <= least <= most or not 1 <= most <= MOST_ITEMS:
        raise DraftError(_("Write two numbers from 0 to 20, the smaller one first."), input="least")
    return put(
        spec, Spot(place),
        having(held, repeat=Repeat(min=least, max=most), optional=False, shown=True, items=held.items[:most]),
    )  # fmt: skip


def _single(held: Placement) -> Placement:
    if held.variants:
        raise DraftError(_("Several modules can stand here. Remove all but one of them first."))
    return having(held, repeat=None, optional=False, shown=True, items=(), ordered=False, most=None)
