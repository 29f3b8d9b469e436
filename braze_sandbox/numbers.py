"""Send analytics: counted per campaign, send id, variation and UTC day, as /sends/data_series reports them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from braze_sandbox import channels
from braze_sandbox.choices import Choices
from braze_sandbox.database import Database, Row
from braze_sandbox.workspaces import Campaign

METRICS = (
    "sent",
    "delivered",
    "opens",
    "unique_opens",
    "machine_open",
    "clicks",
    "unique_clicks",
    "unsubscribes",
    "bounces",
    "reported_spam",
)

#: Braze keeps send analytics this long after the send.
KEPT_DAYS = 14

#: workspace, campaign, send id, variation, day
Cell = tuple[str, str, str, str, str]
Tally = dict[Cell, Counter[str]]

_ADD = (
    f"INSERT INTO numbers VALUES (?, ?, ?, ?, ?, {', '.join('?' * len(METRICS))})"  # noqa: S608 - constants only
    f" ON CONFLICT DO UPDATE SET {', '.join(f'{one} = {one} + excluded.{one}' for one in METRICS)}"
)


class Numbers:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, tally: Mapping[Cell, Mapping[str, int]]) -> None:
        rows = [(*cell, *(counts.get(one, 0) for one in METRICS)) for cell, counts in tally.items()]
        self._database.run_many(_ADD, rows)

    def replace(self, cell: Cell, counts: Mapping[str, int]) -> None:
        """Set the numbers of one cell, for past sends told by the control API."""
        self._database.run(
            "DELETE FROM numbers WHERE workspace = ? AND campaign = ? AND send_id = ? AND variation = ? AND day = ?",
            *cell,
        )
        self.add({cell: counts})

    def series(
        self,
        workspace: str,
        campaign: Campaign,
        send_id: str,
        days: list[date],
        today: date,
        choices: Choices,
    ) -> list[dict[str, Any]]:
        """A row for each of ``days``, zeros included; nothing once the send is too old."""
        rows = self._database.rows(
            "SELECT * FROM numbers WHERE workspace = ? AND campaign = ? AND send_id = ? ORDER BY variation",
            *(workspace, campaign.id, send_id),
        )
        sent = [date.fromisoformat(row["day"]) for row in rows if row["sent"]]
        if sent and today - max(sent) > timedelta(days=KEPT_DAYS):
            return []
        found = {(row["variation"], row["day"]): row for row in rows}
        variations = sorted({row["variation"] for row in rows})
        return [_day(campaign, variations, day.isoformat(), found, choices) for day in days]

    def campaign_series(
        self, workspace: str, campaign: Campaign, days: list[date], choices: Choices
    ) -> list[dict[str, Any]]:
        """A row for each of ``days`` over all sends of a campaign, with send id or without."""
        sums = ", ".join(f"sum({one}) AS {one}" for one in METRICS)
        rows = self._database.rows(
            f"SELECT variation, day, {sums} FROM numbers WHERE workspace = ? AND campaign = ?"  # noqa: S608 - constants
            " GROUP BY variation, day",
            *(workspace, campaign.id),
        )
        found = {(row["variation"], row["day"]): row for row in rows}
        variations = sorted(campaign.variations)
        return [_day(campaign, variations, day.isoformat(), found, choices) for day in days]


def _day(
    campaign: Campaign, variations: list[str], day: str, found: dict[tuple[str, str], Row], choices: Choices
) -> dict[str, Any]:
    messages: dict[str, list[dict[str, Any]]] = {}
    for one in variations:
        known = campaign.variations.get(one)
        name = channels.in_stats(known.channel if known else "email")
        messages.setdefault(name, []).append(_entry(campaign, one, found.get((one, day)), choices))
    recipients = sum(int(entry["unique_recipients"]) for entries in messages.values() for entry in entries)
    return {"time": day, "messages": messages or {"email": []}, **_money(recipients)}


def _entry(campaign: Campaign, variation: str, row: Row | None, choices: Choices) -> dict[str, Any]:
    known = campaign.variations.get(variation)
    name = {"variation_name": known.name if known else "", "variation_api_id": variation}
    if choices.series_entry != "both":
        name.pop("variation_api_id" if choices.series_entry == "name" else "variation_name")
    counts = {metric: int(row[metric]) if row else 0 for metric in METRICS}
    return name | channels.metrics(known.channel if known else "email", counts) | _money(counts["sent"])


def _money(recipients: int) -> dict[str, Any]:
    return {
        "unique_recipients": recipients,
        "conversions": 0,
        "conversions_by_send_time": 0,
        "revenue": 0.0,
    }
