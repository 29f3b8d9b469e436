"""What Braze says when it refuses: read from whatever it sends, without the key, fit to show."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, Field, JsonValue, ValidationError

from ._key import Key
from .errors import RowError

LONGEST_WORDS: Final = 500


class _Envelope(BaseModel):
    """`message` and `errors` as documented, `error` as seen where JSON could not be parsed."""

    message: JsonValue = None
    error: JsonValue = None
    errors: JsonValue = Field(default=None)


def problem_in(body: bytes, key: Key) -> tuple[str, tuple[RowError, ...]]:
    """Words and row errors of a refusal's body; both empty when it is not Braze's JSON (a proxy's page)."""
    try:
        envelope = _Envelope.model_validate_json(body)
    except ValidationError:
        return "", ()
    errors = envelope.errors if isinstance(envelope.errors, list) else [envelope.errors]
    sayings = [envelope.message, envelope.error, *(each for each in errors if isinstance(each, str))]
    rows = tuple(_blacked_out(row, key) for row in map(row_error, errors) if row)
    return _fit(" ".join(each for each in sayings if isinstance(each, str)), key), rows


def row_error(item: JsonValue) -> RowError | None:
    """An item of `errors` as the error of one row, if it names one."""
    match item:
        case {"input_array": str(array), "index": int(index), **rest} if index >= 0 and index is not True:
            return RowError(array, index, str(rest.get("type") or rest.get("message") or ""))
        case _:
            return None


def _blacked_out(row: RowError, key: Key) -> RowError:
    return RowError(row.input_array, row.index, _fit(row.words, key))


def _fit(text: str, key: Key) -> str:
    """One line, visible characters only, no key, not endless."""
    visible = "".join(each if each.isprintable() else " " for each in text)
    return key.blacked_out(" ".join(visible.split()))[:LONGEST_WORDS]
