"""The people of a workspace: kept in memory for quick audiences, on disk for the next start."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from sys import intern
from typing import Any

from braze_client.liquid import Person
from braze_sandbox.audience import equals_of, test_of
from braze_sandbox.clock import iso
from braze_sandbox.database import Database

Alias = tuple[str, str]

#: Strings up to here are likely to be shared by many profiles (cities, shops, states).
SHORT = 24

#: ``${…}`` names of Liquid that differ from the field's name on /users/track.
_LIQUID_NAMES = {
    "email": "email_address",
    "home_city": "city",
    "dob": "date_of_birth",
    "phone": "phone_number",
}


class Profile:
    """One user. ``fields`` are Braze's own attributes, ``custom`` the brand's; aliases are (label, name)."""

    __slots__ = (
        "aliases",
        "created",
        "custom",
        "external_id",
        "fields",
        "groups",
        "number",
        "undeliverable",
        "updated",
    )

    def __init__(self, number: int, created: float) -> None:
        self.number, self.created, self.updated = number, created, created
        self.external_id: str | None = None
        self.aliases: tuple[Alias, ...] = ()
        self.fields: dict[str, Any] = {}
        self.custom: dict[str, Any] = {}
        self.groups: dict[str, str] | None = None
        #: Why no mail reaches the address any more: "bounced" or "spam", else empty.
        self.undeliverable = ""

    @property
    def braze_id(self) -> str:
        return f"{int(self.created):08x}b7a2{self.number:012x}"

    @property
    def email(self) -> str:
        return str(self.fields.get("email") or "")

    @property
    def email_state(self) -> str:
        return str(self.fields.get("email_subscribe") or "subscribed")

    def set_email_state(self, state: str, at: float) -> None:
        """Give the address a subscription state, and remember since when it is unsubscribed."""
        self.fields["email_subscribe"] = state
        self.fields.pop("email_unsubscribed_at", None)
        if state == "unsubscribed":
            self.fields["email_unsubscribed_at"] = at

    def bounce(self, at: float) -> None:
        """Mail to this address came back for good."""
        self.undeliverable = "bounced"
        self.fields["hard_bounced_at"] = at

    @property
    def last_used(self) -> float | None:
        held = self.fields.get("date_of_last_session")
        return held if isinstance(held, float) else None

    @property
    def label(self) -> str:
        """How logs name this person."""
        return self.external_id or (self.aliases[0][1] if self.aliases else "") or self.email or self.braze_id

    def person(self) -> Person:
        """The profile as Liquid sees it."""
        attributes = {_LIQUID_NAMES.get(name, name): value for name, value in self.fields.items()}
        attributes |= {"user_id": self.external_id, "braze_id": self.braze_id}
        attributes["random_bucket_number"] = self.number * 7919 % 10_000
        states = {"email_global": self.email_state, **(self.groups or {})}
        return Person(attributes, self.custom, states)

    def dump(self) -> str:
        groups = self.groups or {}
        row = [self.external_id, self.aliases, self.fields, self.custom, groups, self.created, self.updated]
        return json.dumps([*row, self.undeliverable], separators=(",", ":"))

    @classmethod
    def load(cls, number: int, data: str) -> Profile:
        external_id, aliases, fields, custom, groups, created, updated, undeliverable = json.loads(data)
        profile = cls(number, created)
        profile.external_id, profile.updated, profile.undeliverable = external_id, updated, undeliverable
        profile.aliases = tuple((label, name) for label, name in aliases)
        profile.fields, profile.custom, profile.groups = _compact(fields), _compact(custom), groups or None
        return profile

    def exported(self) -> dict[str, Any]:
        """Every field /users/export/ids knows of, empty ones left out."""
        aliases = [{"alias_name": name, "alias_label": label} for label, name in self.aliases]
        everything = {
            "external_id": self.external_id,
            "user_aliases": aliases,
            "braze_id": self.braze_id,
            "created_at": iso(self.created),
            "random_bucket": self.number * 7919 % 10_000,
            "total_revenue": 0.0,
            "email_subscribe": self.email_state if self.email else None,
            "push_subscribe": self.fields.get("push_subscribe", "subscribed"),
            "custom_attributes": self.custom or None,
            **{name: value for name, value in self.fields.items() if name != "email_subscribe"},
        }
        return {name: value for name, value in everything.items() if value is not None}


def shared(value: Any) -> Any:
    """``value`` with its short strings shared: thousands of profiles hold the same city, shop or state."""
    if isinstance(value, str):
        return intern(value) if len(value) <= SHORT else value
    return [shared(one) for one in value] if isinstance(value, list) else value


def _compact(values: dict[str, Any]) -> dict[str, Any]:
    return {intern(name): shared(value) for name, value in values.items()}


class ProfileBook:
    """All profiles of one workspace and the ways to find them."""

    def __init__(self) -> None:
        self.by_number: dict[int, Profile] = {}
        self._by_external: dict[str, Profile] = {}
        self._by_alias: dict[Alias, Profile] = {}
        self._by_email: dict[str, tuple[Profile, ...]] = {}
        #: attribute -> string value -> numbers; made for an attribute when an audience first asks for it.
        self._indexes: dict[str, dict[str, set[int]]] = {}

    def __len__(self) -> int:
        return len(self.by_number)

    def __iter__(self) -> Iterator[Profile]:
        return iter(list(self.by_number.values()))

    def external(self, external_id: str) -> Profile | None:
        return self._by_external.get(external_id)

    def alias(self, label: str, name: str) -> Profile | None:
        return self._by_alias.get((label, name))

    def braze(self, braze_id: str) -> Profile | None:
        try:
            found = self.by_number.get(int(braze_id[-12:], 16))
        except ValueError:
            return None
        return found if found and found.braze_id == braze_id else None

    def emails(self, email: str) -> tuple[Profile, ...]:
        """Profiles with this address, the one /users/track would change first."""
        found = self._by_email.get(email.lower(), ())
        return tuple(sorted(found, key=lambda one: (one.external_id is None, -one.updated)))

    def phones(self, phone: str) -> tuple[Profile, ...]:
        return tuple(one for one in self if one.fields.get("phone") == phone)

    def add(self, profile: Profile) -> None:
        """Take in a profile whose values are final."""
        self.by_number[profile.number] = profile
        self.place(profile, "", {})

    def place(self, profile: Profile, old_email: str, old_custom: dict[str, Any]) -> None:
        """Make ``profile`` findable by what it holds now, and no longer by what it held."""
        if profile.external_id is not None:
            self._by_external[profile.external_id] = profile
        for former in profile.fields.get("deprecated_external_ids") or []:
            self._by_external[former] = profile
        for alias in profile.aliases:
            self._by_alias[alias] = profile
        email = profile.email.lower()
        if email != old_email.lower():
            self._move_email(profile, old_email.lower(), email)
        for name, index in self._indexes.items():
            _reindex(index, profile.number, old_custom.get(name), profile.custom.get(name))

    def remove(self, profile: Profile) -> None:
        """Forget a profile."""
        self.unname(profile)
        self._move_email(profile, profile.email.lower(), "")
        for name, index in self._indexes.items():
            _reindex(index, profile.number, profile.custom.get(name), None)
        del self.by_number[profile.number]

    def unname(self, profile: Profile) -> None:
        """Make ``profile`` unfindable by external ids and aliases; ``place`` makes it findable again."""
        for name in (profile.external_id, *(profile.fields.get("deprecated_external_ids") or [])):
            self._by_external.pop(name or "", None)
        for alias in profile.aliases:
            self._by_alias.pop(alias, None)

    def _move_email(self, profile: Profile, old: str, new: str) -> None:
        if new == profile.email:
            new = profile.email  # one copy of the string rather than two
        if old and not (left := tuple(one for one in self._by_email.get(old, ()) if one is not profile)):
            self._by_email.pop(old, None)
        elif old:
            self._by_email[old] = left
        if new:
            self._by_email[new] = (*self._by_email.get(new, ()), profile)

    def among(self, audiences: list[dict[str, Any]], now: float) -> list[Profile]:
        """The profiles that belong to all of ``audiences``."""
        tests = [test_of(one) for one in audiences]
        candidates = self._candidates([pair for one in audiences for pair in equals_of(one)])
        return [one for one in candidates if all(test(one, now) for test in tests)]

    def _candidates(self, conditions: list[tuple[str, list[str]]]) -> Iterable[Profile]:
        found: list[set[int]] = [self._holding(name, values) for name, values in conditions]
        if not found:
            return self
        fewest = min(found, key=len)
        return [self.by_number[number] for number in sorted(fewest)]

    def _holding(self, name: str, values: list[str]) -> set[int]:
        if name not in self._indexes:
            index: dict[str, set[int]] = {}
            for profile in self:
                _reindex(index, profile.number, None, profile.custom.get(name))
            self._indexes[name] = index
        return set().union(*(self._indexes[name].get(value, set()) for value in values))


def _reindex(index: dict[str, set[int]], number: int, old: Any, new: Any) -> None:
    if old == new:
        return
    for value in _strings(old):
        index.get(value, set()).discard(number)
    for value in _strings(new):
        index.setdefault(value, set()).add(number)


def _strings(held: Any) -> list[str]:
    if isinstance(held, str):
        return [held]
    return [one for one in held if isinstance(one, str)] if isinstance(held, list) else []


class Profiles:
    """The profile books of all workspaces, and their keeping."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.load()

    def load(self) -> None:
        """Read everything from disk again."""
        self._books: dict[str, ProfileBook] = {}
        self._last = 0
        # In portions: all rows at once would be held in memory beside the profiles made of them.
        while rows := self._database.rows(
            "SELECT number, workspace, data FROM profiles WHERE number > ? ORDER BY number LIMIT 500",
            self._last,
        ):
            for row in rows:
                self.book(row["workspace"]).add(Profile.load(row["number"], row["data"]))
            self._last = rows[-1]["number"]

    def book(self, workspace: str) -> ProfileBook:
        return self._books.setdefault(workspace, ProfileBook())

    def new(self, now: float) -> Profile:
        """A profile with the next number, not yet in any book."""
        self._last += 1
        return Profile(self._last, now)

    def delete(self, workspace: str, profiles: Iterable[Profile]) -> None:
        """Forget profiles, here and on disk."""
        for profile in profiles:
            self.book(workspace).remove(profile)
            self._database.run("DELETE FROM profiles WHERE number = ?", profile.number)

    def save(self, workspace: str, profiles: Iterable[Profile]) -> None:
        rows = [(one.number, workspace, one.dump()) for one in profiles]
        self._database.run_many("INSERT OR REPLACE INTO profiles VALUES (?, ?, ?)", rows)
