"""What one object of /users/track does to a profile, by the rules of the user attributes object.

https://www.braze.com/docs/api/objects_filters/user_attributes_object
"""

from __future__ import annotations

import re
from collections.abc import Callable
from sys import intern
from typing import Any

from braze_sandbox.clock import absolute, read_time
from braze_sandbox.profiles import Alias, Profile, ProfileBook, shared

MAX_EXTERNAL_ID = 987
MAX_ARRAY = 500
MIN_DEVICE_ID, MAX_DEVICE_ID = 8, 255
STATES = ("opted_in", "subscribed", "unsubscribed")

_EMAIL = re.compile(r"[^@\s<>,;:\"()]+@[^@\s<>,;:\"().]+(\.[^@\s<>,;:\"().]+)+")
_IDENTIFIERS = {"external_id", "user_alias", "braze_id"}
_CONTROL = {"_update_existing_only", "_merge_objects", "push_token_import", "alias_name", "alias_label"}
_PLAIN_FIELDS = {
    "first_name",
    "last_name",
    "home_city",
    "phone",
    "country",
    "language",
    "dob",
    "gender",
    "time_zone",
    "current_location",
    "email_open_tracking_disabled",
    "email_click_tracking_disabled",
    "facebook",
    "twitter",
    "push_tokens",
}
_TIME_FIELDS = {"date_of_first_session", "date_of_last_session", "marked_email_as_spam_at"}


class BadObject(ValueError):
    """The object is not taken. The text is what Braze says of it, ``code`` its name in Braze's documentation."""

    def __init__(self, words: str, code: str = "") -> None:
        super().__init__(words)
        self.code = code or (words if words.isupper() else "")

    def told(self, form: str) -> str:
        """As ``text``, as ``code`` where there is one, or ``both``."""
        if not self.code or form == "text":
            return str(self)
        return self.code if form == "code" or self.code == str(self) else f"{self.code}: {self}"


# --- Whom it is about ----------------------------------------------------------------------------------------


def check_identity(one: object) -> dict[str, Any]:
    """``one`` if it names exactly one user. Raises BadObject."""
    if not isinstance(one, dict):
        raise BadObject("'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required")
    primaries = [name for name in _IDENTIFIERS if one.get(name) not in (None, "")]
    if len(primaries) > 1:
        raise BadObject("only one of 'external_id', 'braze_id' or 'user_alias' may be given")
    if not primaries and not one.get("email") and not one.get("phone"):
        raise BadObject("'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required")
    if len(str(one.get("external_id") or "").encode()) > MAX_EXTERNAL_ID:
        raise BadObject("EXTERNAL_USER_ID_TOO_LARGE")
    if one.get("user_alias"):
        alias_of(one["user_alias"])
    return one


def alias_of(value: object) -> Alias:
    """(label, name) of an alias object. Raises BadObject."""
    if isinstance(value, dict):
        name, label = value.get("alias_name"), value.get("alias_label")
        if isinstance(name, str) and isinstance(label, str) and name and label:
            return (label, name)
    raise BadObject("'user_alias' must have an 'alias_name' and an 'alias_label'")


def find(book: ProfileBook, one: dict[str, Any]) -> Profile | None:
    """The profile a valid object speaks of, if there is one."""
    if one.get("external_id") not in (None, ""):
        return book.external(str(one["external_id"]))
    if one.get("user_alias"):
        return book.alias(*alias_of(one["user_alias"]))
    if one.get("braze_id"):
        return book.braze(str(one["braze_id"]))
    found = book.emails(str(one["email"])) if one.get("email") else book.phones(str(one["phone"]))
    return found[0] if found else None


def may_create(one: dict[str, Any]) -> bool:
    """Whether an unknown user of this object is to be made."""
    if one.get("braze_id"):
        return False
    only_existing = one.get("_update_existing_only")
    return not (bool(one.get("user_alias")) if only_existing is None else only_existing)


def name_new(profile: Profile, one: dict[str, Any]) -> None:
    """Give a new profile the identifiers of the object that made it."""
    if one.get("external_id") not in (None, ""):
        profile.external_id = str(one["external_id"])
    if one.get("user_alias"):
        profile.aliases = (alias_of(one["user_alias"]),)


# --- What it changes -----------------------------------------------------------------------------------------


def check_attributes(one: dict[str, Any]) -> None:
    """Raise BadObject for what Braze refuses before queueing."""
    email = one.get("email")
    if email is not None and not (isinstance(email, str) and _EMAIL.fullmatch(email)):
        raise BadObject("The value provided for the 'email' field is not a valid email.", "EMAIL_BAD_FORMAT")
    for name in ("email_subscribe", "push_subscribe"):
        if one.get(name) is not None and one[name] not in STATES:
            raise BadObject(f"BAD_{name.split('_')[0].upper()}_SUBSCRIPTION_STATE")
    if "email_subscription_info" in one:
        raise BadObject("INVALID_ATTRIBUTE_EMAIL_SUBSCRIPTION_INFO")
    location = one.get("current_location")
    if location is not None and not (
        isinstance(location, dict) and {"longitude", "latitude"} <= location.keys()
    ):
        raise BadObject("BAD_LOCATION_UPDATE")
    if one.get("subscription_groups") is not None:
        _check_groups(one["subscription_groups"])
    if one.get("push_tokens") is not None or one.get("push_token_import"):
        _check_tokens(one)


def _check_groups(groups: object) -> None:
    if not isinstance(groups, list):
        raise BadObject("BAD_SUBSCRIPTION_GROUP_ARRAY")
    for group in groups:
        if not isinstance(group, dict) or not {"subscription_group_id", "subscription_state"} <= group.keys():
            raise BadObject("BAD_SUBSCRIPTION_GROUP_HASH")
        if not isinstance(group["subscription_group_id"], str):
            raise BadObject("BAD_SUBSCRIPTION_GROUP_ID")
        if group["subscription_state"] not in ("subscribed", "unsubscribed"):
            raise BadObject("BAD_SUBSCRIPTION_GROUP_STATE")


def _check_tokens(one: dict[str, Any]) -> None:
    tokens = one.get("push_tokens")
    if one.get("push_token_import") and not tokens:
        raise BadObject("BAD_PUSH_TOKEN_IMPORT")
    if not isinstance(tokens, list) or not all(isinstance(each, dict) for each in tokens):
        raise BadObject("BAD_PUSH_TOKEN_VALUE")
    for each in tokens:
        if not isinstance(each.get("app_id"), str):
            raise BadObject("BAD_PUSH_TOKEN_APP_ID")
        if not isinstance(each.get("token"), str) or not each["token"]:
            raise BadObject("BAD_PUSH_TOKEN_STRING")
        device = each.get("device_id")
        if device is not None and not MIN_DEVICE_ID <= len(str(device).encode()) <= MAX_DEVICE_ID:
            raise BadObject("BAD_DEVICE_ID")


def apply(profile: Profile, one: dict[str, Any], now: float) -> None:
    """Change ``profile`` as a valid object says. Lists and objects are replaced, never changed in place."""
    merge, state = one.get("_merge_objects") is True, profile.email_state
    for name, value in one.items():
        if name in _IDENTIFIERS or name in _CONTROL:
            continue
        if name == "email":
            _set_email(profile, value)
        elif name == "subscription_groups":
            _set_groups(profile, value)
        elif name in _PLAIN_FIELDS or name in ("email_subscribe", "push_subscribe"):
            _put(profile.fields, name, value)
        elif name in _TIME_FIELDS:
            read = read_time(value)
            _put(profile.fields, name, absolute(read) if read else None)
        else:
            _put(profile.custom, name, _custom(profile.custom.get(name), value, merge))
    # The state of this very object outlasts the reset that a new address brings.
    if one.get("email_subscribe"):
        profile.fields["email_subscribe"] = one["email_subscribe"]
    if profile.email_state != state:
        profile.set_email_state(profile.email_state, now)
    profile.updated = now


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[intern(name)] = shared(value)


def _set_email(profile: Profile, email: str | None) -> None:
    if (email or "").lower() != profile.email.lower():
        profile.fields.pop("email_subscribe", None)
        profile.undeliverable = ""
    _put(profile.fields, "email", email)


def _set_groups(profile: Profile, groups: list[dict[str, Any]] | None) -> None:
    states = {one["subscription_group_id"]: one["subscription_state"] for one in groups or []}
    profile.groups = {**(profile.groups or {}), **states} or None


# --- Values of custom attributes -----------------------------------------------------------------------------


def _custom(held: Any, value: Any, merge: bool) -> Any:
    if isinstance(value, list):
        return value[-MAX_ARRAY:] if value and isinstance(value[0], dict) else _unique(value)
    if not isinstance(value, dict):
        return value
    if "inc" in value and len(value) == 1:
        return _increased(held, value["inc"])
    if value.keys() <= {"add", "remove"} and value:
        return _array(held, value)
    if value.keys() & {"$add", "$remove", "$update"}:
        return _objects(held, value)
    return _merged(held, value) if merge and isinstance(held, dict) else value


def _increased(held: Any, by: Any) -> Any:
    if not isinstance(by, int) or (held is not None and not isinstance(held, (int, float))):
        return held
    return (held or 0) + by


def _unique(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(one for one in values if isinstance(one, (str, int, float))))[-MAX_ARRAY:]


def _array(held: Any, change: dict[str, Any]) -> list[Any]:
    """Removed first, then added; a value added again moves to the end."""
    removed, added = _listed(change.get("remove")), _listed(change.get("add"))
    kept = [
        one for one in (held if isinstance(held, list) else []) if one not in removed and one not in added
    ]
    return _unique([*kept, *added])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _merged(held: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    merged = dict(held)
    for name, new in value.items():
        old = merged.get(name)
        merged[name] = _merged(old, new) if isinstance(old, dict) and isinstance(new, dict) else new
    return merged


def _objects(held: Any, change: dict[str, Any]) -> list[Any]:
    objects = [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []
    for removal in _listed(change.get("$remove")):
        objects = [one for one in objects if not _identified(removal)(one)]
    for update in _listed(change.get("$update")):
        meant = _identified(update)
        objects = [_merged(one, update.get("$new_object") or {}) if meant(one) else one for one in objects]
    return [*objects, *_listed(change.get("$add"))]


def _identified(order: dict[str, Any]) -> Callable[[dict[str, Any]], bool]:
    key, value = order.get("$identifier_key"), order.get("$identifier_value")
    return lambda one: one.get(str(key)) == value
