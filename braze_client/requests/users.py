"""Bodies of /users/track and /users/export/ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)

from ..limits import MAX_EXTERNAL_ID_BYTES, MAX_IDS, MAX_TRACK_OBJECTS
from ..retry import Repeat
from .base import Identifier, Instant, Request

SubscriptionState = Literal["opted_in", "subscribed", "unsubscribed"]
ExportField = Literal[
    "apps",
    "attributed_ad",
    "attributed_adgroup",
    "attributed_campaign",
    "attributed_source",
    "braze_id",
    "campaigns_received",
    "canvases_received",
    "cards_clicked",
    "country",
    "created_at",
    "custom_attributes",
    "custom_events",
    "devices",
    "dob",
    "email",
    "email_subscribe",
    "external_id",
    "first_name",
    "gender",
    "home_city",
    "language",
    "last_coordinates",
    "last_name",
    "phone",
    "purchases",
    "push_subscribe",
    "push_tokens",
    "random_bucket",
    "time_zone",
    "total_revenue",
    "uninstalled_at",
    "user_aliases",
]
RemovableField = Literal[
    "country",
    "dob",
    "email",
    "first_name",
    "gender",
    "home_city",
    "language",
    "last_name",
    "phone",
    "time_zone",
]
EventName = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^$]")]

# Names that Braze reads as something other than a custom attribute, beyond the fields of UserAttributes.
_RESERVED: Final = {
    "alias_label",
    "alias_name",
    "email_subscription_info",
    "facebook",
    "push_token_import",
    "push_tokens",
    "twitter",
}
# Operations that add to what is there. `add` of a plain array is none: its values are unique.
_ADDING: Final = {"inc", "$add"}


class UserAlias(Request):
    """A second name of a user: one name per label."""

    alias_name: Identifier
    alias_label: Identifier


class SubscriptionGroup(Request):
    """A user's state in one e-mail subscription group."""

    subscription_group_id: Identifier
    subscription_state: Literal["subscribed", "unsubscribed"]


class OfUser(Request):
    """An object of /users/track: about exactly one user."""

    external_id: Identifier | None = None
    user_alias: UserAlias | None = None
    braze_id: Identifier | None = None
    email: str | None = None
    phone: str | None = None
    update_existing_only: bool | None = Field(default=None, alias="_update_existing_only")

    @field_validator("external_id")
    @classmethod
    def _not_too_long(cls, value: str | None) -> str | None:
        if value is not None and len(value.encode()) > MAX_EXTERNAL_ID_BYTES:
            raise ValueError(f"Braze takes at most {MAX_EXTERNAL_ID_BYTES} bytes")
        return value

    @model_validator(mode="after")
    def _one_user(self) -> Self:
        primaries = 3 - (self.external_id, self.user_alias, self.braze_id).count(None)
        if primaries > 1:
            raise ValueError("give only one of external_id, user_alias and braze_id: Braze rejects two")
        if not (primaries or self.email or self.phone):
            raise ValueError("say which user: external_id, user_alias, braze_id, email or phone")
        return self


class UserAttributes(OfUser):
    """What to write to one profile. Fields not given stay; those named in `removed` are emptied.

    `custom` holds custom attributes by name: a value, an operation such as {"add": ["x"]}, or None to remove it.
    https://www.braze.com/docs/api/objects_filters/user_attributes_object
    """

    merge_objects: bool | None = Field(default=None, alias="_merge_objects")
    first_name: str | None = None
    last_name: str | None = None
    home_city: str | None = None
    country: str | None = None
    language: str | None = None
    dob: date | None = None
    gender: Literal["M", "F", "O", "N", "P"] | None = None
    time_zone: str | None = None
    email_subscribe: SubscriptionState | None = None
    push_subscribe: SubscriptionState | None = None
    subscription_groups: tuple[SubscriptionGroup, ...] | None = None
    email_open_tracking_disabled: bool | None = None
    email_click_tracking_disabled: bool | None = None
    removed: tuple[RemovableField, ...] = ()
    custom: dict[str, JsonValue] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        both = [name for name in self.removed if getattr(self, name) is not None]
        if both:
            raise ValueError(f"{', '.join(both)} cannot be both given and removed")
        return self

    @field_validator("custom")
    @classmethod
    def _names_are_free(cls, custom: dict[str, JsonValue]) -> dict[str, JsonValue]:
        for name in custom:
            if name in PROFILE_FIELDS or not 1 <= len(name) <= 255 or name.startswith("$"):  # noqa: PLR2004 - Braze's figure
                raise ValueError(
                    "a custom attribute's name has 1 to 255 characters, no leading $, and is not a field of Braze's own"
                )
        return custom

    # Any, for pydantic would walk through values of a declared type once more; they were checked on the way in.
    @model_serializer(mode="wrap")
    def _flat(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        body: dict[str, Any] = handler(self)
        custom = body.pop("custom", None) or {}
        body.pop("removed", None)
        return {**body, **dict.fromkeys(self.removed), **custom}


PROFILE_FIELDS: Final = _RESERVED | {
    field.alias or name
    for name, field in UserAttributes.model_fields.items()
    if name not in {"custom", "removed"}  # ours, and free to be names in Braze
}
"""Names that no custom attribute can have."""


class Event(OfUser):
    """Something that a user did. Each object counts as one occurrence, also when sent twice."""

    name: EventName
    time: Instant
    app_id: Identifier | None = None
    properties: dict[str, JsonValue] | None = None


class Purchase(OfUser):
    """Something that a user bought. `currency` is the ISO 4217 code."""

    product_id: Annotated[str, Field(min_length=1, max_length=255)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    price: float
    time: Instant
    quantity: Annotated[int, Field(ge=1, le=100)] = 1
    app_id: Identifier | None = None
    properties: dict[str, JsonValue] | None = None


class TrackUsers(Request):
    """Up to 75 objects in all, each about one user; at most one object a user keeps the order certain."""

    attributes: tuple[UserAttributes, ...] = ()
    events: tuple[Event, ...] = ()
    purchases: tuple[Purchase, ...] = ()

    @model_validator(mode="after")
    def _some_but_not_too_many(self) -> Self:
        count = len(self.attributes) + len(self.events) + len(self.purchases)
        if not 1 <= count <= MAX_TRACK_OBJECTS:
            raise ValueError(
                f"{count} objects; Braze takes 1 to {MAX_TRACK_OBJECTS} in one call, so split them"
            )
        return self

    @model_serializer(mode="wrap")
    def _without_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        body: dict[str, Any] = handler(self)
        return {name: value for name, value in body.items() if value}

    @property
    def repeat(self) -> Repeat:
        """Absolute values may be written twice; occurrences and increments may not."""
        adds = self.events or self.purchases or any(_adds(user.custom) for user in self.attributes)
        return Repeat.HARMFUL if adds else Repeat.HARMLESS


def _adds(value: JsonValue) -> bool:
    if isinstance(value, dict):
        return not _ADDING.isdisjoint(value) or any(map(_adds, value.values()))
    return isinstance(value, list) and any(map(_adds, value))


class ExportUsers(Request):
    """Profiles to read: up to 50 ids and aliases, or those of one e-mail address, phone, Braze id or device.

    `fields_to_export` is required of newer accounts and keeps the faster rate limit, so always given.
    """

    fields_to_export: Annotated[Sequence[ExportField], Field(min_length=1)]
    external_ids: Sequence[Identifier] | None = None
    user_aliases: Sequence[UserAlias] | None = None
    braze_id: Identifier | None = None
    device_id: Identifier | None = None
    email_address: Identifier | None = None
    phone: Identifier | None = None

    @model_validator(mode="after")
    def _some_users(self) -> Self:
        listed = len(self.external_ids or ()) + len(self.user_aliases or ())
        if listed > MAX_IDS:
            raise ValueError(f"{listed} ids and aliases; Braze takes {MAX_IDS} in one call, so split them")
        singles = sum(
            each is not None for each in (self.braze_id, self.device_id, self.email_address, self.phone)
        )
        if singles > 1:
            raise ValueError("give only one of braze_id, device_id, email_address and phone")
        if not (listed or singles):
            raise ValueError(
                "say which users: external_ids, user_aliases, braze_id, device_id, email_address or phone"
            )
        return self
