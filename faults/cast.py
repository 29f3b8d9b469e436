"""A brand whose groups write to people of their own. Imported once Django is set up."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import User
from branding.scope import brand_scope
from campaigns.content import seal
from campaigns.models import Campaign
from delivery.message import Sealed
from faults.sandbox import Sandbox
from groups.models import Group
from library import engine
from tests import factories
from workspace.models import Workspace

REGIONS = ("North", "East", "South", "West")
#: Groups without a variation of their own; each of their campaigns uses up one send id.
ON_DEFAULT = 10
PEOPLE = 2
LOYAL = "segment-loyal"


@dataclass
class Cast:
    """Who is there: groups in order, those on the default variation first."""

    brand_id: int
    admin: User
    regions: list[Group]
    groups: list[Group] = field(repr=False)
    sealed: Sealed = field(repr=False)

    def sealed_for(self, group: Group, subject: str, *, loyal: bool = False) -> Sealed:
        """The mail as this group sends it, under this subject, to its own people."""
        own = {"variation_id": group.message_variation_id, "variation_name": group.variation_name}
        changes = {"fence_value": group.fence_value, "segment_id": LOYAL if loyal else None}
        audience = self.sealed.audience.model_copy(update=changes)
        return self.sealed.model_copy(
            update={"subject": subject, "audience": audience, **(own if group.message_variation_id else {})}
        )

    def people(self) -> list[str]:
        return [_address(group, number) for group in self.groups for number in range(PEOPLE)]


def install(groups: int, sandbox: Sandbox, *, latency_ms: int) -> Cast:
    """`groups` with variations of their own, and a few on the default one; the sandbox knows them all."""
    house = factories.house("bluebird", "Bluebird Coffee", region="Centre", places=(), fence="store_id")
    with brand_scope(house.brand.pk):
        Workspace.objects.update(endpoint=sandbox.url)
        regions = [factories.group(name, house.root, kind=Group.Kind.REGION) for name in REGIONS]
        shared = [
            factories.location(f"Shared {n}", regions[n % 4], message_variation_id="")
            for n in range(ON_DEFAULT)
        ]
        made = [*shared, *(factories.location(f"Place {n}", regions[n % 4]) for n in range(groups))]
        version = house.version
        draft = Campaign(
            group=shared[0], template_version=version, values=engine.defaults(version.engine_spec())
        )
        sealed = seal(draft, Workspace.objects.get())
        admin = factories.person("Erin", house.brand, house.roles["brand_admin"], house.root)
    _describe(made, sandbox, latency_ms)
    return Cast(house.brand.pk, admin, regions, made, sealed)


def _describe(groups: list[Group], sandbox: Sandbox, latency_ms: int) -> None:
    own = [
        {"id": each.message_variation_id, "name": each.name} for each in groups if each.message_variation_id
    ]
    variations = [*own, {"id": "default-bluebird", "name": "Default"}]
    sandbox.ask(
        "workspaces",
        {
            "name": "bluebird",
            "keys": [{"name": "portal", "key": factories.API_KEY, "permissions": "all"}],
            "app_ids": ["app-bluebird"],
            "campaigns": [{"id": "campaign-bluebird", "name": "Portal", "variations": variations}],
            "segments": [{"id": LOYAL, "name": "Loyal"}],
        },
    )
    people = [
        {"external_id": _address(group, n), "email": _address(group, n), "store_id": group.fence_value}
        for group in groups
        for n in range(PEOPLE)
    ]
    sandbox.ask("profiles", {"workspace": "bluebird", "profiles": people})
    sandbox.ask("choices", {"latency_ms": latency_ms})


def _address(group: Group, number: int) -> str:
    return f"{group.fence_value}-{number}@people.example"
