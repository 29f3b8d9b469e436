"""Who is who: deleting, identifying, merging and renaming users.

https://www.braze.com/docs/api/endpoints/user_data
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from braze_sandbox.answers import Answer, Refused
from braze_sandbox.api.asking import objects, several, text
from braze_sandbox.calls import Call
from braze_sandbox.changes import MAX_EXTERNAL_ID, BadObject, alias_of
from braze_sandbox.profiles import Alias, Profile, ProfileBook
from braze_sandbox.recipients import PRIORITIES, preferred
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Workspace

Body = dict[str, Any]

_DELETED_BY = ("external_ids", "user_aliases", "braze_ids", "email_addresses", "phone_numbers")
_MERGES = ("none", "merge")


@dataclass(frozen=True, slots=True)
class _Registry:
    """The profiles of one workspace, for changing who they are."""

    sandbox: Sandbox
    workspace: str
    now: float

    @property
    def book(self) -> ProfileBook:
        return self.sandbox.profiles.book(self.workspace)

    def renamed(self, profile: Profile, rename: Callable[[Profile], None]) -> None:
        """Apply a change of identifiers and keep it."""
        self.book.unname(profile)
        rename(profile)
        profile.updated = self.now
        self.book.place(profile, profile.email, profile.custom)
        self.sandbox.profiles.save(self.workspace, [profile])

    def delete(self, profiles: list[Profile]) -> None:
        self.sandbox.profiles.delete(self.workspace, profiles)

    def absorb(self, kept: Profile, merged: Profile) -> None:
        """Fill what ``kept`` lacks from ``merged``, which is gone afterwards."""
        self.delete([merged])
        email, custom = kept.email, dict(kept.custom)
        kept.fields = merged.fields | kept.fields
        kept.custom = merged.custom | kept.custom
        kept.groups = {**(merged.groups or {}), **(kept.groups or {})} or None
        kept.aliases = tuple(dict.fromkeys((*kept.aliases, *merged.aliases)))
        kept.updated = self.now
        self.book.place(kept, email, custom)
        self.sandbox.profiles.save(self.workspace, [kept])

    def matches(self, given: Body) -> Profile | None:
        """The profile an identifier object means: one identifier, an address with priorities."""
        if given.get("external_id"):
            return self.book.external(str(given["external_id"]))
        if given.get("user_alias"):
            return self.book.alias(*_alias(given["user_alias"]))
        if given.get("braze_id"):
            return self.book.braze(str(given["braze_id"]))
        if given.get("email"):
            return preferred(self.book.emails(str(given["email"])), _priorities(given))
        if given.get("phone"):
            return preferred(self.book.phones(str(given["phone"])), _priorities(given))
        raise Refused("An identifier is required: external_id, user_alias, braze_id, email or phone")


def _alias(value: object) -> Alias:
    try:
        return alias_of(value)
    except BadObject as error:
        raise Refused(str(error)) from error


def _priorities(given: Body) -> list[str]:
    values = given.get("prioritization")
    if not isinstance(values, list) or not values or not set(map(str, values)) <= set(PRIORITIES):
        raise Refused(f"prioritization must be a list of {', '.join(PRIORITIES)}")
    return values


def _external_id(given: Body, name: str = "external_id") -> str:
    external_id = text(given, name)
    if len(external_id.encode()) > MAX_EXTERNAL_ID:
        raise Refused(f"{name} must be at most {MAX_EXTERNAL_ID} bytes")
    return external_id


# --- Deleting ------------------------------------------------------------------------------------------------


def delete(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    given = [kind for kind in _DELETED_BY if body.get(kind)]
    if len(given) != 1:
        raise Refused(f"Exactly one of {', '.join(_DELETED_BY)} is required")
    registry = _Registry(sandbox, workspace.name, call.at)
    named = _named(registry, given[0], body)
    found = {one.number: one for one in named if one}
    registry.delete(list(found.values()))
    return Answer({"deleted": len(found), "message": "success"})


def _named(registry: _Registry, kind: str, body: Body) -> list[Profile | None]:
    book = registry.book
    if kind == "external_ids":
        return [book.external(one) for one in several(body[kind], kind)]
    if kind == "braze_ids":
        return [book.braze(one) for one in several(body[kind], kind)]
    if kind == "user_aliases":
        return [book.alias(*_alias(one)) for one in objects(body, kind)]
    return [registry.matches(one) for one in objects(body, kind)]


# --- Identifying ---------------------------------------------------------------------------------------------


def identify(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    behaviour = body.get("merge_behavior", "merge")
    if behaviour not in _MERGES:
        raise Refused(f"merge_behavior must be {' or '.join(_MERGES)}")
    kinds = {
        "aliases": "aliases_to_identify",
        "emails": "emails_to_identify",
        "phones": "phone_numbers_to_identify",
    }
    orders = {kind: objects(body, name) for kind, name in kinds.items() if name in body}
    if not any(orders.values()):
        raise Refused(f"At least one of {', '.join(kinds.values())} is required")
    registry = _Registry(sandbox, workspace.name, call.at)
    wishes = [one for each in orders.values() for one in each]
    for one in wishes:  # all are read before the first takes effect
        _external_id(one)
        registry.matches(_anonymous(one))
    for one in wishes:
        _identify(registry, one, merge=behaviour == "merge")
    counts = {f"{kind}_processed": len(each) for kind, each in orders.items()}
    return Answer({**counts, "message": "success"})


def _anonymous(order: Body) -> Body:
    """The identifier an order has beside the external id."""
    return {name: value for name, value in order.items() if name != "external_id"}


def _identify(registry: _Registry, order: Body, *, merge: bool) -> None:
    """The anonymous profile gets the external id, or is merged into the one that has it."""
    external_id = _external_id(order)
    anonymous, known = registry.matches(_anonymous(order)), registry.book.external(external_id)
    if anonymous is None or anonymous.external_id is not None:
        return
    if known is None:
        registry.renamed(anonymous, lambda one: setattr(one, "external_id", external_id))
    elif merge:
        registry.absorb(known, anonymous)
    else:
        aliases = anonymous.aliases
        registry.renamed(anonymous, lambda one: setattr(one, "aliases", ()))
        registry.renamed(known, lambda one: setattr(one, "aliases", (*one.aliases, *aliases)))


def merge(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    orders = objects(body, "merge_updates")
    if not orders:
        raise Refused("merge_updates is required")
    registry = _Registry(sandbox, workspace.name, call.at)
    for one in orders:  # all are read before the first takes effect
        _pair(registry, one)
    for one in orders:
        gone, kept = _pair(registry, one)
        if gone and kept and gone is not kept:
            registry.absorb(kept, gone)
    return Answer()


def _pair(registry: _Registry, order: Body) -> tuple[Profile | None, Profile | None]:
    """Who is to be merged, and into whom."""
    gone, kept = order.get("identifier_to_merge"), order.get("identifier_to_keep")
    if not isinstance(gone, dict) or not isinstance(kept, dict):
        raise Refused("Each merge update has an identifier_to_merge and an identifier_to_keep")
    return registry.matches(gone), registry.matches(kept)


# --- Aliases -------------------------------------------------------------------------------------------------


def new_alias(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    """For a known user one more name; without an external id a user known by nothing else."""
    orders = objects(body, "user_aliases")
    if not orders:
        raise Refused("user_aliases is required")
    registry = _Registry(sandbox, workspace.name, call.at)
    aliases = [_alias(one) for one in orders]
    for order, alias in zip(orders, aliases, strict=True):
        _name(registry, order, alias)
    return Answer({"aliases_processed": len(orders), "message": "success"})


def _name(registry: _Registry, order: Body, alias: Alias) -> None:
    if registry.book.alias(*alias) is not None:
        return
    external_id = order.get("external_id")
    if not external_id:
        made = registry.sandbox.profiles.new(registry.now)
        made.aliases = (alias,)
        registry.book.add(made)
        registry.sandbox.profiles.save(registry.workspace, [made])
    elif profile := registry.book.external(str(external_id)):
        others = tuple(one for one in profile.aliases if one[0] != alias[0])
        registry.renamed(profile, lambda one: setattr(one, "aliases", (*others, alias)))


def update_alias(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    orders = objects(body, "alias_updates")
    if not orders:
        raise Refused("alias_updates is required")
    registry = _Registry(sandbox, workspace.name, call.at)
    changes = [
        tuple(text(one, name) for name in ("alias_label", "old_alias_name", "new_alias_name"))
        for one in orders
    ]
    for label, old, new in changes:
        if (profile := registry.book.alias(label, old)) and registry.book.alias(label, new) is None:
            others = tuple(one for one in profile.aliases if one != (label, old))
            registry.renamed(profile, _setter((*others, (label, new))))
    return Answer()


def _setter(aliases: tuple[Alias, ...]) -> Callable[[Profile], None]:
    return lambda profile: setattr(profile, "aliases", aliases)


# --- External ids --------------------------------------------------------------------------------------------


def rename(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    """The old id goes on working as a deprecated one until it is removed."""
    orders = objects(body, "external_id_renames")
    if not orders:
        raise Refused("external_id_renames is required")
    registry = _Registry(sandbox, workspace.name, call.at)
    pairs = [(text(one, "current_external_id"), _external_id(one, "new_external_id")) for one in orders]
    renamed, errors = [], []
    for old, new in pairs:
        if problem := _rename(registry, old, new):
            errors.append(problem)
        else:
            renamed.append(new)
    return Answer({"external_ids": renamed, "rename_errors": errors, "message": "success"})


def _rename(registry: _Registry, old: str, new: str) -> str:
    profile = registry.book.external(old)
    if profile is None or profile.external_id != old:
        return f"Could not find a user with the external id '{old}'"
    if registry.book.external(new) is not None:
        return f"The external id '{new}' is already in use"

    def change(one: Profile) -> None:
        one.external_id = new
        one.fields["deprecated_external_ids"] = [*_deprecated(one), old]

    registry.renamed(profile, change)
    return ""


def _deprecated(profile: Profile) -> list[str]:
    return list(profile.fields.get("deprecated_external_ids") or [])


def remove(sandbox: Sandbox, workspace: Workspace, call: Call, body: Body) -> Answer:
    registry = _Registry(sandbox, workspace.name, call.at)
    removed, errors = [], []
    for old in several(body.get("external_ids"), "external_ids"):
        profile = registry.book.external(old)
        if profile is None or old not in _deprecated(profile):
            errors.append(f"'{old}' is not a deprecated external id")
        else:
            left = [one for one in _deprecated(profile) if one != old]
            registry.renamed(profile, _forgetting(left))
            removed.append(old)
    return Answer({"removed_ids": removed, "removal_errors": errors, "message": "success"})


def _forgetting(left: list[str]) -> Callable[[Profile], None]:
    return lambda profile: profile.fields.update(deprecated_external_ids=left)
