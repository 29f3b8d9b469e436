"""POST /users/track and /users/export/ids.

https://www.braze.com/docs/api/endpoints/user_data/post_user_track
https://www.braze.com/docs/api/endpoints/export/user_data/post_users_identifier
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from braze_sandbox import changes
from braze_sandbox.answers import Answer, Refused
from braze_sandbox.calls import Call
from braze_sandbox.changes import BadObject
from braze_sandbox.clock import iso, read_time
from braze_sandbox.profiles import Profile, ProfileBook
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.workspaces import Workspace

MAX_OBJECTS = 75
MAX_IDS = 50
MAX_QUANTITY = 100
KINDS = ("attributes", "events", "purchases")
NO_VALID_DATA = "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields."
BLOCKED = "provided external_id is blacklisted and disallowed"

_EXPORTABLE = {
    "apps", "attributed_campaign", "attributed_source", "attributed_adgroup", "attributed_ad", "braze_id", "country",
    "created_at", "custom_attributes", "custom_events", "devices", "dob", "email", "email_subscribe", "external_id",
    "first_name", "gender", "home_city", "language", "last_coordinates", "last_name", "phone", "purchases",
    "push_subscribe", "push_tokens", "random_bucket", "time_zone", "total_revenue", "uninstalled_at", "user_aliases",
    "campaigns_received", "canvases_received", "cards_clicked",
}  # fmt: skip


# --- track ---------------------------------------------------------------------------------------------------


def track(sandbox: Sandbox, workspace: Workspace, call: Call, body: dict[str, Any]) -> Answer:
    given = {kind: body[kind] for kind in KINDS if isinstance(body.get(kind), list) and body[kind]}
    _check_count(sandbox, given)
    valid: dict[str, list[dict[str, Any]]] = {}
    errors: list[dict[str, Any]] = []
    for kind, objects in given.items():
        valid[kind], refused = _sift(kind, objects, workspace.blocked)
        errors += [
            {"type": error.told(sandbox.choices.track_errors), "input_array": kind, "index": index}
            for index, error in refused
        ]
    if not any(valid.values()):
        raise Refused(NO_VALID_DATA, errors=errors)
    sandbox.change_profiles_soon(workspace.name, valid.get("attributes", []), call.at)
    _make_users_of_events(sandbox, workspace.name, valid, call.at)
    counts = {f"{kind}_processed": len(objects) for kind, objects in valid.items()}
    return Answer({**counts, "message": "success", **({"errors": errors} if errors else {})})


def _check_count(sandbox: Sandbox, given: dict[str, list[Any]]) -> None:
    sizes = [len(objects) for objects in given.values()]
    counted = max(sizes, default=0) if sandbox.choices.objects_per_track == "per_array" else sum(sizes)
    if counted > MAX_OBJECTS:
        raise Refused("Max Input Length Exceeded")


def _sift(
    kind: str, objects: list[Any], blocked: frozenset[str]
) -> tuple[list[dict[str, Any]], list[tuple[int, BadObject]]]:
    """The valid ones; of the others, where they stand and what is wrong."""
    valid, refused = [], []
    for index, one in enumerate(objects):
        try:
            checked = changes.check_identity(one)
            if str(checked.get("external_id")) in blocked:
                raise BadObject(BLOCKED, "BLACKLISTED_EXTERNAL_USER_ID")
            _CHECKS[kind](checked)
            valid.append(checked)
        except BadObject as error:
            refused.append((index, error))
    return valid, refused


def _check_event(one: dict[str, Any]) -> None:
    if not isinstance(one.get("name"), str) or not one["name"] or one["name"].startswith("$"):
        raise BadObject("'name' is not valid")
    if read_time(one.get("time")) is None:
        raise BadObject("'time' is not valid")


def _check_purchase(one: dict[str, Any]) -> None:
    if not isinstance(one.get("product_id"), str) or not one["product_id"]:
        raise BadObject("'product_id' is required")
    if not isinstance(one.get("currency"), str):
        raise BadObject("'currency' is not valid")
    if not isinstance(one.get("price"), (int, float)) or isinstance(one["price"], bool):
        raise BadObject("'price' is not valid")
    quantity = one.get("quantity", 1)
    if not isinstance(quantity, int) or not 1 <= quantity <= MAX_QUANTITY:
        raise BadObject("'quantity' is not valid")
    if read_time(one.get("time")) is None:
        raise BadObject("'time' is not valid")


_CHECKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "attributes": changes.check_attributes,
    "events": _check_event,
    "purchases": _check_purchase,
}


def _make_users_of_events(
    sandbox: Sandbox, workspace: str, valid: dict[str, list[dict[str, Any]]], now: float
) -> None:
    """Events and purchases are not kept here, but they too bring a user into being."""
    identities = ("external_id", "user_alias", "braze_id", "email", "phone", "_update_existing_only")
    for kind in ("events", "purchases"):
        users = [{name: one[name] for name in identities if name in one} for one in valid.get(kind, [])]
        sandbox.change_profiles_soon(workspace, users, now)


# --- export --------------------------------------------------------------------------------------------------


def export(sandbox: Sandbox, workspace: Workspace, _call: Call, body: dict[str, Any]) -> Answer:
    fields = _fields(body)
    found, missing = _found(sandbox, workspace, body)
    users = [_exported(sandbox, workspace, one, fields) for one in found]
    invalid = {"invalid_user_ids": missing} if missing else {}
    return Answer({"users": users, **invalid, "message": "success"})


def _fields(body: dict[str, Any]) -> set[str]:
    fields = body.get("fields_to_export")
    if not isinstance(fields, list) or not fields:
        raise Refused("fields_to_export is required")
    if unknown := {str(one) for one in fields} - _EXPORTABLE:
        raise Refused(f"Invalid field in fields_to_export: {min(unknown)}")
    return set(fields)


def _found(sandbox: Sandbox, workspace: Workspace, body: dict[str, Any]) -> tuple[list[Profile], list[str]]:
    single = [name for name in ("braze_id", "device_id", "email_address", "phone") if body.get(name)]
    ids, aliases = body.get("external_ids") or [], body.get("user_aliases") or []
    if not single and not ids and not aliases:
        raise Refused("external_ids, user_aliases, braze_id, device_id, email_address or phone is required")
    if len(single) + bool(ids or aliases) > 1:
        raise Refused("Only one kind of identifier may be given")
    if not isinstance(ids, list) or not isinstance(aliases, list) or max(len(ids), len(aliases)) > MAX_IDS:
        raise Refused("The max number of ids per request was exceeded")
    if single:
        return _found_single(sandbox, workspace, single[0], str(body[single[0]])), []
    return _found_listed(sandbox, workspace, ids, aliases)


def _found_single(sandbox: Sandbox, workspace: Workspace, kind: str, value: str) -> list[Profile]:
    book = sandbox.profiles.book(workspace.name)
    if kind == "email_address":
        return list(book.emails(value))
    if kind == "phone":
        return list(book.phones(value))
    found = book.braze(value) if kind == "braze_id" else None
    return [found] if found else []


def _found_listed(
    sandbox: Sandbox, workspace: Workspace, ids: list[Any], aliases: list[Any]
) -> tuple[list[Profile], list[str]]:
    book = sandbox.profiles.book(workspace.name)
    found: dict[int, Profile] = {}
    missing = []
    for name, one in [
        *((str(i), book.external(str(i))) for i in ids),
        *(_by_alias(book, a) for a in aliases),
    ]:
        if one is None:
            missing.append(name)
        else:
            found[one.number] = one
    return list(found.values()), missing


def _by_alias(book: ProfileBook, value: object) -> tuple[str, Profile | None]:
    try:
        label, name = changes.alias_of(value)
    except BadObject as error:
        raise Refused(str(error)) from error
    return name, book.alias(label, name)


def _exported(sandbox: Sandbox, workspace: Workspace, profile: Profile, fields: set[str]) -> dict[str, Any]:
    told = {name: value for name, value in profile.exported().items() if name in fields}
    if "campaigns_received" in fields:
        told["campaigns_received"] = _received(sandbox, workspace, profile)
    return told


def _received(sandbox: Sandbox, workspace: Workspace, profile: Profile) -> list[dict[str, Any]]:
    rows = sandbox.database.rows(
        "SELECT s.campaign, s.variation, max(d.at) AS at, sum(d.opens) AS opens, sum(d.clicks) AS clicks"
        " FROM deliveries d JOIN schedules s ON s.number = d.schedule"
        " WHERE d.profile = ? AND s.campaign IS NOT NULL GROUP BY s.campaign, s.variation",
        profile.number,
    )
    known = [
        (row, workspace.campaigns[row["campaign"]]) for row in rows if row["campaign"] in workspace.campaigns
    ]
    return [
        {
            "name": campaign.name,
            "api_campaign_id": campaign.id,
            "last_received": iso(row["at"]),
            "engaged": {"opened_email": row["opens"] > 0, "clicked_email": row["clicks"] > 0},
            "converted": False,
            "in_control": False,
            "variation_name": campaign.variations[row["variation"]].name,
            "variation_api_id": row["variation"],
        }
        for row, campaign in known
        if row["variation"] in campaign.variations
    ]
