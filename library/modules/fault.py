"""What is wrong with a module, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Source: TypeAlias = Literal["mjml", "text"]
Part: TypeAlias = Literal["mjml", "text", "fields", "module"]


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a module from being published.

    `line` is counted from 1 in the source of the part; `at` names what of a field or of the module is meant, such as
    “fields.2.max_length”.
    """

    part: Part
    line: int | None
    what: str
    fix: str = ""
    at: str = ""
