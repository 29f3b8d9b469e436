"""All of a sandbox in one object: what it keeps, what it was told to be like."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from braze_sandbox import changes
from braze_sandbox.calls import Calls
from braze_sandbox.choices import Choices
from braze_sandbox.clock import DAY, Clock, real_time
from braze_sandbox.database import TABLES, Database
from braze_sandbox.faults import Faults
from braze_sandbox.limits import Limits
from braze_sandbox.numbers import Numbers
from braze_sandbox.profiles import Profile, Profiles
from braze_sandbox.schedules import Schedules
from braze_sandbox.workspaces import Segment, Workspaces


class Sandbox:
    """One Braze. ``address`` is where its pages are found by the links in mails."""

    def __init__(
        self,
        folder: Path,
        *,
        address: str = "http://127.0.0.1",
        clock: Clock = real_time,
        engagement_speed: float = 1.0,
    ) -> None:
        self.clock, self.address, self.engagement_speed = clock, address, engagement_speed
        self.database = Database(folder)
        self.choices = Choices()
        self.faults, self.limits = Faults(), Limits()
        self.workspaces = Workspaces(self.database)
        self.profiles = Profiles(self.database)
        self.calls = Calls(self.database)
        self.schedules = Schedules(self.database, self.calls)
        self.numbers = Numbers(self.database)
        self.secret = self._secret()

    def _secret(self) -> bytes:
        """What signs the links in mails, the same after every start."""
        self.database.run("INSERT OR IGNORE INTO settings VALUES ('secret', ?)", secrets.token_hex(32))
        row = self.database.row("SELECT value FROM settings WHERE name = 'secret'")
        return bytes.fromhex(row["value"]) if row else b""

    def change_profiles(self, workspace: str, objects: Iterable[dict[str, Any]], now: float) -> None:
        """Apply valid attribute objects, in order, and keep the outcome."""
        touched: dict[int, Profile] = {}
        for one in objects:
            if profile := self._change_profile(workspace, one, now):
                touched[profile.number] = profile
        self.profiles.save(workspace, touched.values())

    def _change_profile(self, workspace: str, one: dict[str, Any], now: float) -> Profile | None:
        book = self.profiles.book(workspace)
        profile = changes.find(book, one)
        if profile is None:
            if not changes.may_create(one):
                return None
            profile = self.profiles.new(now)
            changes.name_new(profile, one)
            changes.apply(profile, one, now)
            book.add(profile)
        else:
            email, custom = profile.email, dict(profile.custom)
            changes.apply(profile, one, now)
            book.place(profile, email, custom)
        return profile

    def members(self, workspace: str, segment: Segment, now: float) -> list[Profile]:
        """Who belongs to ``segment`` at this moment."""
        return self.profiles.book(workspace).among([segment.filter] if segment.filter else [], now)

    def has_send_id(self, workspace: str, campaign: str, send_id: str) -> bool:
        row = self.database.row(
            "SELECT 1 FROM send_ids WHERE workspace = ? AND campaign = ? AND send_id = ?",
            workspace,
            campaign,
            send_id,
        )
        return row is not None

    def send_ids_today(self, workspace: str) -> int:
        day = int(self.clock() // DAY)
        return self.database.number(
            "SELECT count(*) FROM send_ids WHERE workspace = ? AND day = ?", workspace, day
        )

    def reset(self, *, keep_workspaces: bool = False) -> None:
        """Forget everything, or everything but the workspaces and their people."""
        kept = {"workspaces", "profiles"} if keep_workspaces else set()
        with self.database:
            for table in TABLES:
                if table not in kept:
                    self.database.run(f"DELETE FROM {table}")  # noqa: S608 - a constant of ours
            self.workspaces.load()
            self.profiles.load()
        self.choices = Choices()
        self.faults.clear()
        self.limits.reset()

    def close(self) -> None:
        self.database.close()
