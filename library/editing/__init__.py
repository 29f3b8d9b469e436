"""What an admin does to templates, step by step: each a transaction, none ever lost."""

from __future__ import annotations

from library.editing.drafts import (
    EditedMeanwhile,
    begin,
    change,
    discard,
    draft_of,
    redo,
    seen,
    undo,
    unless_edited,
)
from library.editing.standing import archive, restore, set_season, share

__all__ = [
    "EditedMeanwhile",
    "archive",
    "begin",
    "change",
    "discard",
    "draft_of",
    "redo",
    "restore",
    "seen",
    "set_season",
    "share",
    "undo",
    "unless_edited",
]
