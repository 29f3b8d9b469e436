"""What a part says, carried over to fields that have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from library.drafting.base import having
from library.engine.fields import Approved, ApprovedField, FieldSpec, WrongType
from library.engine.template import Envelope, Grant, Placement, Variant

Part = TypeVar("Part", bound=Envelope | Placement | Variant)
#: What of a grant narrows its field.
LIMITS = ("parts", "max_length", "marks", "allowed_domains", "options")


def listed(field: FieldSpec, options: Mapping[str, tuple[Approved, ...]]) -> FieldSpec:
    """The field with the template's own list of approved pieces, where it brings one."""
    if isinstance(field, ApprovedField) and field.key in options:
        return field.model_copy(update={"options": options[field.key]})
    return field


def fitted(held: Part, fields: Sequence[FieldSpec]) -> tuple[Part, tuple[str, ...]]:
    """What of it these fields can hold, and the keys of fields that lost something."""
    known = {field.key: field for field in fields}
    lists = {key: each for key, each in held.options.items() if isinstance(known.get(key), ApprovedField)}
    own = {key: listed(field, lists) for key, field in known.items()}
    open_ = tuple(_as_narrow(grant, own[grant.field]) for grant in held.open if grant.field in known)
    granted = {**own, **{grant.field: grant.narrow(own[grant.field]) for grant in open_}}
    values = {key: value for key, value in held.values.items() if _can_read(granted.get(key), value)}
    hidden = tuple(key for key in held.hidden if key in known)
    lost = {*held.values} - {*values} | {grant.field for grant in held.open} - {*known}
    return having(held, options=lists, open=open_, values=values, hidden=hidden), tuple(sorted(lost))


def _as_narrow(grant: Grant, field: FieldSpec) -> Grant:
    """The grant, less each limit that the field no longer has room for."""
    for name in LIMITS:
        try:
            Grant.model_validate({"field": grant.field, name: getattr(grant, name)}).narrow(field)
        except ValueError:
            grant = having(grant, **{name: None})
    return grant


def _can_read(field: FieldSpec | None, value: Any) -> bool:
    try:
        return field is not None and field.read(value) is not None
    except WrongType:
        return False
