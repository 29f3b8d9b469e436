"""Values of which only pieces are open: a button's label beside an address that is the brand's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from library.engine.fields import Typed
from library.engine.template import Slot

#: What belongs to a part besides the piece of its own name.
_WITH: Mapping[str, tuple[str, ...]] = {"alt": ("decorative",)}


def read(slot: Slot, raw: object) -> Typed:
    """The value with what is typed into its open pieces and the template's own in the others; or WrongType."""
    return slot.field.read(whole(slot, raw))


def whole(slot: Slot, raw: object) -> object:
    """What `read` reads: as typed, but for the locked pieces."""
    if slot.parts is None or not isinstance(slot.value, BaseModel):
        return raw
    typed = _mapping(slot, raw)
    if typed is None:
        return raw
    locked_pieces = _pieces(locked(slot))
    own = slot.value.model_dump()
    return {**own, **typed, **{piece: own[piece] for piece in locked_pieces}}


def is_left_out(slot: Slot, raw: object) -> bool:
    """Whether what makes the locked rest worth showing is left empty: a button without a label, a price without amount."""
    if slot.parts is None or len(slot.parts) > 1 or slot.parts[0] not in ("label", "amount"):
        return False
    said = raw.get(slot.parts[0]) if isinstance(raw, Mapping) else raw
    return said is None or (isinstance(said, str) and not said.strip())


def as_json(slot: Slot) -> Any:
    """The template's own value as a campaign stores it: what is locked stays with the template."""
    if not isinstance(slot.value, BaseModel):
        return slot.value
    whole = slot.value.model_dump()
    return whole if slot.parts is None else {piece: whole[piece] for piece in _pieces(slot.parts)}


def kept(slot: Slot, raw: object) -> object:
    """What may be stored of a value: its open pieces. Of another shape, all of it, so that nothing typed is lost."""
    if slot.parts is None or not isinstance(raw, Mapping):
        return raw
    return {piece: raw[piece] for piece in _pieces(slot.parts) if piece in raw}


def locked(slot: Slot) -> tuple[str, ...]:
    """The pieces of an open field that stay the template's."""
    return () if slot.parts is None else tuple(part for part in slot.field.PARTS if part not in slot.parts)


def overwritten(slot: Slot, raw: object) -> tuple[str, ...]:
    """Locked parts for which something else is sent than what the template says; what is empty says nothing."""
    if not isinstance(raw, Mapping) or not isinstance(slot.value, BaseModel):
        return ()
    own = slot.value.model_dump()
    return tuple(
        part
        for part in locked(slot)
        if any(raw.get(piece) and raw[piece] != own[piece] for piece in _pieces((part,)))
    )


def _pieces(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(piece for part in parts for piece in (part, *_WITH.get(part, ())))


def _mapping(slot: Slot, raw: object) -> Mapping[str, Any] | None:
    if isinstance(raw, BaseModel):
        return raw.model_dump()
    if raw is None:
        return _mapping(slot, slot.field.read(None))
    return raw if isinstance(raw, Mapping) else None
