"""Which profile attributes of Braze a brand lets its groups use, and for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from audiences import reading
from audiences.models import Reading
from workspace.models import Attribute, Workspace

DataType, Source = Attribute.DataType, Attribute.Source


class AttributeRefused(Exception):
    """Words fit to show: why an attribute cannot be changed so."""


@dataclass(frozen=True)
class Standard:
    """A default attribute that every Braze profile has, by the name that messages use for it."""

    name: str
    label: str | Promise
    data_type: str = DataType.STRING
    fallback: str | Promise = ""


#: https://www.braze.com/docs/user_guide/personalization_and_dynamic_content/liquid/supported_personalization_tags
STANDARD = (
    Standard("first_name", gettext_lazy("First name"), fallback=gettext_lazy("there")),
    Standard("last_name", gettext_lazy("Last name")),
    Standard("city", gettext_lazy("City"), fallback=gettext_lazy("your town")),
    Standard("country", gettext_lazy("Country")),
    Standard("language", gettext_lazy("Language")),
    Standard("time_zone", gettext_lazy("Time zone")),
    Standard("date_of_birth", gettext_lazy("Date of birth"), DataType.TIME),
    Standard("gender", gettext_lazy("Gender")),
    Standard("email_address", gettext_lazy("E-mail address")),
    Standard("phone_number", gettext_lazy("Phone number")),
)


def is_fence(attribute: Attribute) -> bool:
    """Whether the brand's groups are told apart by this very attribute."""
    return (
        attribute.source == Source.CUSTOM
        and Workspace.objects.filter(fence_attribute=attribute.name).exists()
    )


@transaction.atomic
def save(attribute: Attribute, *, by: User) -> Attribute:
    """Add or change. Raises AttributeRefused for a change that would pull the fence away under campaigns."""
    before = Attribute.objects.select_for_update().filter(pk=attribute.pk).first() if attribute.pk else None
    if before is not None and is_fence(before):
        _keep_fence(before, attribute)
    attribute.save()
    audit.record(
        audit.Action.ATTRIBUTES_CHANGED, by=by, target=attribute.name, note=_difference(before, attribute)
    )
    return attribute


def _keep_fence(before: Attribute, after: Attribute) -> None:
    kept = (before.source, before.name, before.data_type, True)
    if (after.source, after.name, after.data_type, after.for_fence) != kept:
        raise AttributeRefused(
            _(
                "“%(name)s” is the fence that keeps each group to its own customers, so its name, type and use stay."
            )
            % {"name": before.name}
        )


_TOLD = (
    "label",
    "data_type",
    "operators",
    "values",
    "for_personalisation",
    "for_filter",
    "for_fence",
    "fallback",
)


def _difference(before: Attribute | None, after: Attribute) -> str:
    if before is None:
        return f"Added as {after.label} ({after.data_type})"
    changed = [name for name in ("name", *_TOLD) if getattr(before, name) != getattr(after, name)]
    return "; ".join(f"{name}: {getattr(before, name)} → {getattr(after, name)}" for name in changed)


@transaction.atomic
def remove(attribute: Attribute, *, by: User) -> None:
    """Raises AttributeRefused for the fence."""
    if is_fence(attribute):
        raise AttributeRefused(
            _(
                "“%(name)s” is the fence that keeps each group to its own customers. Choose another fence first."
            )
            % {"name": attribute.name}
        )
    attribute.delete()
    audit.record(audit.Action.ATTRIBUTES_CHANGED, by=by, target=attribute.name, note="Removed")


# Ready-made and found


def missing_standard() -> list[Standard]:
    """Default attributes that the brand does not offer yet."""
    there = set(Attribute.objects.filter(source=Source.DEFAULT).values_list("name", flat=True))
    return [each for each in STANDARD if each.name not in there]


@transaction.atomic
def add_standard(names: Iterable[str], *, by: User) -> int:
    """Offer these default attributes for personalisation. Returns how many were new."""
    wanted = set(names)
    made = [
        Attribute(
            source=Source.DEFAULT, name=each.name, label=str(each.label), data_type=each.data_type,
            fallback=str(each.fallback), for_personalisation=True,
        )
        for each in missing_standard() if each.name in wanted
    ]  # fmt: skip
    return _add(made, by)


def found_in_braze() -> list[dict[str, str]]:
    """What was read last and is not listed yet: name, data_type (empty: of no use here) and description."""
    read = reading.latest(Reading.What.ATTRIBUTES)
    there = set(Attribute.objects.filter(source=Source.CUSTOM).values_list("name", flat=True))
    return [each for each in (read.found if read else []) if each["name"] not in there]


@transaction.atomic
def add_found(names: Iterable[str], *, by: User) -> int:
    """List these with the type they seem to have, for no use yet: what each is good for, a person says."""
    wanted, read = set(names), reading.latest(Reading.What.ATTRIBUTES)
    seen_at = read.found_at if read else timezone.now()
    made = [
        Attribute(name=each["name"], label=label_for(each["name"]), data_type=each["data_type"], seen_in_braze_at=seen_at)
        for each in found_in_braze() if each["name"] in wanted and each["data_type"]
    ]  # fmt: skip
    return _add(made, by)


def label_for(name: str) -> str:
    """store_id as "Store id"."""
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return (words[:1].upper() + words[1:])[:80] or name[:80]


def _add(made: list[Attribute], by: User) -> int:
    Attribute.objects.bulk_create(made)
    if made:
        names = ", ".join(each.name for each in made)
        audit.record(audit.Action.ATTRIBUTES_CHANGED, by=by, note=f"Added {names}")
    return len(made)
