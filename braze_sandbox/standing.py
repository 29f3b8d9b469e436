"""Who gets nothing because of what they got before: re-eligibility of the campaign, frequency caps of the workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from braze_sandbox.clock import DAY
from braze_sandbox.database import Row
from braze_sandbox.rules import Cap
from braze_sandbox.sandbox import Sandbox

_OF_CAMPAIGN = (
    "SELECT DISTINCT d.profile FROM deliveries d JOIN schedules s ON s.number = d.schedule"
    " WHERE s.workspace = ? AND s.campaign = ? AND s.number <> ? AND d.at > ?"
)
_TOO_MANY = (
    "SELECT profile FROM deliveries WHERE workspace = ? AND at > ? AND (? = '' OR channel = ?) AND schedule <> ?"
    " GROUP BY profile HAVING count(*) >= ?"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Profiles by number. ``received`` had the campaign too recently; ``capped`` are at the limit of a cap."""

    received: frozenset[int] = frozenset()
    wait: str = ""
    capped: dict[Cap, frozenset[int]] = field(default_factory=dict)

    def obstacle(self, profile: int, channel: str) -> str:
        """Why this person silently gets nothing; "" if nothing is in the way."""
        if profile in self.received:
            return f"not re-eligible for the campaign{self.wait}"
        for cap, full in self.capped.items():
            if profile in full and cap.channel in ("", channel):
                return f"frequency cap: {cap}"
        return ""


def standing(sandbox: Sandbox, row: Row, content: dict[str, Any], now: float) -> Standing:
    """How everybody stands towards one sending; its own earlier parts do not count."""
    workspace = sandbox.workspaces.get(row["workspace"])
    if workspace is None:
        return Standing()
    campaign = workspace.campaigns.get(row["campaign"])
    received, wait = frozenset[int](), ""
    if campaign is not None and campaign.re_eligible is not True:
        days = campaign.re_eligible
        since = now - days * DAY if days else float("-inf")
        received = _profiles(sandbox, _OF_CAMPAIGN, workspace.name, campaign.id, row["number"], since)
        wait = f" before {days:g} days have passed" if days else ""
    free = content.get("override_messaging_limits") or content.get("override_frequency_capping")
    caps = [] if free is True else workspace.caps
    return Standing(received, wait, {cap: _at_limit(sandbox, row, cap, now) for cap in caps})


def _at_limit(sandbox: Sandbox, row: Row, cap: Cap, now: float) -> frozenset[int]:
    since = now - cap.days * DAY
    values = (row["workspace"], since, cap.channel, cap.channel, row["number"], cap.messages)
    return _profiles(sandbox, _TOO_MANY, *values)


def _profiles(sandbox: Sandbox, statement: str, *values: object) -> frozenset[int]:
    return frozenset(row[0] for row in sandbox.database.rows(statement, *values))
