"""What a person can do with a campaign: one function a verb, one transaction."""

from __future__ import annotations

from campaigns.services.approval import approve, ask_for_changes, submit
from campaigns.services.compose import (
    add_item,
    choose_audience,
    choose_time,
    duplicate,
    move_item,
    remove_item,
    rename,
    save_field,
    start,
)
from campaigns.services.follow import follow
from campaigns.services.sending import cancel, revise, schedule, settle_unknown

__all__ = [
    "add_item",
    "approve",
    "ask_for_changes",
    "cancel",
    "choose_audience",
    "choose_time",
    "duplicate",
    "follow",
    "move_item",
    "remove_item",
    "rename",
    "revise",
    "save_field",
    "schedule",
    "settle_unknown",
    "start",
    "submit",
]
