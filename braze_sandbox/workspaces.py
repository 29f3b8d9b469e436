"""Workspaces as the control API defines them: keys, apps, API campaigns with variations, segments."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from braze_sandbox.audience import BadAudience, describe, validate
from braze_sandbox.database import Database
from braze_sandbox.extras import BadExtra, Extras, read_extras
from braze_sandbox.rules import BadRule, Cap, ReEligible, read_addresses, read_caps, read_re_eligible

#: What Braze's page about this product asks a brand to grant.
PARTNER = frozenset(
    {
        "users.track",
        "users.export.ids",
        "messages.schedule.create",
        "messages.schedule.update",
        "messages.schedule.delete",
        "sends.id.create",
        "sends.data_series",
        "segments.list",
        "segments.details",
        "segments.data_series",
    }
)
PERMISSIONS = PARTNER | {
    "users.delete",
    "users.identify",
    "users.merge",
    "users.alias.new",
    "users.alias.update",
    "users.external_ids.rename",
    "users.external_ids.remove",
    "messages.send",
    "messages.schedule_broadcasts",
    "campaigns.list",
    "campaigns.details",
    "campaigns.data_series",
    "campaigns.trigger.send",
    "campaigns.trigger.schedule.create",
    "campaigns.trigger.schedule.update",
    "campaigns.trigger.schedule.delete",
    "transactional.send",
    "email.unsubscribe",
    "email.hard_bounces",
    "email.status",
    "email.bounce.remove",
    "email.spam.remove",
    "email.blacklist",
    "subscription.status.set",
    "subscription.status.get",
    "subscription.groups.get",
    "templates.email.create",
    "templates.email.update",
    "templates.email.list",
    "templates.email.info",
    "content_blocks.create",
    "content_blocks.update",
    "content_blocks.list",
    "content_blocks.info",
    "custom_attributes.get",
    "kpi.dau.data_series",
    "kpi.mau.data_series",
    "kpi.new_users.data_series",
    "kpi.uninstalls.data_series",
    "preference_center.list",
    "preference_center.get",
    "preference_center.update",
    "preference_center.user.get",
}
_GRANTS = {"all": PERMISSIONS, "partner": PARTNER}


class BadDefinition(ValueError):
    """A workspace that cannot be set up. The text says where and why."""


@dataclass(frozen=True, slots=True)
class Key:
    """A REST key, known by its hash only."""

    name: str
    workspace: str
    permissions: frozenset[str]
    #: Networks it may be used from; none means from everywhere.
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variation:
    id: str
    name: str
    channel: str


@dataclass(frozen=True, slots=True)
class Campaign:
    id: str
    name: str
    variations: dict[str, Variation]
    re_eligible: ReEligible


@dataclass(frozen=True, slots=True)
class Segment:
    id: str
    name: str
    description: str
    analytics: bool
    tags: list[str]
    created: str
    filter: dict[str, Any] | None

    def rendering(self) -> str:
        """The filters in words, as /segments/details describes them."""
        return describe(self.filter) if self.filter else "All users"


@dataclass(slots=True)
class Workspace:
    name: str
    app_ids: frozenset[str] = frozenset()
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    segments: dict[str, Segment] = field(default_factory=dict)
    extras: Extras = field(default_factory=Extras)
    caps: list[Cap] = field(default_factory=list)
    #: External ids that /users/track refuses.
    blocked: frozenset[str] = frozenset()


class Workspaces:
    """All workspaces and their keys, kept in memory and on disk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.load()

    def load(self) -> None:
        """Read everything from disk again."""
        self._by_name: dict[str, Workspace] = {}
        self._keys: dict[str, Key] = {}
        for row in self._database.rows("SELECT definition FROM workspaces ORDER BY name"):
            self._remember(json.loads(row["definition"]))

    def define(self, wish: dict[str, Any]) -> Workspace:
        """Make or replace a workspace. Raises BadDefinition, then nothing has changed."""
        return self._replace(_checked(wish))

    def amend(self, name: str, change: Callable[[dict[str, Any]], None]) -> Workspace:
        """Let ``change`` edit a workspace's stored definition. Raises KeyError for a name that is none."""
        row = self._database.row("SELECT definition FROM workspaces WHERE name = ?", name)
        if row is None:
            raise KeyError(name)
        definition = json.loads(row["definition"])
        change(definition)
        return self._replace(definition)

    def _replace(self, definition: dict[str, Any]) -> Workspace:
        name = definition["name"]
        self._database.run("INSERT OR REPLACE INTO workspaces VALUES (?, ?)", name, json.dumps(definition))
        self._keys = {hashed: key for hashed, key in self._keys.items() if key.workspace != name}
        return self._remember(definition)

    def keys_of(self, workspace: str) -> list[Key]:
        return [key for key in self._keys.values() if key.workspace == workspace]

    def key(self, secret: str) -> Key | None:
        return self._keys.get(_hashed(secret))

    def get(self, name: str) -> Workspace | None:
        return self._by_name.get(name)

    def __getitem__(self, name: str) -> Workspace:
        return self._by_name[name]

    def __iter__(self) -> Iterator[Workspace]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def _remember(self, definition: dict[str, Any]) -> Workspace:
        workspace = Workspace(
            definition["name"],
            frozenset(definition["app_ids"]),
            {one["id"]: _campaign(one) for one in definition["campaigns"]},
            {one["id"]: Segment(**one) for one in definition["segments"]},
            Extras.load(definition.get("extras", {})),
            [Cap(**one) for one in definition.get("caps", [])],
            frozenset(definition.get("blocked", [])),
        )
        for key in definition["keys"]:
            permissions, addresses = frozenset(key["permissions"]), tuple(key.get("addresses", ()))
            self._keys[key["hash"]] = Key(key["name"], workspace.name, permissions, addresses)
        self._by_name[workspace.name] = workspace
        return workspace


def _campaign(one: dict[str, Any]) -> Campaign:
    variations = {each["id"]: Variation(**each) for each in one["variations"]}
    return Campaign(one["id"], one["name"], variations, one["re_eligible"])


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# --- Reading a definition ------------------------------------------------------------------------------------


def _checked(wish: dict[str, Any]) -> dict[str, Any]:
    """``wish`` complete with defaults, and with keys hashed."""
    name = _text(wish, "name", "workspace")
    return {
        "name": name,
        "app_ids": [str(one) for one in _list(wish, "app_ids")],
        "keys": [_key(one, position) for position, one in enumerate(_list(wish, "keys"), 1)],
        "campaigns": [_read_campaign(one) for one in _list(wish, "campaigns")],
        "segments": [_read_segment(one) for one in _list(wish, "segments")],
        "extras": _read(read_extras, wish),
        "caps": _read(read_caps, _list(wish, "frequency_caps")),
        "blocked": [str(one) for one in _list(wish, "blocked_external_ids")],
    }


def _read(reader: Callable[[Any], Any], wish: Any) -> Any:
    try:
        return reader(wish)
    except (BadExtra, BadRule) as error:
        raise BadDefinition(str(error)) from error


def _key(one: dict[str, Any], position: int) -> dict[str, Any]:
    granted = one.get("permissions", "all")
    permissions = sorted(_GRANTS[granted] if isinstance(granted, str) else granted)
    return {
        "name": str(one.get("name") or f"key {position}"),
        "hash": _hashed(_text(one, "key", "keys")),
        "permissions": permissions,
        "addresses": _read(read_addresses, _list(one, "addresses")),
    }


def _read_campaign(one: dict[str, Any]) -> dict[str, Any]:
    variations = [
        {
            "id": _text(each, "id", "variations"),
            "name": str(each.get("name", "")),
            "channel": str(each.get("channel", "email")),
        }
        for each in _list(one, "variations")
    ]
    return {
        "id": _text(one, "id", "campaigns"),
        "name": str(one.get("name", "")),
        "variations": variations,
        "re_eligible": _read(read_re_eligible, one.get("re_eligible", True)),
    }


def _read_segment(one: dict[str, Any]) -> dict[str, Any]:
    identity = _text(one, "id", "segments")
    if one.get("filter") is not None:
        try:
            validate(one["filter"], default_attributes=True)
        except BadAudience as error:
            raise BadDefinition(f"segments: the filter of {identity}: {error}") from error
    return {
        "id": identity,
        "name": str(one.get("name", "")),
        "description": str(one.get("description", "")),
        "analytics": bool(one.get("analytics", True)),
        "tags": [str(tag) for tag in _list(one, "tags")],
        "created": str(one.get("created", "2026-01-05T09:00:00Z")),
        "filter": one.get("filter"),
    }


def _text(one: Any, name: str, where: str) -> str:
    value = one.get(name) if isinstance(one, dict) else None
    if not isinstance(value, str) or not value:
        raise BadDefinition(f"{where}: '{name}' is missing.")
    return value


def _list(one: dict[str, Any], name: str) -> list[Any]:
    value = one.get(name) or []
    if not isinstance(value, list):
        raise BadDefinition(f"'{name}' must be a list.")
    return value
