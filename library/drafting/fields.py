"""Fields of a draft: what they say, and what local people may change of it within which limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from library.drafting.base import DraftError, Filled, Mode, Spot, filled, having, put
from library.drafting.fitting import LIMITS, fitted, listed
from library.engine.fields import Approved, ApprovedField, ChoiceField, FieldSpec, WrongType
from library.engine.template import ENVELOPE_FIELDS, Envelope, Grant, TemplateSpec


def own_fields(spec: TemplateSpec, spot: Spot) -> tuple[FieldSpec, ...]:
    """As the module there declares them."""
    held = filled(spec, spot)
    return ENVELOPE_FIELDS if isinstance(held, Envelope) else spec.modules[held.module].fields


def declared(spec: TemplateSpec, spot: Spot) -> dict[str, FieldSpec]:
    """By key, with the template's own lists of approved pieces."""
    options = filled(spec, spot).options
    return {field.key: listed(field, options) for field in own_fields(spec, spot)}


def mode_of(held: Filled, key: str) -> Mode:
    if any(grant.field == key for grant in held.open):
        return "open"
    return "hidden" if key in held.hidden else "locked"


def set_field(
    spec: TemplateSpec,
    spot: Spot,
    key: str,
    *,
    mode: Mode,
    value: Any,
    grant: Mapping[str, Any] | None = None,
) -> TemplateSpec:
    """What a field says, whether local people may change it, and `grant`: within which limits (of Grant)."""
    field = _declared(spec, spot, key)
    held = filled(spec, spot)
    changed = having(held, values={**held.values, key: readable(field, value)})
    return put(spec, spot, _opened(changed, field, mode, grant or {}))


def set_mode(spec: TemplateSpec, spot: Spot, key: str, mode: Mode) -> TemplateSpec:
    """Lock, open or hide; a field that is open already keeps its limits."""
    field, held = _declared(spec, spot, key), filled(spec, spot)
    kept = next((each.model_dump(exclude={"field"}) for each in held.open if each.field == key), {})
    return put(spec, spot, _opened(held, field, mode, kept))


def open_only(spec: TemplateSpec, spot: Spot, types: Mapping[str, Sequence[str] | None]) -> TemplateSpec:
    """Open all fields of these types (in these parts, None for all), lock all others that are not hidden."""
    for key, field in declared(spec, spot).items():
        if mode_of(filled(spec, spot), key) != "hidden":
            parts = types.get(field.type)
            mode: Mode = "open" if field.type in types else "locked"
            limits = {"parts": tuple(parts)} if parts else {}
            spec = put(spec, spot, _opened(filled(spec, spot), field, mode, limits))
    return spec


def set_options(spec: TemplateSpec, spot: Spot, key: str, options: Sequence[Approved] | None) -> TemplateSpec:
    """The template's own list for a field of approved pieces; None for the module's."""
    field, held = _declared(spec, spot, key), filled(spec, spot)
    if not isinstance(field, ApprovedField):
        raise DraftError(_("This field does not choose from approved pieces."))
    values = [each.value for each in options or ()]
    if len(set(values)) < len(values):
        raise DraftError(_("Two pieces of the list have the same key."), input="options")
    lists = {each: pieces for each, pieces in held.options.items() if each != key}
    if options is not None:
        lists[key] = tuple(options)
    return put(spec, spot, fitted(having(held, options=lists), own_fields(spec, spot))[0])


def _declared(spec: TemplateSpec, spot: Spot, key: str) -> FieldSpec:
    field = declared(spec, spot).get(key)
    if field is None:
        raise DraftError(_("This field is not there any more."))
    return field


def readable(field: FieldSpec, value: Any) -> Any:
    try:
        field.read(value)
    except WrongType as error:
        raise DraftError(_NOT_READ.get(field.type, _NOT_READ[""])(), input="value") from error
    return value


_NOT_READ: Mapping[str, Callable[[], str]] = {
    "price": lambda: _("Write the price as a number such as 3.40, with three decimals at most."),
    "date": lambda: _("Choose a day, or write it as 2026-12-05 (with a time: 2026-12-05T19:30)."),
    "": lambda: _("This is not what the field takes. Choose again."),
}


def _opened(held: Filled, field: FieldSpec, mode: Mode, limits: Mapping[str, Any]) -> Filled:
    grants = {each.field: each for each in held.open if each.field != field.key}
    if mode == "open":
        grants[field.key] = _grant(field, limits)
    order = [*(each.field for each in held.open), field.key]
    hidden = [each for each in held.hidden if each != field.key] + [field.key] * (mode == "hidden")
    changed = having(
        held, open=tuple(grants[key] for key in dict.fromkeys(order) if key in grants), hidden=tuple(hidden)
    )
    return _without_unchosen(changed, field)


def _grant(field: FieldSpec, limits: Mapping[str, Any]) -> Grant:
    try:
        grant = Grant(field=field.key, **limits)
        grant.narrow(field)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise DraftError(_("This limit cannot be read. Write it again."), input=name) from error
    except ValueError as error:
        raise DraftError(_widened(field, limits), input=_widest(field, limits)) from error
    return grant


def _widest(field: FieldSpec, limits: Mapping[str, Any]) -> str:
    """The name of the limit that goes beyond the module's."""
    for name in LIMITS:
        try:
            Grant.model_validate({"field": field.key, name: limits.get(name)}).narrow(field)
        except ValueError:
            return name
    return ""


def _widened(field: FieldSpec, limits: Mapping[str, Any]) -> str:
    held = getattr(field, "max_length", 0)
    domains = ", ".join(getattr(field, "allowed_domains", ()))
    words = {
        "parts": _("Open at least one part of it, or lock the field."),
        "max_length": _("The module allows %(most)s characters at most.") % {"most": held},
        "marks": _("The module does not allow all of these."),
        "allowed_domains": _("The module lets links lead to %(domains)s only.") % {"domains": domains},
        "options": _("Leave at least one of the module's options."),
    }
    return words.get(_widest(field, limits), _("The module does not allow that."))


def _without_unchosen(held: Filled, field: FieldSpec) -> Filled:
    """Without a choice that is no longer among the options: the field starts with the first that is."""
    if field.key not in held.values or not isinstance(field, ChoiceField | ApprovedField):
        return held
    grant = next((each for each in held.open if each.field == field.key), None)
    try:
        (grant.narrow(field) if grant else field).read(held.values[field.key])
    except WrongType:
        return having(held, values={key: value for key, value in held.values.items() if key != field.key})
    return held
