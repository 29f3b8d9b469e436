"""What a person can do with a campaign: one function a verb, one transaction."""

from __future__ import annotations

from campaigns.services.approval import approve, ask_for_changes, submit
from campaigns.services.bypass import let_pass
from campaigns.services.changing import move, refresh, retarget, would_differ
from campaigns.services.compose import (
    Change,
    Conflict,
    add_item,
    choose_audience,
    choose_time,
    discard,
    duplicate,
    move_item,
    remove_item,
    rename,
    save,
    start,
)
from campaigns.services.follow import follow
from campaigns.services.sending import cancel, revise, schedule, settle_unknown

__all__ = [
    "Change",
    "Conflict",
    "add_item",
    "approve",
    "ask_for_changes",
    "cancel",
    "choose_audience",
    "choose_time",
    "discard",
    "duplicate",
    "follow",
    "let_pass",
    "move",
    "move_item",
    "refresh",
    "remove_item",
    "rename",
    "retarget",
    "revise",
    "save",
    "schedule",
    "settle_unknown",
    "start",
    "submit",
    "would_differ",
]
