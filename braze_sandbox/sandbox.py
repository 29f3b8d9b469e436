"""All of a sandbox in one object: what it keeps, what it was told to be like."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from braze_sandbox import changes
from braze_sandbox.addresses import Addresses
from braze_sandbox.bodies import Bodies
from braze_sandbox.calls import Calls
from braze_sandbox.choices import Choices
from braze_sandbox.clock import DAY, Clock, TurnableClock, real_time
from braze_sandbox.database import TABLES, Database
from braze_sandbox.faults import Faults
from braze_sandbox.limits import Limits
from braze_sandbox.numbers import Numbers
from braze_sandbox.objects import Objects
from braze_sandbox.profiles import Profile, Profiles
from braze_sandbox.schedules import Schedules
from braze_sandbox.waiting import Change, Waiting
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
        speed: float | None = None,
        choices: dict[str, Any] | None = None,
    ) -> None:
        self.address, self.engagement_speed = address, engagement_speed
        self._speed, self._choices = speed, choices or {}
        #: How a call waits; tests count the seconds instead.
        self.pause: Callable[[float], None] = time.sleep
        self.database = Database(folder)
        self.bodies = Bodies(folder)
        self.clock = TurnableClock(clock)
        self.choices = Choices()
        self.faults = Faults(partial(self.database.keep, "faults"))
        self.limits = Limits(self.clock, self.database)
        self._resume()
        self.workspaces = Workspaces(self.database)
        self.profiles = Profiles(self.database)
        self.calls = Calls(self.database, self.bodies)
        self.schedules = Schedules(self.database, self.calls)
        self.numbers = Numbers(self.database)
        self.objects = Objects(self.database)
        self.addresses = Addresses(self.objects)
        self.waiting = Waiting(self.database)
        self.secret = self._secret()

    def _secret(self) -> bytes:
        """What signs the links in mails, the same after every start."""
        self.database.run("INSERT OR IGNORE INTO settings VALUES ('secret', ?)", secrets.token_hex(32))
        row = self.database.row("SELECT value FROM settings WHERE name = 'secret'")
        return bytes.fromhex(row["value"]) if row else b""

    def _resume(self) -> None:
        """Go on as the last start was told to; what this start is told has the last word."""
        if kept := self.database.kept("clock"):
            self.clock.resume(kept)
        if self._speed is not None:
            self.clock.turn({"speed": self._speed})
        kept_choices: dict[str, Any] = self.database.kept("choices") or {}
        self.choices = Choices().restored(kept_choices).changed(self._choices)
        self.faults.resume(self.database.kept("faults"))
        self.limits.forget_old(self.clock())

    def turn_clock(self, wish: dict[str, Any]) -> None:
        """Move the clock, see TurnableClock.turn. Raises BadTime."""
        self.clock.turn(wish)
        self.database.keep("clock", self.clock.as_kept())

    def reset_clock(self) -> None:
        """Real time, at the speed this start was told to."""
        self.clock.reset(self._speed or 1.0)
        self.database.keep("clock", self.clock.as_kept())

    def choose(self, wishes: dict[str, Any]) -> None:
        """Switch choices. Raises UnknownChoice."""
        self.choices = self.choices.changed(wishes)
        self.database.keep("choices", self.choices.as_json())

    def change_profiles_soon(self, workspace: str, objects: list[dict[str, Any]], now: float) -> None:
        """As change_profiles, but seen only after the chosen delay."""
        if self.choices.profile_delay > 0:
            self.waiting.add(Change(workspace, objects, now), now + self.choices.profile_delay)
        else:
            self.change_profiles(workspace, objects, now)

    def settle(self, now: float) -> None:
        """Let be seen by ``now`` what was changed long enough before."""
        if not self.waiting.any(now):
            return
        with self.database:
            for one in self.waiting.take(now):
                self.change_profiles(one.workspace, one.objects, one.at)

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
            self.addresses.meet(workspace, profile, now)
            book.add(profile)
        else:
            email, custom = profile.email, dict(profile.custom)
            changes.apply(profile, one, now)
            if profile.email != email:
                self.addresses.meet(workspace, profile, now)
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
        """Forget everything, or everything but the workspaces and their people; the clock shows real time again."""
        kept = {"workspaces", "profiles"} if keep_workspaces else set()
        with self.database:
            for table in TABLES:
                if table not in kept:
                    self.database.run(f"DELETE FROM {table}")  # noqa: S608 - a constant of ours
            self.database.run("DELETE FROM settings WHERE name <> 'secret'")
            self.bodies.clear()
            self.limits.reset()
            self.calls.reset()
            self.workspaces.load()
            self.profiles.load()
            self.waiting.load()
        self.choices = Choices().changed(self._choices)
        self.clock.reset(self._speed or 1.0)
        self.faults.clear()

    def close(self) -> None:
        self.limits.keep()
        self.database.close()
        self.bodies.close()
