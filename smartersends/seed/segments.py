"""Segments of the demo workspaces, and which groups may choose them."""

from __future__ import annotations

from typing import Any, NamedTuple

from audiences import reading
from audiences.models import Reading, Segment, SegmentGrant
from audiences.syncing import read_segments
from groups.importing.regions import country_code
from groups.models import Group
from smartersends.seed import stable
from smartersends.seed.brands import DemoBrand


class Definition(NamedTuple):
    """A segment and its filter in the sandbox's grammar; `country` limits who may choose it."""

    name: str
    description: str
    filter: dict[str, Any]
    country: str = ""


def _custom(name: str, comparison: str, value: Any) -> dict[str, Any]:
    return {"custom_attribute": {"custom_attribute_name": name, "comparison": comparison, "value": value}}


def _british(condition: dict[str, Any]) -> dict[str, Any]:
    return {"AND": [condition, {"attribute": {"name": "country", "comparison": "equals", "value": "GB"}}]}


_OPTED_IN = {"email_subscription_status": {"comparison": "is", "value": "opted_in"}}
_SEGMENTS: dict[str, tuple[Definition, ...]] = {
    "bluebird": (
        Definition("Loyalty members", "Have a stamp card.", _custom("loyalty_member", "equals", True)),
        Definition("Visited in the last 90 days", "By their last stamp or order.", _custom("last_visit", "less_than_x_days_ago", 90)),
        Definition("Not seen for six months", "Regulars once.", _custom("last_visit", "greater_than_x_days_ago", 180)),
        Definition("Newsletter, opted in", "Confirmed their subscription.", _OPTED_IN),
        Definition("Oat milk drinkers", "Usually order with oat milk.", _custom("usual_milk", "equals", "oat")),
        Definition("UK students", "Showed a student card this year.", _british(_custom("student", "equals", True)), "GB"),
    ),
    "brightwater": (
        Definition("Volunteers", "Have come to at least one day.", _custom("volunteer", "equals", True)),
        Definition("Donors", "Have given at least once.", _custom("donor", "equals", True)),
        Definition("Gave in the last year", "By the date of their last gift.", _custom("last_gift", "less_than_x_days_ago", 365)),
        Definition("Newsletter, opted in", "Confirmed their subscription.", _OPTED_IN),
        Definition("Interested in wildlife", "Ticked it when they signed up.", _custom("interests", "includes_value", "wildlife")),
        Definition("UK Gift Aid givers", "Have signed a declaration.", _british(_custom("gift_aid", "equals", True)), "GB"),
    ),
}  # fmt: skip


def definitions(demo: DemoBrand) -> list[dict[str, Any]]:
    """For the sandbox."""
    return [
        {
            "id": _id(demo, segment.name),
            "name": segment.name,
            "description": segment.description,
            "analytics": True,
            "filter": segment.filter,
        }
        for segment in _SEGMENTS[demo.slug]
    ]


def _id(demo: DemoBrand, name: str) -> str:
    return stable.identifier(demo.slug, "segment", name)


def install(demo: DemoBrand) -> int:
    """Read the segments and their sizes from Braze and attach them, unless the brand has segments already."""
    if Segment.objects.exists():
        return 0
    countries = {_id(demo, segment.name): segment.country for segment in _SEGMENTS[demo.slug]}
    asked = reading.ask(Reading.What.SEGMENTS, by=None)
    reading.run(asked.brand.pk, Reading.What.SEGMENTS, read_segments)
    for segment in Segment.objects.all():
        SegmentGrant.objects.create(segment=segment, group=_node(countries.get(segment.segment_id, "")))
    return len(countries)


def _node(country: str) -> Group:
    root: Group = Group.objects.get(parent__isnull=True)
    return Group.objects.filter(code=country_code(country)).first() or root if country else root
