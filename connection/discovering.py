"""The custom attributes of a workspace: names and types, and never what a profile holds in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pydantic import JsonValue

from audiences.reading import Run
from braze_client import ExportUsers
from workspace.models import Attribute

DataType = Attribute.DataType
#: How Braze's names of types begin; "String (Automatically Detected)" is one of them.
_NAMES = {
    "string": DataType.STRING,
    "number": DataType.NUMBER,
    "integer": DataType.NUMBER,
    "float": DataType.NUMBER,
    "boolean": DataType.BOOLEAN,
    "time": DataType.TIME,
    "date": DataType.TIME,
    "array": DataType.ARRAY,
}
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?")


def read_attributes(run: Run) -> None:
    """From the profiles a person has named, else from Braze's list. Permission users.export.ids or custom_attributes.get."""
    run.keep(_from_profiles(run) if run.reading.sample else _from_the_list(run))


def _from_the_list(run: Run) -> list[dict[str, str]]:
    return [
        _found(each.name, _by_name(each.data_type or ""), each.description or "")
        for each in run.braze.iter_custom_attributes()
        if not (each.status or "").lower().startswith("block")
    ]


def _found(name: str, data_type: str, description: str = "") -> dict[str, str]:
    return {"name": name[:255], "data_type": data_type, "description": description[:200]}


def _by_name(words: str) -> str:
    """Empty for objects, and arrays of them, which a connected audience cannot compare."""
    plain = words.lower()
    if "object" in plain:
        return ""
    return next((kind.value for start, kind in _NAMES.items() if plain.startswith(start)), "")


# From a sample of profiles


def _from_profiles(run: Run) -> list[dict[str, str]]:
    asked = ExportUsers(
        external_ids=run.reading.sample, fields_to_export=["external_id", "custom_attributes"]
    )
    seen: dict[str, set[str]] = defaultdict(set)
    for profile in run.braze.export_users(asked).users:
        for name, value in (profile.custom_attributes or {}).items():
            seen[name].add(type_of(value))
    return [_found(name, _agreed(types)) for name, types in sorted(seen.items())]


def type_of(value: JsonValue) -> str:
    """The type that a value seems to have; empty for an object, and for one that says nothing."""
    if isinstance(value, bool):
        return DataType.BOOLEAN.value
    if isinstance(value, int | float):
        return DataType.NUMBER.value
    if isinstance(value, str):
        return DataType.TIME.value if _TIME.fullmatch(value.strip()) else DataType.STRING.value
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return DataType.ARRAY.value
    return ""


def _agreed(types: Iterable[str]) -> str:
    """What all profiles agree on; a text where they do not, for every value can be read as one."""
    known = {each for each in types if each}
    if len(known) > 1:
        return DataType.STRING.value
    return next(iter(known), "")
