"""What the builder's forms send: values by the composer's own inputs, limits of a grant, lists of approved pieces."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from campaigns.inputs import typed
from groups.http import number, words
from library.drafting import DraftError, Mode, Spot
from library.engine.fields import Approved, FieldSpec, start_value
from library.engine.template import Slot

#: Inputs of a grant beside which something may have to be said.
LIMITS = ("parts", "max_length", "marks", "allowed_domains", "options")
MOST_ROWS = 60
PIECE = ("value", "label", "text", "detail", "code", "image", "url", "valid_from", "valid_until")


def spot_of(data: QueryDict) -> Spot:
    return Spot(words(data.get("place"))[:60], words(data.get("kind"))[:60])


def mode_in(data: QueryDict) -> Mode:
    said = data.get("mode")
    return "open" if said == "open" else "hidden" if said == "hidden" else "locked"


def value_in(field: FieldSpec, path: str, data: QueryDict) -> Any:
    """All pieces of it: for the brand, every piece is open."""
    return typed(Slot(field, True, start_value(field)), path, data)


def grant_in(field: FieldSpec, data: QueryDict) -> dict[str, Any]:
    """Limits that say something other than the module itself."""
    limits: dict[str, Any] = {
        "label": words(data.get("label"))[:80],
        "help": words(data.get("help"))[:200],
        "required": True if "required" in data and not field.required else None,
        "max_length": _length(data.get("max_length")),
        "allowed_domains": tuple(words(data.get("allowed_domains")).replace(",", " ").split()),
    }
    for name, all_ in (
        ("parts", field.PARTS),
        ("marks", getattr(field, "marks", ())),
        ("options", getattr(field, "values", ())),
    ):
        chosen = tuple(each for each in all_ if each in data.getlist(name))
        if f"{name}_asked" in data and set(chosen) != set(all_):
            limits[name] = chosen
    return {
        name: said
        for name, said in limits.items()
        if said or (name in ("parts", "marks", "options") and said == ())
    }


def _length(text: str | None) -> int | None:
    if not words(text):
        return None
    found = number(words(text))
    if not found:
        raise DraftError(_("Write a number of characters, or nothing."), input="max_length")
    return found


def pieces_in(data: QueryDict) -> list[Approved]:
    """Lines `0:value`, `0:label`, …; blank ones and those marked `0:remove` are left out."""
    rows = [
        {name: words(data.get(f"{index}:{name}")) for name in PIECE}
        for index in range(MOST_ROWS)
        if f"{index}:label" in data and f"{index}:remove" not in data
    ]
    return [_piece(row) for row in rows if any(row.values())]


def _piece(row: dict[str, str]) -> Approved:
    said = {name: text or None if name.startswith("valid_") else text for name, text in row.items()}
    said["value"] = said["value"] or _key(row["label"])
    try:
        return Approved.model_validate(said)
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        told = {
            "value": _("Write the key with letters, digits, - and _ alone."),
            "valid_from": _("Write the days as 2026-12-05."),
            "valid_until": _("Write the days as 2026-12-05."),
        }
        message = told.get(str(place[0]) if place else "", _("The first day lies behind the last."))
        raise DraftError(f"“{row['label'] or row['value']}”: {message}", input="options") from error


def _key(label: str) -> str:
    """A key out of a label, where none is given."""
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in label.casefold())
    return "-".join(part for part in plain.split("-") if part)[:60] or "piece"
