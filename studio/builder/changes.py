"""From a form of the builder to the change it asks for. The form's `do` says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from groups.http import number, words
from library import drafting, editing
from library.drafting import DraftError, Spot
from library.editing.drafts import Operation
from library.engine import TemplateSpec
from library.engine.template import ENVELOPE
from studio.builder import inputs
from studio.builder.fetching import module_spec, newer_modules, newest_modules

ABOUT = "about"
#: Forms that stay as they are while somebody types: what is wrong is told at their inputs.
TYPED = frozenset({"field", "item", "rename", "about", "options"})
#: What a part opens at one press: types of fields, with the pieces of each; None for all of it.
PRESETS: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {
    "nothing": {},
    "words": {"text": None, "rich_text": None, "button": ("label",), "date": None, "price": None},
    "pictures": {"text": None, "rich_text": None, "button": ("label",), "date": None, "price": None,
                 "image": None, "approved": None},
    "everything": dict.fromkeys(
        ("text", "rich_text", "button", "date", "price", "image", "approved", "link", "email", "choice", "colour",
         "toggle", "profile")
    ),
}  # fmt: skip


class Change(NamedTuple):
    """What is to be done, how it is called in the history, and which part is open afterwards."""

    operation: Operation
    label: str
    opens: str
    subject: str = ""
    #: Typed in a form that stays as it is: only what is around it comes anew.
    typed: bool = False


def change_in(spec: TemplateSpec, data: QueryDict) -> Change:
    """DraftError for what no form of the page sends."""
    make = _MAKERS.get(_do(data))
    if make is None:
        raise DraftError(_("Choose what to do."))
    return make(spec, data)


def _title(spec: TemplateSpec, place: str) -> str:
    if place == ENVELOPE:
        return _("Subject and sender")
    held = drafting.part(spec, place)
    return held.title or spec.modules[held.module].name


def _do(data: QueryDict) -> str:
    return data.get("do", "")


def _index(data: QueryDict, name: str = "index") -> int:
    found = number(data.get(name))
    return -1 if found is None else found


def _add(spec: TemplateSpec, data: QueryDict) -> Change:
    module, at = module_spec(number(data.get("module"))), number(data.get("at"))
    after = drafting.add(spec, module, at=at)
    [key] = set(after.places) - set(spec.places)
    return Change(
        lambda held: drafting.add(held, module, at=at), _("Add “%(name)s”") % {"name": module.name}, key
    )


def _remove(spec: TemplateSpec, data: QueryDict) -> Change:
    place = inputs.spot_of(data).place
    label = _("Remove “%(name)s”") % {"name": _title(spec, place)}
    return Change(lambda held: drafting.remove(held, place), label, "")


def _duplicate(spec: TemplateSpec, data: QueryDict) -> Change:
    place = inputs.spot_of(data).place
    label = _("Duplicate “%(name)s”") % {"name": _title(spec, place)}
    [key] = set(drafting.duplicate(spec, place).places) - set(spec.places)
    return Change(lambda held: drafting.duplicate(held, place), label, key)


def _move(spec: TemplateSpec, data: QueryDict) -> Change:
    place, step = inputs.spot_of(data).place, {"up": -1, "down": 1}.get(_do(data))
    to = _index(data, "to")

    def move(held: TemplateSpec) -> TemplateSpec:
        here = list(held.places).index(drafting.part(held, place).key)
        return drafting.move(held, place, to if step is None else here + step)

    return Change(move, _("Move “%(name)s”") % {"name": _title(spec, place)}, words(data.get("open")))


def _rename(spec: TemplateSpec, data: QueryDict) -> Change:
    spot, title = inputs.spot_of(data), words(data.get("title"))
    label = _("Rename “%(name)s”") % {"name": _title(spec, spot.place)}
    subject = f"{spot.place}.{spot.kind}:title"
    return Change(lambda held: drafting.rename(held, spot, title), label, spot.place, subject, typed=True)


def _presence(spec: TemplateSpec, data: QueryDict) -> Change:
    place, how = inputs.spot_of(data).place, data.get("presence")

    def present(held: TemplateSpec) -> TemplateSpec:
        if how == "optional":
            return drafting.show_optionally(held, place, shown="shown" in data)
        if how == "repeat":
            return drafting.repeat(held, place, _index(data, "least"), _index(data, "most"))
        return drafting.show_always(held, place)

    return Change(present, _("Change how often “%(name)s” stands") % {"name": _title(spec, place)}, place)


def _preset(spec: TemplateSpec, data: QueryDict) -> Change:
    spot, types = inputs.spot_of(data), PRESETS.get(data.get("preset", ""), {})
    label = _("Change what is open in “%(name)s”") % {"name": _title(spec, spot.place)}
    return Change(lambda held: drafting.open_only(held, spot, types), label, spot.place)


def _field(spec: TemplateSpec, data: QueryDict) -> Change:
    spot, key = inputs.spot_of(data), words(data.get("key"))
    field = drafting.declared(spec, spot).get(key)
    if field is None:
        raise DraftError(_("This field is not there any more."))
    mode, limits = inputs.mode_in(data), inputs.grant_in(field, data)
    value = inputs.value_in(field, path_of(spot, key), data)

    def write(held: TemplateSpec) -> TemplateSpec:
        return drafting.set_field(held, spot, key, mode=mode, value=value, grant=limits)

    shown = "" if "mine" in data else words(data.get("seen"))
    label = _("Change “%(name)s”") % {"name": field.label}
    operation = editing.unless_edited(spot, key, shown, write)
    return Change(operation, label, spot.place, f"{path_of(spot, key)}:{mode}", typed=True)


def _options(spec: TemplateSpec, data: QueryDict) -> Change:
    spot, key = inputs.spot_of(data), words(data.get("key"))
    pieces = None if "reset" in data else inputs.pieces_in(data)
    label = _("Change the approved pieces of “%(name)s”") % {"name": _title(spec, spot.place)}
    return Change(lambda held: drafting.set_options(held, spot, key, pieces), label, spot.place)


def _kinds(spec: TemplateSpec, data: QueryDict) -> Change:
    place, kind = inputs.spot_of(data)
    label = _("Change the modules of “%(name)s”") % {"name": _title(spec, place)}
    return Change(_kind_change(data, place, kind), label, place)


def _kind_change(data: QueryDict, place: str, kind: str) -> Operation:
    module = module_spec(number(data.get("module"))) if _do(data) == "add_kind" else None
    most = number(data.get("most")) if words(data.get("most")) else None

    def change(held: TemplateSpec) -> TemplateSpec:
        if module is not None:
            return drafting.add_kind(held, place, module)
        here = (
            list(drafting.part(held, place).kinds).index(kind)
            if kind in drafting.part(held, place).kinds
            else -1
        )
        match _do(data):
            case "remove_kind":
                return drafting.remove_kind(held, place, kind)
            case "limit_kind":
                return drafting.limit_kind(held, place, kind, most)
            case "kind_up":
                return drafting.move_kind(held, place, kind, here - 1)
            case "kind_down":
                return drafting.move_kind(held, place, kind, here + 1)
        return drafting.keep_order(held, place, ordered="ordered" in data)

    return change


def _items(spec: TemplateSpec, data: QueryDict) -> Change:
    place, kind = inputs.spot_of(data)
    index = _index(data)
    moves: Mapping[str, Operation] = {
        "add_item": lambda held: drafting.add_item(held, place, kind),
        "remove_item": lambda held: drafting.remove_item(held, place, index),
        "item_up": lambda held: drafting.move_item(held, place, index, index - 1),
        "item_down": lambda held: drafting.move_item(held, place, index, index + 1),
    }
    label = _("Change the first items of “%(name)s”") % {"name": _title(spec, place)}
    return Change(moves[_do(data)], label, place)


def _item(spec: TemplateSpec, data: QueryDict) -> Change:
    """What one of the first items says in one field."""
    place, key, index = inputs.spot_of(data).place, words(data.get("key")), _index(data)
    items = drafting.part(spec, place).items
    slot = spec.slots_at(place, items[index]).get(key) if 0 <= index < len(items) else None
    if slot is None:
        raise DraftError(_("This item is not there any more."))
    path = f"{place}.{index}.{key}"
    value = inputs.value_in(slot.field, path, data)
    label = _("Change “%(name)s”") % {"name": slot.field.label}
    return Change(
        lambda held: drafting.set_item_value(held, place, index, key, value), label, place, path, typed=True
    )


def _about(_spec: TemplateSpec, data: QueryDict) -> Change:
    said = {name: words(data.get(name)) for name in ("name", "description", "category", "language")}
    return Change(
        lambda held: drafting.describe(held, **said),
        _("Change the template's details"),
        ABOUT,
        "about",
        typed=True,
    )


def _tracking(_spec: TemplateSpec, data: QueryDict) -> Change:
    names, texts = data.getlist("parameter"), data.getlist("text")
    said = {words(name): words(text)[:200] for name, text in zip(names, texts, strict=False)}
    return Change(lambda held: drafting.track(held, said), _("Change the tracking parameters"), ABOUT)


def _modules(spec: TemplateSpec, data: QueryDict) -> Change:
    newer = newer_modules(spec, newest_modules())
    wanted = {slug: each for slug, each in newer.items() if slug in data.getlist("slug")} or newer
    return Change(
        lambda held: drafting.take_modules(held, wanted)[0], _("Take newer modules"), words(data.get("open"))
    )


def path_of(spot: Spot, key: str) -> str:
    """The name of a field's inputs: “hero.headline”, in a zone “news.quote.words”."""
    return f"{spot.place}.{spot.kind}.{key}" if spot.kind else f"{spot.place}.{key}"


_MAKERS: Mapping[str, Callable[[TemplateSpec, QueryDict], Change]] = {
    "add": _add, "remove": _remove, "duplicate": _duplicate, "up": _move, "down": _move, "move": _move,
    "rename": _rename, "presence": _presence, "preset": _preset, "field": _field, "options": _options,
    **dict.fromkeys(("add_kind", "remove_kind", "limit_kind", "kind_up", "kind_down", "ordered"), _kinds),
    **dict.fromkeys(("add_item", "remove_item", "item_up", "item_down"), _items),
    "item": _item, "about": _about, "tracking": _tracking, "modules": _modules,
}  # fmt: skip
