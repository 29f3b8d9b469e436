"""Limits within which nothing that is rendered can hurt the process."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from .errors import LiquidError

#: Ample for a mail (mailbox providers clip at about 100 KB), small enough that no source can hurt the process.
MAX_OUTPUT = 2_000_000
MAX_LOOPS = 10_000
MAX_ITEMS = 100_000
MAX_BITS = 256
#: A content block may hold another one, that one no more.
MAX_BLOCK_DEPTH = 1


def limited(work: Callable[..., Any]) -> Callable[..., Any]:
    """``work``, refusing what is too large to begin with and what came out too large."""

    @wraps(work)  # carries python-liquid's own marks on the function along
    def limited(*values: Any, **named: Any) -> Any:
        for value in values:
            _refuse_large(value)
        result = work(*values, **named)
        _refuse_large(result)
        return result

    return limited


def _refuse_large(value: Any) -> None:
    if isinstance(value, str):
        large = len(value) > MAX_OUTPUT
    elif isinstance(value, (list, tuple, range)):
        large = len(value) > MAX_ITEMS
    else:
        large = isinstance(value, int) and value.bit_length() > MAX_BITS
    if large:
        raise LiquidError("A value grew too large.")


def foreseen(work: Callable[..., Any], size: Callable[..., int]) -> Callable[..., Any]:
    """``work`` for filters whose result can be far larger than what goes in: refused before it is made."""

    @wraps(work)
    def foreseen(*values: Any, **named: Any) -> Any:
        if size(*values) > MAX_OUTPUT:
            raise LiquidError("A value grew too large.")
        return work(*values, **named)

    return foreseen


def _joined_size(items: Any, separator: Any = " ") -> int:
    count = len(items) if hasattr(items, "__len__") else 1
    return count * len(str(separator))


def _replaced_size(text: Any, old: Any, new: Any = "") -> int:
    return (str(text).count(str(old)) if old else len(str(text)) + 1) * len(str(new))


def _dated_size(_value: Any, form: Any = "") -> int:
    """The widths of a format (``%20d``) are what makes a date long."""
    return len(str(form)) * max([1, *(int(width) for width in re.findall(r"\d{1,9}", str(form)))])


#: How large the results of those filters can be that make much of little.
SIZES: Mapping[str, Callable[..., int]] = {
    "join": _joined_size,
    "replace": _replaced_size,
    "replace_first": _replaced_size,
    "date": _dated_size,
}
