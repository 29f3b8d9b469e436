"""What the demo's groups may do with what Braze knows of their customers."""

from __future__ import annotations

from django.utils import timezone

from smartersends.seed.brands import DemoBrand
from workspace.models import Attribute

DataType, Source = Attribute.DataType, Attribute.Source


def _default(name: str, label: str, fallback: str = "") -> Attribute:
    return Attribute(
        source=Source.DEFAULT, name=name, label=label, fallback=fallback, for_personalisation=True
    )


def _filter(name: str, label: str, data_type: str, values: tuple[str, ...] = ()) -> Attribute:
    return Attribute(name=name, label=label, data_type=data_type, values=list(values), for_filter=True)


def _of_bluebird() -> list[Attribute]:
    return [
        _filter("loyalty_member", "Loyalty member", DataType.BOOLEAN),
        _filter("last_visit", "Last visit", DataType.TIME),
        _filter("usual_milk", "Usual milk", DataType.STRING, ("whole", "oat", "skimmed", "none")),
        _filter("student", "Student", DataType.BOOLEAN),
        Attribute(
            name="stamps", label="Stamps on the card", data_type=DataType.NUMBER, fallback="0",
            for_filter=True, for_personalisation=True,
        ),
    ]  # fmt: skip


def _of_brightwater() -> list[Attribute]:
    interests = ("wildlife", "swimming", "fishing", "history", "walking")
    return [
        _filter("volunteer", "Volunteer", DataType.BOOLEAN),
        _filter("donor", "Donor", DataType.BOOLEAN),
        _filter("last_gift", "Last gift", DataType.TIME),
        _filter("gift_aid", "Gift Aid", DataType.BOOLEAN),
        _filter("interests", "Interests", DataType.ARRAY, interests),
    ]


def install(demo: DemoBrand) -> int:
    """The fence, the default attributes for personalisation and the brand's own, unless it has attributes already."""
    if Attribute.objects.exists():
        return 0
    fence = Attribute(name=demo.fence_attribute, label=f"{demo.noun.capitalize()} number", for_fence=True)
    own = _of_bluebird() if demo.slug == "bluebird" else _of_brightwater()
    for attribute in (fence, *own):
        attribute.seen_in_braze_at = timezone.now()
    names = [
        _default("first_name", "First name", "there"),
        _default("last_name", "Last name"),
        _default("city", "City", "your town"),
        _default("language", "Language"),
    ]
    return len(Attribute.objects.bulk_create([fence, *own, *names]))
